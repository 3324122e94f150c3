namespace LabServer.Benchmarks.Ingest;

/// <summary>What it took to write rows.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Taken">The time that passed.</param>
/// <param name="Processor">Processor time of the process that wrote them.</param>
/// <param name="Allocated">Bytes that it allocated on the managed heap.</param>
internal sealed record Pace(long Rows, TimeSpan Taken, TimeSpan Processor, double Allocated)
{
    /// <summary>Rows a second.</summary>
    public double RowsASecond => Rows / Taken.TotalSeconds;

    /// <summary>Processor time a row, in microseconds.</summary>
    public double MicrosecondsARow => Processor.TotalMicroseconds / Rows;

    /// <summary>Bytes allocated a row.</summary>
    public double BytesARow => Allocated / Rows;

    /// <summary>What it took to write both, one after the other.</summary>
    public static Pace operator +(Pace first, Pace second) => new(
        first.Rows + second.Rows, first.Taken + second.Taken, first.Processor + second.Processor, first.Allocated + second.Allocated);
}

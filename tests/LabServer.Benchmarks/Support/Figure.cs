namespace LabServer.Benchmarks.Support;

/// <summary>One measured figure beside its baseline, both of the same run on the same rows.</summary>
/// <param name="Benchmark">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Baseline">The same for the baseline; null: there is none, the aim is a figure of its own.</param>
/// <param name="Aim">What it should be, in words; null: it is there to be read beside the others.</param>
/// <param name="Met">Whether it is.</param>
/// <param name="Unit">Unit of both figures.</param>
/// <param name="Size">Rows, calls or whatever it was measured on, counted.</param>
internal sealed record Figure(string Benchmark, double Value, double? Baseline, string? Aim, bool Met, string Unit, long Size)
{
    /// <summary>Value over baseline; null without one.</summary>
    public double? Ratio => Baseline is > 0 and { } baseline ? Value / baseline : null;
}

using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>Writes shift tables as they come; one is in memory.</summary>
internal abstract class ShiftWriter
{
    /// <summary>A writer of a format.</summary>
    public static ShiftWriter Create(Terminal terminal, OutputFormat format, string study) => format switch
    {
        OutputFormat.Json => new ShiftJson(terminal.Output, study),
        OutputFormat.Csv => new ShiftCsv(terminal.Output),
        _ => new ShiftText(terminal),
    };

    /// <summary>Writes one table.</summary>
    public abstract void Write(SummarizeShiftsResponse table);

    /// <summary>Writes what belongs behind the last one.</summary>
    public abstract void Complete();

    /// <summary>The whole population and each stratum, with their arms and the total last.</summary>
    protected static IEnumerable<(string? Stratum, IEnumerable<ShiftCounts> Arms, ShiftCounts Total)> Parts(SummarizeShiftsResponse table) =>
        table.Strata.Select(stratum => ((string?)stratum.Stratum, (IEnumerable<ShiftCounts>)stratum.Arms, stratum.Total))
            .Prepend((null, table.Arms, table.Total));

    /// <summary>Subjects of a cell.</summary>
    protected static int Count(ShiftCounts counts, string baseline, string value) =>
        counts.Cells.FirstOrDefault(cell => cell.Baseline == baseline && cell.Value == value)?.Subjects ?? 0;
}

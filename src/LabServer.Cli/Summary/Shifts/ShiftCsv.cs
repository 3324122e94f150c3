using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>Shift tables as CSV: one line a cell, empty cells too, so that rows and columns add up.</summary>
internal sealed class ShiftCsv : ShiftWriter
{
    private static readonly string[] Names =
    [
        "by", "test", "term", "direction", "visit", "stratum", "arm", "total", "subjects", "baseline", "value", "n", "percent",
    ];

    private readonly TextWriter _output;

    /// <summary>Writes the header.</summary>
    public ShiftCsv(TextWriter output)
    {
        _output = output;
        CsvText.WriteLine(output, Names);
    }

    /// <inheritdoc/>
    public override void Write(SummarizeShiftsResponse table)
    {
        foreach (var (stratum, arms, total) in Parts(table))
        {
            foreach (var counts in arms.Append(total))
            {
                foreach (var baseline in table.Categories)
                {
                    foreach (var value in table.Categories)
                    {
                        var subjects = Count(counts, baseline, value);
                        double? percent = counts.Subjects == 0 ? null : 100.0 * subjects / counts.Subjects;
                        CsvText.WriteLine(_output, new object?[]
                        {
                            ShiftWords.By(table.By), table.Test, table.Term, ShiftWords.Direction(table.Direction), table.Worst ? "WORST" : table.Visit,
                            stratum, counts.Arm, counts == total, counts.Subjects, baseline, value, subjects, percent,
                        }.Select(Cell.Text));
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Complete() => _output.Flush();
}

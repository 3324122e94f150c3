using System.Globalization;
using LabServer.Api.V1;
using LabServer.Cli.Output;
using Spectre.Console;

namespace LabServer.Cli.Summary;

/// <summary>Shift tables for people: rows are baseline, columns where subjects went, n (%) of the safety population of the arm.</summary>
internal sealed class ShiftText(Terminal terminal) : ShiftWriter
{
    private bool _written;

    /// <inheritdoc/>
    public override void Write(SummarizeShiftsResponse table)
    {
        _written = true;
        terminal.Output.WriteLine(Title(table));
        foreach (var (stratum, arms, total) in Parts(table))
        {
            if (stratum is not null)
            {
                terminal.Output.WriteLine($"Stratum: {(stratum.Length > 0 ? stratum : "(none)")}");
            }

            Write(table.Categories, [.. arms, total]);
        }
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        terminal.Output.WriteLine(_written ? "n (%) of N, the safety population: each subject is in one cell." : "none");
        terminal.Output.Flush();
    }

    private static string Title(SummarizeShiftsResponse table)
    {
        var direction = table.Direction switch
        {
            ToxicityDirection.Low => table.By == ShiftBy.Grade ? ", low" : ", lowest",
            ToxicityDirection.High => table.By == ShiftBy.Grade ? ", high" : ", highest",
            _ => "",
        };
        var what = table.By == ShiftBy.Grade ? $"{table.Term}{direction}, grade under {table.RuleSetId}" : $"range indicator{direction}";
        return $"{table.Test}: {what}, baseline to {(table.Worst ? "worst" : table.Visit)}";
    }

    private void Write(IReadOnlyList<string> categories, IReadOnlyList<ShiftCounts> arms)
    {
        var grid = terminal.NewTable().AddColumns("arm", "baseline");
        foreach (var category in categories.Append("all"))
        {
            grid.AddColumn(new TableColumn(new Text(category)).RightAligned());
        }

        foreach (var arm in arms)
        {
            var head = $"{(arm == arms[^1] ? "Total" : arm.Arm)} (N = {Cell.Text(arm.Subjects)})";
            foreach (var baseline in categories)
            {
                var row = categories.Select(value => Count(arm, baseline, value)).ToList();
                if (row.Exists(count => count > 0))
                {
                    grid.AddRow([new Text(head), new Text(baseline), .. row.Append(row.Sum()).Select(count => Share(count, arm.Subjects))]);
                    head = "";
                }
            }

            var columns = categories.Select(value => categories.Sum(baseline => Count(arm, baseline, value))).ToList();
            grid.AddRow([new Text(head), new Text("all"), .. columns.Append(arm.Subjects).Select(count => Share(count, arm.Subjects))]);
        }

        terminal.Write(grid);
    }

    private static Text Share(int subjects, int of) => new(
        subjects == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{subjects} ({100m * subjects / of:0.0})"));
}

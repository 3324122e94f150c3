using System.Globalization;
using LabServer.Api.V1;
using LabServer.Cli.Output;
using Spectre.Console;

namespace LabServer.Cli.Summary;

/// <summary>The adverse-event summary as the table of a trial report: n (%) by arm, denominators in the head.</summary>
internal static class IncidenceTable
{
    /// <summary>Writes the table and that of each stratum, and below each what could not be graded and what it leaves out.</summary>
    public static void Write(
        Terminal terminal, SummarizeAdverseEventsRequest request, SummarizeAdverseEventsResponse summary, bool singleGrades)
    {
        terminal.Output.WriteLine($"Adverse events of {summary.StudyId} under {summary.RuleSetId}: subjects, n (%)");
        if (IncidenceNotes.Filters(request) is { Length: > 0 } filters)
        {
            terminal.Output.WriteLine($"Only events {filters}");
        }

        var columns = IncidenceColumns.Of(summary, singleGrades);
        WriteOne(terminal, request, summary, columns);
        foreach (var stratum in summary.Strata)
        {
            terminal.Output.WriteLine();
            terminal.Output.WriteLine($"{request.SplitBy}: {(stratum.Stratum.Length > 0 ? stratum.Stratum : "(no value)")}");
            WriteOne(terminal, request, IncidenceStrata.Summary(summary, stratum), columns);
        }
    }

    private static void WriteOne(
        Terminal terminal, SummarizeAdverseEventsRequest request, SummarizeAdverseEventsResponse summary, IReadOnlyList<IncidenceColumns> columns)
    {
        // All arms together say nothing new where there is one.
        ArmSize[] arms = summary.Arms.Count > 1 ? [.. summary.Arms, new ArmSize { Arm = "Total", Subjects = summary.Subjects }] : [.. summary.Arms];
        var table = terminal.NewTable().AddColumn(new TableColumn(new Text("term")));
        foreach (var (arm, column) in arms.SelectMany(_ => columns, (arm, column) => (arm, column)))
        {
            table.AddColumn(new TableColumn(new Text($"{arm.Arm}\nN = {Cell.Text(arm.Subjects)}\n{column.Name}")).RightAligned());
        }

        if (request.CompareArms)
        {
            table.AddColumn("risk difference, %\n(95 % CI)").AddColumn("odds ratio\n(95 % CI)").AddColumn("p");
        }

        foreach (var (level, row) in IncidenceLines.Of(summary, request.Order == IncidenceOrder.SystemOrganClass))
        {
            var counts = summary.Arms.Select(arm => row.Arms.FirstOrDefault(found => found.Arm == arm.Arm) ?? new GradeCounts())
                .Append(row.Total ?? new GradeCounts());
            var cells = arms.Zip(counts).SelectMany(pair => columns.Select(column => Share(column.Count(pair.Second), pair.First)));
            table.AddRow(cells.Concat(request.CompareArms ? Comparison(row.Comparison) : []).Prepend(new Text(Name(level, row))));
        }

        terminal.Write(table);
        IncidenceNotes.WriteNotGradable(terminal.Output, summary);
        IncidenceNotes.WriteLeftOut(terminal.Output, summary);
    }

    private static string Name(string level, TermIncidence row) => level switch
    {
        IncidenceLines.Any => "Any adverse event",
        IncidenceLines.Class => row.SystemOrganClass.Length > 0 ? row.SystemOrganClass : "(no system organ class)",
        _ => row.Term,
    };

    private static IEnumerable<Text> Comparison(IncidenceComparison? comparison) =>
        [new(ComparisonText.RiskDifference(comparison)), new(ComparisonText.OddsRatio(comparison)), new(ComparisonText.P(comparison))];

    private static Text Share(int subjects, ArmSize arm) => new(
        subjects == 0 || arm.Subjects == 0
            ? Cell.Text(subjects)
            : string.Create(CultureInfo.InvariantCulture, $"{subjects} ({100m * subjects / arm.Subjects:0.0})"));
}

using System.Globalization;
using LabServer.Api.V1;
using LabServer.Cli.Output;
using Spectre.Console;

namespace LabServer.Cli.Summary;

/// <summary>The adverse-event summary as the table of a trial report: n (%) by arm, denominators in the head.</summary>
internal static class IncidenceTable
{
    /// <summary>Writes the table, and below it what could not be graded.</summary>
    public static void Write(Terminal terminal, SummarizeAdverseEventsResponse summary)
    {
        terminal.Output.WriteLine($"Adverse events of {summary.StudyId} under {summary.RuleSetId}: subjects, n (%)");
        var table = terminal.NewTable().AddColumn(new TableColumn(new Text("term")));
        foreach (var arm in summary.Arms)
        {
            table.AddColumn(Head(arm, "grade 1-2")).AddColumn(Head(arm, "grade 3-4")).AddColumn(Head(arm, "any"));
        }

        table.AddRow(Row("Any adverse event", summary.Arms, summary.Any));
        foreach (var term in summary.Terms)
        {
            table.AddRow(Row(term.Term, summary.Arms, term.Arms));
        }

        terminal.Write(table);
        foreach (var count in summary.NotGradable)
        {
            terminal.Output.WriteLine($"Not gradable, {count.Reason}: {Cell.Text(count.Results)} results");
        }
    }

    private static TableColumn Head(ArmSize arm, string grades) =>
        new TableColumn(new Text($"{arm.Arm}\nN = {Cell.Text(arm.Subjects)}\n{grades}")).RightAligned();

    private static IEnumerable<Text> Row(string term, IEnumerable<ArmSize> arms, IReadOnlyCollection<GradeCounts> counts)
    {
        yield return new Text(term);
        foreach (var arm in arms)
        {
            var grades = counts.FirstOrDefault(count => count.Arm == arm.Arm) ?? new GradeCounts();
            yield return Share(grades.Grade1 + grades.Grade2, arm);
            yield return Share(grades.Grade3 + grades.Grade4, arm);
            yield return Share(grades.Any, arm);
        }
    }

    private static Text Share(int subjects, ArmSize arm) => new(
        subjects == 0 || arm.Subjects == 0
            ? Cell.Text(subjects)
            : string.Create(CultureInfo.InvariantCulture, $"{subjects} ({100m * subjects / arm.Subjects:0.0})"));
}

using LabServer.Core.Charts;

namespace LabServer.Core.Reports;

/// <summary>Subjects by term and worst grade, pooled or by arm.</summary>
internal static class IncidenceTables
{
    private static readonly string[] GradeNames = ["grade1", "grade2", "grade3", "grade4", "grade5", "grade12", "grade34", "any", "any_percent"];

    // What the label of a bar has room for; the table beside it has the whole name.
    private const int LongestArm = 24;

    /// <summary>The table over all rule sets: a row a rule set, term and, with arms, arm.</summary>
    public static ReportTable Of(ReportMaterial material, ReportArms? arms) => new(
        ReportTables.Incidence, "Subjects by term and worst grade", "No subject has an event.",
        [
            new("rule_set", "Rule set", CellKind.Name), new("term", "Term"), new("system_organ_class", "System organ class"), new("direction", null),
            .. (ReportColumn[])(arms is null ? [] : [new("arm", "Arm", CellKind.Name)]), new("subjects", "N", CellKind.Number),
            .. GradeNames.Select((name, i) => new ReportColumn(
                name, i switch { < 5 => $"{i + 1}", 5 => "1–2", 6 => "3–4", 7 => "Any", _ => "Any, %" }, CellKind.Number)),
        ],
        [.. material.Incidence.SelectMany((table, at) => Rows(table, arms, arms?.Incidence[at]))]);

    /// <summary>The bars of the first terms under a rule set.</summary>
    public static IReadOnlyList<GradeBarGroup> Bars(ReportIncidence table, ReportArms? arms, ReportArmIncidence? byArm, int take) =>
        [.. table.Terms.Take(take).Select((term, at) => new GradeBarGroup(
            term.Term, arms is null ? [new GradeBar("", table.Population, term.Grades)] : Bars(arms, byArm!.Terms[at])))];

    private static List<GradeBar> Bars(ReportArms arms, IReadOnlyList<IReadOnlyList<int>> grades) =>
        [.. arms.Arms.Select((arm, i) => new GradeBar(ChartText.Shorten(Name(arm.Arm), LongestArm), arm.Subjects, grades[i]))];

    private static IEnumerable<IReadOnlyList<string>> Rows(ReportIncidence table, ReportArms? arms, ReportArmIncidence? byArm)
    {
        if (table.Terms.Count == 0)
        {
            yield break;
        }

        var any = new ReportTerm("Any event", "", "", table.Any);
        foreach (var (term, at) in table.Terms.Prepend(any).Select((term, i) => (term, i - 1)))
        {
            string[] start = [table.RuleSet, term.Term, term.SystemOrganClass, term.Direction];
            if (arms is null)
            {
                yield return [.. start, .. Cells(table.Population, term.Grades)];
                continue;
            }

            var grades = at < 0 ? byArm!.Any : byArm!.Terms[at];
            for (var i = 0; i < arms.Arms.Count; i++)
            {
                yield return [.. start, Name(arms.Arms[i].Arm), .. Cells(arms.Arms[i].Subjects, grades[i])];
            }
        }
    }

    private static IEnumerable<string> Cells(long population, IReadOnlyList<int> grades)
    {
        var any = grades.Sum();
        return
        [
            ReportTables.Text(population),
            .. grades.Select(count => ReportTables.Text(count)),
            ReportTables.Text(grades[0] + grades[1]),
            ReportTables.Text(grades[2] + grades[3]),
            ReportTables.Text(any),
            GradeBars.Percent(any, population),
        ];
    }

    private static string Name(string arm) => arm.Length > 0 ? arm : "(no arm)";
}

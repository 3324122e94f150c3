using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>One term in one arm, as a row of CSV. The row of any event has no term.</summary>
internal sealed record IncidenceRow(SummarizeAdverseEventsResponse Summary, TermIncidence? Term, GradeCounts Counts)
{
    /// <summary>The columns.</summary>
    public static readonly IReadOnlyList<Column<IncidenceRow>> Columns =
    [
        new("study", row => row.Summary.StudyId),
        new("rule_set", row => row.Summary.RuleSetId),
        new("system_organ_class", row => row.Term?.SystemOrganClass),
        new("term", row => row.Term?.Term),
        new("direction", row => row.Term is { } term ? Enums.Lower(term.Direction) : null),
        new("arm", row => row.Counts.Arm),
        new("subjects", row => row.Summary.Arms.FirstOrDefault(arm => arm.Arm == row.Counts.Arm)?.Subjects),
        new("grade1", row => row.Counts.Grade1),
        new("grade2", row => row.Counts.Grade2),
        new("grade3", row => row.Counts.Grade3),
        new("grade4", row => row.Counts.Grade4),
        new("grade5", row => row.Counts.Grade5),
        new("grade12", row => row.Counts.Grade1 + row.Counts.Grade2),
        new("grade34", row => row.Counts.Grade3 + row.Counts.Grade4),
        new("any", row => row.Counts.Any),
    ];

    /// <summary>The rows: any event first, then the terms.</summary>
    public static IEnumerable<IncidenceRow> Of(SummarizeAdverseEventsResponse summary) =>
        summary.Any.Select(counts => new IncidenceRow(summary, null, counts))
            .Concat(summary.Terms.SelectMany(term => term.Arms.Select(counts => new IncidenceRow(summary, term, counts))));
}

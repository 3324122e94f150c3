using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary>A column of grades of each arm, for people.</summary>
/// <param name="Name">Its head.</param>
/// <param name="Count">The subjects in it.</param>
internal sealed record IncidenceColumns(string Name, Func<GradeCounts, int> Count)
{
    /// <summary>The columns of a table: grades in groups, or each by itself. Grade 5 is shown where there is one.</summary>
    public static IReadOnlyList<IncidenceColumns> Of(SummarizeAdverseEventsResponse summary, bool singleGrades)
    {
        List<IncidenceColumns> columns = singleGrades
            ? [new("grade 1", row => row.Grade1), new("grade 2", row => row.Grade2), new("grade 3", row => row.Grade3), new("grade 4", row => row.Grade4)]
            : [new("grade 1-2", row => row.Grade1 + row.Grade2), new("grade 3-4", row => row.Grade3 + row.Grade4)];
        if (singleGrades || summary.Terms.Any(term => term.Arms.Any(counts => counts.Grade5 > 0)))
        {
            columns.Add(new("grade 5", row => row.Grade5));
        }

        columns.Add(new("any", row => row.Any));
        return columns;
    }
}

using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary>The lines of an adverse-event summary in the order in which they are shown, each in the shape of a term.</summary>
internal static class IncidenceLines
{
    /// <summary>The line of any event.</summary>
    public const string Any = "any";

    /// <summary>The line of a system organ class.</summary>
    public const string Class = "system-organ-class";

    /// <summary>The line of a term.</summary>
    public const string Term = "term";

    /// <summary>Any event, then the terms, each class before its own where asked for.</summary>
    public static IEnumerable<(string Level, TermIncidence Row)> Of(SummarizeAdverseEventsResponse summary, bool classes)
    {
        yield return (Any, Row("", summary.Any, summary.AnyTotal, summary.AnyComparison));
        if (!classes)
        {
            foreach (var term in summary.Terms)
            {
                yield return (Term, term);
            }

            yield break;
        }

        foreach (var row in summary.SystemOrganClasses)
        {
            yield return (Class, Row(row.SystemOrganClass, row.Arms, row.Total, row.Comparison));
            foreach (var term in summary.Terms.Where(term => term.SystemOrganClass.Equals(row.SystemOrganClass, StringComparison.OrdinalIgnoreCase)))
            {
                yield return (Term, term);
            }
        }
    }

    private static TermIncidence Row(string name, IEnumerable<GradeCounts> arms, GradeCounts? total, IncidenceComparison? comparison) =>
        new() { SystemOrganClass = name, Arms = { arms }, Total = total, Comparison = comparison };
}

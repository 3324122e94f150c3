using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>What stands beside an adverse-event table: what it counts, and what it does not.</summary>
internal static class IncidenceNotes
{
    /// <summary>Which events the table was asked for; empty: all.</summary>
    public static string Filters(SummarizeAdverseEventsRequest request)
    {
        List<string> filters = [];
        if (request.HasFromDay)
        {
            filters.Add($"begun from day {Cell.Text(request.FromDay)} on");
        }

        if (request.HasToDay)
        {
            filters.Add($"begun up to day {Cell.Text(request.ToDay)}");
        }

        if (request.Serious != YesNo.Unspecified)
        {
            filters.Add(request.Serious == YesNo.Yes ? "serious" : "not serious");
        }

        if (request.Relatedness.Count > 0)
        {
            filters.Add("related: " + string.Join(" or ", request.Relatedness.Select(step => Enums.Lower(step).Replace('_', ' '))));
        }

        if (request.ExcludeReported)
        {
            filters.Add("found by grading");
        }

        return string.Join("; ", filters);
    }

    /// <summary>Results that could not be graded.</summary>
    public static void WriteNotGradable(TextWriter text, SummarizeAdverseEventsResponse summary)
    {
        foreach (var count in summary.NotGradable)
        {
            text.WriteLine($"Not gradable, {count.Reason}: {Cell.Text(count.Results)} results");
        }
    }

    /// <summary>Events that the table leaves out although what was asked for does not say that it should.</summary>
    public static void WriteLeftOut(TextWriter text, SummarizeAdverseEventsResponse summary)
    {
        if (summary.Unassessed.Count > 0)
        {
            var arms = summary.Unassessed.Select(count => $"{count.Arm} {Cell.Text(count.Events)} of {Cell.Text(count.Subjects)} subjects");
            text.WriteLine($"Not assessed yet, and not in the table: events of {string.Join(", ", arms)}");
        }

        foreach (var term in summary.Excluded)
        {
            var arms = term.Arms.Select(counts =>
                $"{counts.Arm} {Cell.Text(counts.Any)} subjects ({Cell.Text(counts.Grade3 + counts.Grade4)} grade 3-4, {Cell.Text(counts.Grade5)} grade 5)");
            text.WriteLine($"Left out, {term.Term}: {string.Join(", ", arms)}");
        }
    }
}

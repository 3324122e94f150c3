using System.Globalization;
using LabServer.Core.Grading;

namespace LabServer.Core.Reports;

/// <summary>What a report compares of an event: how it stood in the log at one moment.</summary>
internal sealed record EventState(
    string Fingerprint, int Grade, int? BaselineGrade, string Onset, string? EndedAt, string Term, int Results, string LastResult, bool Removed, string Serious)
{
    public static EventState Of(AdverseEvent found) => new(
        found.Fingerprint,
        found.WorstGrade,
        found.BaselineGrade,
        found.Onset,
        found.EndedAt,
        found.Term.Name,
        found.History.Count,
        found.History.Count > 0 ? found.History[^1].CollectedAt : "",
        found.Removed,
        Serious: (found.Review?.Serious is { } reviewed and not YesNo.Unspecified ? reviewed : found.Reported?.Serious ?? YesNo.Unspecified) switch
        {
            YesNo.Yes => "Y",
            YesNo.No => "N",
            _ => "",
        });

    /// <summary>What became of an event.</summary>
    /// <param name="before">How it stood; null: it was not there yet.</param>
    /// <param name="after">How it stands.</param>
    public static EventNews News(EventState? before, EventState after) => (before, after) switch
    {
        (_, { Removed: true }) => EventNews.Removed,
        (null or { Removed: true }, _) => EventNews.New,
        _ when after.Grade > before!.Grade => EventNews.Worse,
        _ when before!.Fingerprint == after.Fingerprint => EventNews.Review,
        _ => EventNews.Changed,
    };

    /// <summary>What differs, in words; empty for an event that was not there.</summary>
    public static string Difference(EventState? before, EventState after, IReadOnlySet<EventChangeKind> kinds)
    {
        var parts = new List<string>();
        if (after.Removed)
        {
            parts.Add(before is null or { Removed: true } ? "found and gone since the last report"
                : kinds.Contains(EventChangeKind.ReportAmended) || after.Results == 0 ? "withdrawn" : "no longer found by grading");
        }
        else if (before is { Removed: true })
        {
            parts.Add("had been gone");
        }

        if (before is { Removed: false } && !after.Removed)
        {
            Add(parts, "grade", Number(before.Grade), Number(after.Grade));
            Add(parts, "onset", before.Onset, after.Onset);
            Add(parts, "end", before.EndedAt ?? "ongoing", after.EndedAt ?? "ongoing");
            Add(parts, "term", before.Term, after.Term);
            Add(parts, "results", Number(before.Results), Number(after.Results));
            Add(parts, "baseline grade", Number(before.BaselineGrade), Number(after.BaselineGrade));
            if (parts.Count == 0 && before.Fingerprint != after.Fingerprint)
            {
                parts.Add(after.Results > 0 ? "grades or dates of results within" : "details of the report");
            }
        }

        if (kinds.Contains(EventChangeKind.ReviewReopened))
        {
            parts.Add("review reopened");
        }
        else if (kinds.Contains(EventChangeKind.Reviewed))
        {
            parts.Add("reviewed");
        }

        return string.Join("; ", parts);
    }

    private static void Add(List<string> parts, string name, string before, string after)
    {
        if (before != after)
        {
            parts.Add($"{name} {before} → {after}");
        }
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "none";
}

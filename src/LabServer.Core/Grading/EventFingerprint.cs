using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LabServer.Core.Grading;

/// <summary>
/// What an event looks like, in one short text: two events that show the same dates and grades have the same one. It
/// tells whether a regrade changed an event, and whether an event is still what was reviewed. Made of what the event
/// shows and not of keys, so that it comes back when the event does.
/// </summary>
public static class EventFingerprint
{
    /// <summary>Of an event as it is read.</summary>
    public static string Of(AdverseEvent found) => found.Reported is { } report
        ? Of(report)
        : Of(found.BaselineGrade, found.EndedAt, found.History.Select(point => (point.CollectedAt, point.Grade)));

    /// <summary>Of an event that was graded.</summary>
    /// <param name="baselineGrade">Grade at baseline; null: none.</param>
    /// <param name="endedAt">Collection date of the first result after the run, as sent; null: ongoing.</param>
    /// <param name="history">Collection date as sent and grade of each result of the run, in time order.</param>
    public static string Of(int? baselineGrade, string? endedAt, IEnumerable<(string CollectedAt, int Grade)> history)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{baselineGrade}\n{endedAt?.Trim()}");
        foreach (var (collectedAt, grade) in history)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{grade} {collectedAt.Trim()}");
        }

        return Hash(text.ToString());
    }

    /// <summary>Of an event that was reported: everything its reporter said, and whether it was withdrawn.</summary>
    public static string Of(EventReport report) => Hash(string.Join(
        '\n',
        report.SubjectId,
        report.ReportedTerm,
        report.CodedTerm,
        report.SystemOrganClass,
        report.Onset,
        report.EndedAt,
        report.Grade.ToString(CultureInfo.InvariantCulture),
        report.Serious.ToString(),
        report.Relatedness.ToString(),
        report.Outcome.ToString(),
        report.Comment,
        report.Withdrawn.ToString()));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}

using System.Security.Cryptography;
using System.Text;

namespace LabServer.Core.Grading;

/// <summary>AESPID: ids of events. Each is a digest of what the event was when it was first seen, and says where it came from.</summary>
public static class EventIds
{
    private const string GradedPrefix = "AE-";
    private const string ReportedPrefix = "AR-";
    private const int DigestBytes = 12;

    /// <summary>The id of an event that grading found.</summary>
    /// <param name="parts">What it is.</param>
    public static string Graded(params IEnumerable<string> parts) => GradedPrefix + Digest(parts);

    /// <summary>The id of what is reported under an id in a study: sent again it is the same event.</summary>
    /// <param name="studyId">STUDYID.</param>
    /// <param name="reportId">The reporter's id.</param>
    public static string Reported(string studyId, string reportId) => ReportedPrefix + Digest([studyId, reportId]);

    /// <summary>Whether a LabServer gave this id to an event that grading found.</summary>
    public static bool IsGraded(string id) => Is(id, GradedPrefix);

    /// <summary>Whether a LabServer gave this id to an event that was reported.</summary>
    public static bool IsReported(string id) => Is(id, ReportedPrefix);

    private static bool Is(string id, string prefix) => id.Length == prefix.Length + (2 * DigestBytes)
        && id.StartsWith(prefix, StringComparison.Ordinal) && id.Skip(prefix.Length).All(char.IsAsciiHexDigitLower);

    private static string Digest(IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, DigestBytes));
}

using System.Globalization;
using Grpc.Core;

namespace LabServer.Grading;

/// <summary>How far a watch of events has come, and what it watches: behind it, another watch would miss what this one left out.</summary>
/// <param name="After">The last change that it has dealt with; 0: none.</param>
/// <param name="StudyId">The study.</param>
/// <param name="RuleSetId">Id of the version of a rule set whose events it shows; empty: of all.</param>
/// <param name="MinimumGrade">The grade from which on it shows events.</param>
internal sealed record WatchCursor(long After, string StudyId, string RuleSetId, int MinimumGrade)
{
    private const int Parts = 4;

    /// <summary>What a cursor says. Null: it is of an older server, which put nothing but the place into it.</summary>
    /// <param name="text">The cursor, not empty.</param>
    /// <param name="after">The last change before it.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT: not a cursor.</exception>
    public static WatchCursor? Read(string text, out long after)
    {
        try
        {
            var parts = PageTokens.Read(text, 1, Parts)!;
            after = PageTokens.Number(parts[0]);
            return parts is [_, var study, var ruleSet, var grade]
                ? new WatchCursor(after, study, ruleSet, (int)PageTokens.Number(grade))
                : null;
        }
        catch (RpcException)
        {
            throw RpcErrors.InvalidArgument("CURSOR_MALFORMED", "cursor", "is not a cursor that a watch gave out");
        }
    }

    /// <summary>The cursor behind a change.</summary>
    public string Write(long changeKey) => PageTokens.Write(
        changeKey.ToString(CultureInfo.InvariantCulture), StudyId, RuleSetId, MinimumGrade.ToString(CultureInfo.InvariantCulture));
}

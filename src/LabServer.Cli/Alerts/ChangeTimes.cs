using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace LabServer.Cli.Alerts;

/// <summary>When an alert changed, to the microsecond: as it is written it can be sent back, and is the same to the server.</summary>
internal static class ChangeTimes
{
    private const string Written = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    // What follows the seconds may be shorter: zeros at the end say nothing.
    private const string Read = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    /// <summary>The time as text; null for none.</summary>
    public static string? Text(Timestamp? at) =>
        at?.ToDateTimeOffset().ToUniversalTime().ToString(Written, CultureInfo.InvariantCulture);

    /// <summary>--changed-at TIME.</summary>
    public static Option<Timestamp?> Option() => new("--changed-at")
    {
        Description = "Its changed_at as you looked at it, as alerts list --format csv shows it: refused if it has changed since. Default: not compared.",
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (DateTimeOffset.TryParseExact(text, Read, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return Timestamp.FromDateTimeOffset(at);
            }

            result.AddError($"--changed-at: {text} is no time such as 2021-03-02T08:00:00.000000Z.");
            return null;
        },
    };
}

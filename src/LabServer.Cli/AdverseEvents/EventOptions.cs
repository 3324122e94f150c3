using System.CommandLine;
using System.CommandLine.Parsing;
using LabServer.Api.V1;

namespace LabServer.Cli.AdverseEvents;

/// <summary>Options and arguments that several commands on events take.</summary>
internal static class EventOptions
{
    /// <summary>EVENT.</summary>
    public static Argument<string> Event() => new("EVENT") { Description = "Event id, as adverse-events list --format csv shows it." };

    /// <summary>--relatedness.</summary>
    public static Option<Relatedness> Relatedness() =>
        Words("--relatedness", $"Whether the treatment caused it: {EventWords.RelatednessWords}.", EventWords.ReadRelatedness, EventWords.RelatednessWords);

    /// <summary>--serious.</summary>
    public static Option<YesNo> Serious() => Words("--serious", "Whether it is serious: yes or no.", EventWords.ReadSerious, "yes or no");

    /// <summary>--outcome.</summary>
    public static Option<EventOutcome> Outcome() =>
        Words("--outcome", $"How it ended: {EventWords.OutcomeWords}.", EventWords.ReadOutcome, EventWords.OutcomeWords);

    /// <summary>--comment.</summary>
    public static Option<string?> Comment() => new("--comment") { Description = "In your words.", HelpName = "TEXT" };

    /// <summary>--fingerprint.</summary>
    public static Option<string?> Fingerprint() => new("--fingerprint")
    {
        Description = "Fingerprint of the event as you looked at it: refused if it has changed since. Default: the event as it is now.",
        HelpName = "F",
    };

    private static Option<T> Words<T>(string name, string description, Func<string, T?> read, string words)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = "WORD",
            CustomParser = result => Read(result, name, read, words),
        };

    private static T Read<T>(ArgumentResult result, string name, Func<string, T?> read, string words)
        where T : struct
    {
        var text = result.Tokens[^1].Value;
        if (text.Trim().Length > 0 && read(text) is { } value)
        {
            return value;
        }

        result.AddError($"{name}: {text} is none of {words}.");
        return default;
    }
}

namespace LabServer.Core.Grading;

/// <summary>What is said of events, spelt in CDISC's words, and read in those that are common besides.</summary>
public static class EventWords
{
    /// <summary>The words for a relatedness, for messages.</summary>
    public const string RelatednessWords = "NOT_RELATED, UNLIKELY, POSSIBLE, PROBABLE or DEFINITE";

    /// <summary>The words for an outcome, for messages.</summary>
    public const string OutcomeWords =
        "RECOVERED/RESOLVED, RECOVERING/RESOLVING, NOT RECOVERED/NOT RESOLVED, RECOVERED/RESOLVED WITH SEQUELAE, FATAL or UNKNOWN";

    /// <summary>AEREL; empty for none.</summary>
    public static string Word(Relatedness relatedness) => relatedness switch
    {
        Relatedness.NotRelated => "NOT RELATED",
        Relatedness.Unlikely => "UNLIKELY RELATED",
        Relatedness.Possible => "POSSIBLY RELATED",
        Relatedness.Probable => "PROBABLY RELATED",
        Relatedness.Definite => "DEFINITELY RELATED",
        _ => "",
    };

    /// <summary>AEOUT in the words of codelist OUT; empty for none.</summary>
    public static string Word(EventOutcome outcome) => outcome switch
    {
        EventOutcome.Recovered => "RECOVERED/RESOLVED",
        EventOutcome.Recovering => "RECOVERING/RESOLVING",
        EventOutcome.NotRecovered => "NOT RECOVERED/NOT RESOLVED",
        EventOutcome.RecoveredWithSequelae => "RECOVERED/RESOLVED WITH SEQUELAE",
        EventOutcome.Fatal => "FATAL",
        EventOutcome.Unknown => "UNKNOWN",
        _ => "",
    };

    /// <summary>AEREL; null when the text is none. Nothing is guessed: RELATED alone may be any of four.</summary>
    public static Relatedness? ReadRelatedness(string text) => Letters(text) switch
    {
        "" => Relatedness.None,
        "NOTRELATED" or "UNRELATED" or "NONE" => Relatedness.NotRelated,
        "UNLIKELY" or "UNLIKELYRELATED" or "REMOTE" => Relatedness.Unlikely,
        "POSSIBLE" or "POSSIBLYRELATED" => Relatedness.Possible,
        "PROBABLE" or "PROBABLYRELATED" => Relatedness.Probable,
        "DEFINITE" or "DEFINITELYRELATED" => Relatedness.Definite,
        _ => null,
    };

    /// <summary>AEOUT; null when the text is none.</summary>
    public static EventOutcome? ReadOutcome(string text) => Letters(text) switch
    {
        "" => EventOutcome.None,
        "RECOVEREDRESOLVED" or "RECOVERED" or "RESOLVED" => EventOutcome.Recovered,
        "RECOVERINGRESOLVING" or "RECOVERING" or "RESOLVING" => EventOutcome.Recovering,
        "NOTRECOVEREDNOTRESOLVED" or "NOTRECOVERED" or "NOTRESOLVED" => EventOutcome.NotRecovered,
        "RECOVEREDRESOLVEDWITHSEQUELAE" or "RECOVEREDWITHSEQUELAE" or "RESOLVEDWITHSEQUELAE" => EventOutcome.RecoveredWithSequelae,
        "FATAL" => EventOutcome.Fatal,
        "UNKNOWN" => EventOutcome.Unknown,
        _ => null,
    };

    /// <summary>AESER; null when the text is none.</summary>
    public static YesNo? ReadSerious(string text) => Letters(text) switch
    {
        "" or "U" or "UNKNOWN" => YesNo.Unspecified,
        "Y" or "YES" => YesNo.Yes,
        "N" or "NO" => YesNo.No,
        _ => null,
    };

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetter)).ToUpperInvariant();
}

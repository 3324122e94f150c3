using LabServer.Api.V1;
using Words = LabServer.Core.Grading.EventWords;

namespace LabServer.Cli.AdverseEvents;

/// <summary>The words of <see cref="Words"/> for the wire, whose enumerations have the same numbers.</summary>
internal static class EventWords
{
    /// <inheritdoc cref="Words.RelatednessWords"/>
    public const string RelatednessWords = Words.RelatednessWords;

    /// <inheritdoc cref="Words.OutcomeWords"/>
    public const string OutcomeWords = Words.OutcomeWords;

    /// <inheritdoc cref="Words.ReadRelatedness"/>
    public static Relatedness? ReadRelatedness(string text) => (Relatedness?)Words.ReadRelatedness(text);

    /// <inheritdoc cref="Words.ReadOutcome"/>
    public static EventOutcome? ReadOutcome(string text) => (EventOutcome?)Words.ReadOutcome(text);

    /// <inheritdoc cref="Words.ReadSerious"/>
    public static YesNo? ReadSerious(string text) => (YesNo?)Words.ReadSerious(text);

    /// <summary>AEOUT in the words of codelist OUT; empty for none.</summary>
    public static string Outcome(EventOutcome outcome) => Words.Word((Core.Grading.EventOutcome)outcome);
}

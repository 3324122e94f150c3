using LabServer.Core.Statistics;

namespace LabServer.Summaries;

/// <summary>Why a statistic is not there, as it is sent.</summary>
internal static class NotComputedWords
{
    /// <summary>The word of a reason; empty: it is there.</summary>
    public static string Word(this NotComputed reason) => reason switch
    {
        NotComputed.None => "",
        NotComputed.NoValues => "NO_VALUES",
        NotComputed.TooFewValues => "TOO_FEW_VALUES",
        NotComputed.NoVariation => "NO_VARIATION",
        NotComputed.ArmEmpty => "ARM_EMPTY",
        NotComputed.NoEvents => "NO_EVENTS",
        NotComputed.AllEvents => "ALL_EVENTS",
        NotComputed.OneCategory => "ONE_CATEGORY",
        NotComputed.Separation => "SEPARATION",
        NotComputed.NoConvergence => "NO_CONVERGENCE",
        _ => throw new InvalidOperationException($"{reason} has no word on the wire."),
    };
}

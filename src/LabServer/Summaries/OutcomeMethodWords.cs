using LabServer.Core.Statistics;

namespace LabServer.Summaries;

/// <summary>How methods for yes/no outcomes are spelt on the wire.</summary>
internal static class OutcomeMethodWords
{
    /// <summary>The word; empty for none.</summary>
    public static string Word(this OutcomeMethod method) => method switch
    {
        OutcomeMethod.None => "",
        OutcomeMethod.ChiSquare => "chi-square",
        OutcomeMethod.FisherExact => "fisher",
        OutcomeMethod.Logistic => "logistic",
        OutcomeMethod.ExactLogistic => "exact logistic",
        _ => throw new InvalidOperationException($"{method} has no word on the wire."),
    };
}

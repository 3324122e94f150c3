namespace LabServer.Core.Statistics;

/// <summary>How a number about a two-by-two table was computed.</summary>
public enum OutcomeMethod
{
    /// <summary>Nothing was computed.</summary>
    None = 0,

    /// <summary>Pearson's chi-square test without continuity correction.</summary>
    ChiSquare,

    /// <summary>Fisher's exact test, two-sided.</summary>
    FisherExact,

    /// <summary>Logistic regression with the arm alone: maximum likelihood, Wald interval, two-sided Wald p.</summary>
    Logistic,

    /// <summary>Exact logistic regression: median-unbiased estimate, one-sided 95 % limit, one-sided p.</summary>
    ExactLogistic,
}

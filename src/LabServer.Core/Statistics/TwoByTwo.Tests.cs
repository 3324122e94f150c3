namespace LabServer.Core.Statistics;

/// <content>Tests of association.</content>
public sealed partial record TwoByTwo
{
    private const double ChiSquareFrom = 5;

    /// <summary>
    /// The paper's rule: chi-square without correction where all expected counts are at least 5, else Fisher's exact test
    /// (Cochran, Biometrics 1954;10:417).
    /// </summary>
    public AssociationTest Test() => SmallestExpected >= ChiSquareFrom ? ChiSquare() : FisherExact();

    /// <summary>
    /// Pearson's chi-square, N(ad − bc)² / (row and column totals multiplied), one degree of freedom, no continuity
    /// correction: R's <c>chisq.test(correct = FALSE)</c>, "Chi-Square" of SAS PROC FREQ.
    /// </summary>
    public AssociationTest ChiSquare()
    {
        if (Degenerate is not NotComputed.None and var reason)
        {
            return new AssociationTest(OutcomeMethod.None, null, null, reason);
        }

        // The difference of products is exact in whole numbers; everything after it loses a rounding a step at most.
        double cross = ((long)EventsA * WithoutB) - ((long)EventsB * WithoutA);
        var x = cross / TotalA * (cross / TotalB) * (((double)TotalA + TotalB) / (EventsA + EventsB) / (WithoutA + WithoutB));
        return new AssociationTest(OutcomeMethod.ChiSquare, x, Tails.ChiSquareOne(x), NotComputed.None);
    }

    /// <summary>
    /// Fisher's exact test, two-sided: the probability, with all margins given, of the tables that are no more probable
    /// than this one. R's <c>fisher.test</c>, with its relative tolerance of 1e-7 for "no more probable", and "Table
    /// Probability ≤ P" of SAS PROC FREQ.
    /// </summary>
    public AssociationTest FisherExact() =>
        Degenerate is not NotComputed.None and var reason
            ? new AssociationTest(OutcomeMethod.None, null, null, reason)
            : new AssociationTest(OutcomeMethod.FisherExact, null, Conditional.FisherTwoSided(), NotComputed.None);

    private ConditionalDistribution Conditional => new(EventsA, TotalA, EventsB, TotalB);
}

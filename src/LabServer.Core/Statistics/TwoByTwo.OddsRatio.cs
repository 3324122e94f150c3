namespace LabServer.Core.Statistics;

/// <content>The odds ratio.</content>
public sealed partial record TwoByTwo
{
    /// <summary>
    /// The odds ratio as logistic regression on the arm gives it, ad/bc with exp(log OR ± z₀.₉₇₅ √(1/a + 1/b + 1/c + 1/d)): R's
    /// <c>glm(family = binomial)</c> with <c>confint.default</c>, SAS PROC LOGISTIC. Where a cell is 0 that has no finite
    /// answer, and exact logistic regression takes its place, as SAS PROC LOGISTIC prints it with EXACT: with the margins
    /// given the events of the first arm follow the noncentral hypergeometric distribution, of which a zero cell is an end.
    /// The estimate is the odds ratio under which that end has probability ½ (median-unbiased; Hirji, Tsiatis and Mehta, Am
    /// Stat 1989;43:7), the limit the one under which it has 0.05, p its probability under 1.
    /// </summary>
    public OddsRatio OddsRatio()
    {
        if (Degenerate is not NotComputed.None and var reason)
        {
            return new OddsRatio(OutcomeMethod.None, null, null, null, reason);
        }

        if (EventsA > 0 && EventsB > 0 && WithoutA > 0 && WithoutB > 0)
        {
            return Logistic();
        }

        var conditional = Conditional;
        var estimate = conditional.OddsRatioOfEnd(0.5);
        var limit = conditional.OddsRatioOfEnd(0.05);
        var interval = conditional.IsUpperEnd ? new Interval(limit, null) : new Interval(0, limit);
        return new OddsRatio(OutcomeMethod.ExactLogistic, estimate, interval, conditional.EndP(), NotComputed.None);
    }

    private OddsRatio Logistic()
    {
        var ratio = (double)EventsA / WithoutA * ((double)WithoutB / EventsB);
        var error = Math.Sqrt((1.0 / EventsA) + (1.0 / WithoutA) + (1.0 / EventsB) + (1.0 / WithoutB));
        var factor = Math.Exp(Tails.Z975 * error);
        return new OddsRatio(
            OutcomeMethod.Logistic,
            ratio,
            new Interval(ratio / factor, ratio * factor),
            Tails.Normal(Math.Log(ratio) / error),
            NotComputed.None);
    }
}

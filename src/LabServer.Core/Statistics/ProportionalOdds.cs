namespace LabServer.Core.Statistics;

/// <summary>The proportional-odds (cumulative logit) model of an ordered outcome with the arm alone.</summary>
/// <param name="OddsRatio">
/// The odds of a higher category in the first arm over those in the second, the same at every cut between categories. With
/// categories from best to worst, below 1 means that the first arm does better.
/// </param>
/// <param name="Interval">95 % Wald interval, exp(β ± z₀.₉₇₅ SE).</param>
/// <param name="P">Two-sided Wald p, from the normal distribution.</param>
/// <param name="LogOddsRatio">β, the logarithm of the odds ratio.</param>
/// <param name="StandardError">Standard error of β, from the observed information.</param>
/// <param name="Reason">
/// <see cref="NotComputed.ArmEmpty"/>; <see cref="NotComputed.OneCategory"/>; <see cref="NotComputed.Separation"/>: every
/// cut leaves one arm's subjects of the two neighbouring categories apart, so the odds ratio has no finite estimate.
/// </param>
public sealed record ProportionalOdds(
    double? OddsRatio, Interval? Interval, double? P, double? LogOddsRatio, double? StandardError, NotComputed Reason)
{
    /// <summary>
    /// Fits logit P(Y ≤ j) = ζⱼ − β x, x = 1 in the first arm (McCullagh, J R Stat Soc B 1980;42:109), by maximum likelihood.
    /// R's <c>MASS::polr(y ~ arm, weights = n, Hess = TRUE)</c> with the second arm as reference, whose optimiser stops some six
    /// digits in; SAS PROC LOGISTIC has the sign turned unless DESCENDING. Categories in which nobody is are dropped, as
    /// polr drops unused levels: they change nothing. With two categories it is logistic regression.
    /// </summary>
    /// <param name="countsA">Subjects of the first arm by category, from the lowest.</param>
    /// <param name="countsB">Subjects of the second arm, the same categories.</param>
    /// <exception cref="ArgumentException">The arms differ in their number of categories, or a count is negative: a bug of the caller.</exception>
    public static ProportionalOdds Fit(IReadOnlyList<int> countsA, IReadOnlyList<int> countsB)
    {
        ArgumentNullException.ThrowIfNull(countsA);
        ArgumentNullException.ThrowIfNull(countsB);
        if (countsA.Count != countsB.Count)
        {
            throw new ArgumentException("Both arms are counted by the same categories.", nameof(countsB));
        }

        if (countsA.Concat(countsB).Any(count => count < 0))
        {
            throw new ArgumentException("A count is negative.", nameof(countsA));
        }

        (int A, int B)[] categories = [.. countsA.Zip(countsB).Where(pair => pair.First > 0 || pair.Second > 0)];
        if (!categories.Any(pair => pair.A > 0) || !categories.Any(pair => pair.B > 0))
        {
            return Not(NotComputed.ArmEmpty);
        }

        if (categories.Length < 2)
        {
            return Not(NotComputed.OneCategory);
        }

        if (IsSeparated(categories))
        {
            return Not(NotComputed.Separation);
        }

        if (ProportionalOddsModel.Maximise(categories) is not { } fit)
        {
            return Not(NotComputed.NoConvergence);
        }

        var (beta, error) = fit;
        var factor = Math.Exp(Tails.Z975 * error);
        var ratio = Math.Exp(beta);
        return new ProportionalOdds(
            ratio, new Interval(ratio / factor, ratio * factor), Tails.Normal(beta / error), beta, error, NotComputed.None);
    }

    private static ProportionalOdds Not(NotComputed reason) => new(null, null, null, null, null, reason);

    // β can go to +∞ without loss unless, at some cut, the first arm is just below and the second just above: a subject
    // below keeps ζ − β from falling, one above keeps ζ from rising. Likewise for −∞ with the arms exchanged.
    private static bool IsSeparated((int A, int B)[] categories)
    {
        var cuts = categories.Zip(categories.Skip(1)).ToArray();
        return !cuts.Any(cut => cut.First.A > 0 && cut.Second.B > 0) || !cuts.Any(cut => cut.First.B > 0 && cut.Second.A > 0);
    }
}

namespace LabServer.Core.Summaries;

/// <summary>
/// The subjects that a summary counts: those with a first dose (safety population), in the arms asked for, and split
/// into strata where asked for. The only place where summaries learn of arms.
/// </summary>
/// <param name="SplitBy">What they are split by: <c>sex</c>, <c>site</c> or the name of an attribute; empty: not split.</param>
/// <param name="Arms">Arms with their denominators, in the order of the tables.</param>
/// <param name="Subjects">The subjects, by id.</param>
/// <param name="Split">
/// Strata by value, in ordinal order; subjects without a value are a stratum of their own, with an empty one. Empty when
/// not split.
/// </param>
public sealed record Strata(
    string SplitBy, IReadOnlyList<ArmSize> Arms, IReadOnlyList<StratumSubject> Subjects, IReadOnlyList<Stratum> Split)
{
    /// <summary>Splits by SEX.</summary>
    public const string Sex = "sex";

    /// <summary>Splits by SITEID.</summary>
    public const string Site = "site";

    /// <summary>Puts subjects into arms and strata.</summary>
    /// <param name="study">The study; its arms are shown in its order, also those without a subject.</param>
    /// <param name="subjects">Its subjects with a first dose, each with its value of <paramref name="splitBy"/>.</param>
    /// <param name="splitBy">What to split by; empty: nothing.</param>
    /// <param name="arms">The arms to show, in this order; empty: all, and last the subjects of which no arm is known.</param>
    public static Strata Of(Study study, IEnumerable<StratumSubject> subjects, string splitBy, IReadOnlyList<string> arms)
    {
        StratumSubject[] counted = [.. subjects
            .Where(subject => arms.Count == 0 || arms.Contains(subject.Arm))
            .OrderBy(subject => subject.SubjectId, StringComparer.Ordinal)];
        // A dosed subject without an arm is shown last rather than left out.
        string[] shown = arms.Count > 0
            ? [.. arms]
            : [.. study.Arms, .. counted.Select(subject => subject.Arm).Distinct().Except(study.Arms).Order(StringComparer.Ordinal)];
        var split = splitBy.Length == 0
            ? []
            : counted.GroupBy(subject => subject.Stratum).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new Stratum(group.Key, Sizes(shown, [.. group]), [.. group]));
        return new Strata(splitBy, Sizes(shown, counted), counted, [.. split]);
    }

    private static ArmSize[] Sizes(string[] arms, StratumSubject[] subjects)
    {
        var sizes = subjects.CountBy(subject => subject.Arm).ToDictionary(StringComparer.Ordinal);
        return [.. arms.Select(arm => new ArmSize(arm, sizes.GetValueOrDefault(arm)))];
    }
}

/// <summary>The subjects of one value of what a summary is split by.</summary>
/// <param name="Value">The value; empty: they have none.</param>
/// <param name="Arms">The same arms as of the whole, with the denominators of the stratum.</param>
/// <param name="Subjects">The subjects, by id.</param>
public sealed record Stratum(string Value, IReadOnlyList<ArmSize> Arms, IReadOnlyList<StratumSubject> Subjects);

namespace LabServer.Core.Grading;

/// <summary>
/// The terms of two rule sets that look at the same test in the same direction, whatever they are called: platelet count
/// decreased and thrombocytopenia are one pair. A set may have none, or several (glucose, fasting or not).
/// </summary>
/// <param name="TestKey">Key of the test.</param>
/// <param name="Direction">Direction.</param>
/// <param name="A">Terms of the first set.</param>
/// <param name="B">Terms of the second set.</param>
public sealed record TermPair(string TestKey, ToxicityDirection Direction, IReadOnlyList<Term> A, IReadOnlyList<Term> B)
{
    /// <summary>Names of the terms of the first set; empty when it has none.</summary>
    public string NameA { get; } = Names(A);

    /// <summary>Names of the terms of the second set; empty when it has none.</summary>
    public string NameB { get; } = Names(B);

    /// <summary>Every pair of two sets, by test and direction.</summary>
    public static IReadOnlyList<TermPair> Of(RuleSet a, RuleSet b) =>
        [.. a.Terms.Concat(b.Terms)
            .SelectMany(term => term.Tests.Select(test => (Test: test, term.Direction)))
            .Distinct()
            .OrderBy(key => key.Test, StringComparer.Ordinal).ThenBy(key => key.Direction)
            .Select(key => new TermPair(key.Test, key.Direction, Find(a, key.Test, key.Direction), Find(b, key.Test, key.Direction)))];

    /// <summary>Whether a term of either set has this name; case is ignored.</summary>
    public bool IsCalled(string term) => A.Concat(B).Any(own => string.Equals(own.Name, term, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<Term> Find(RuleSet set, string test, ToxicityDirection direction) =>
        [.. set.TermsOf(test).Where(term => term.Direction == direction)];

    private static string Names(IReadOnlyList<Term> terms) => string.Join(" / ", terms.Select(term => term.Name));
}

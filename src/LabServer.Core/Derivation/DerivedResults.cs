namespace LabServer.Core.Derivation;

/// <summary>
/// Finds what is to be derived for a subject from what laboratories sent. A pure function: neither the order of arrival nor
/// what was derived before shows in it.
/// </summary>
public static class DerivedResults
{
    /// <summary>
    /// Every derived result, an input before what is computed from it. Where a laboratory sent the test for a collection,
    /// nothing is derived for it.
    /// </summary>
    /// <param name="inputs">Results in force that laboratories sent.</param>
    public static IReadOnlyList<DerivedResult> Of(SubjectInputs inputs)
    {
        var found = new List<DerivedResult>();
        var done = new HashSet<(string Test, Collection Collection)>();
        foreach (var formula in Formulas.All)
        {
            var given = Of(formula, inputs)
                .Where(entry => !done.Contains((formula.Test, entry.Collection)) && !IsSent(formula.Test, entry.Collection, inputs))
                .ToList();
            found.AddRange(given.Select(entry => entry.Result));
            if (given.Count > 0 && Formulas.Feeding.Contains(formula.Test))
            {
                inputs = inputs.With(given.Select(entry => entry.Result));
            }

            done.UnionWith(given.Select(entry => (formula.Test, entry.Collection)));
        }

        return found;
    }

    private static IEnumerable<(Collection Collection, DerivedResult Result)> Of(Formula formula, SubjectInputs inputs)
    {
        foreach (var primary in inputs.Of(formula.Primary))
        {
            if (Collection.Of(primary) is { } collection && formula.Compute(primary, inputs) is { } value)
            {
                yield return (collection, new DerivedResult(formula, value));
            }
        }
    }

    private static bool IsSent(string test, Collection collection, SubjectInputs inputs) =>
        inputs.Of(test, collection).Any(result => !result.Observation.IsDerived);
}

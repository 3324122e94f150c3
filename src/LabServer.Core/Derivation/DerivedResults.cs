namespace LabServer.Core.Derivation;

/// <summary>Finds what is to be derived for a subject. A pure function: the order of arrival does not show in it.</summary>
public static class DerivedResults
{
    /// <summary>
    /// Every derived result that the results in force give, computed once: a derived test that feeds another does so
    /// when it is itself among the inputs. Where a laboratory sent the test for a collection, nothing is derived for it.
    /// </summary>
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

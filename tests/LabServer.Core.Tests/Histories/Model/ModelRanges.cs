namespace LabServer.Core.Tests.Histories;

/// <summary>The ranges of a study's laboratories: versioned sets, one of which is in force.</summary>
internal sealed class ModelRanges
{
    private readonly Dictionary<string, List<IReadOnlyList<ModelRange>>> _versions = [];
    private readonly Dictionary<string, int> _inForce = [];

    /// <summary>A set becomes the next version, unless the newest is the same; it changes nothing before it is applied.</summary>
    public void Import(string laboratory, IReadOnlyList<ModelRange> ranges, bool apply)
    {
        _versions.TryAdd(laboratory, [[]]);
        var versions = _versions[laboratory];
        if (!versions[^1].SequenceEqual(ranges))
        {
            versions.Add(ranges);
        }

        if (apply)
        {
            _inForce[laboratory] = versions.Count - 1;
        }
    }

    /// <summary>Puts a version in force; 0 is no ranges.</summary>
    public void Apply(string laboratory, int version)
    {
        if (_versions.TryGetValue(laboratory, out var versions) && version < versions.Count)
        {
            _inForce[laboratory] = version;
        }
    }

    /// <summary>
    /// The range for a result without limits of its own: the one that is for it on every day of birth and collection that
    /// its texts can mean. One of its method goes before those of any.
    /// </summary>
    public ModelRange? Find(LabResult result, Sex sex, ModelDate? born, ModelDate collected)
    {
        if (!_inForce.TryGetValue(result.Laboratory, out var version))
        {
            return null;
        }

        var ofTest = _versions[result.Laboratory][version].Where(range => range.Test == result.TestCode).ToList();
        var ofMethod = ofTest.FindAll(range => range.Method.Length > 0 && range.Method.Equals(result.Method.Trim(), StringComparison.OrdinalIgnoreCase));
        var ofAny = ofTest.FindAll(range => range.Method.Length == 0);
        ModelRange? found = null;
        foreach (var person in Possible(sex, born, collected))
        {
            var (chosen, isCertain) = Choose(ofMethod, person);
            if (isCertain && chosen is null)
            {
                (chosen, isCertain) = Choose(ofAny, person);
            }

            if (!isCertain || chosen is null || (found is not null && found != chosen))
            {
                return null;
            }

            found = chosen;
        }

        return found;
    }

    private static (ModelRange? Range, bool IsCertain) Choose(List<ModelRange> ranges, ModelPerson person)
    {
        var answers = ranges.ConvertAll(range => (Range: range, IsFor: range.IsFor(person)));
        return (answers.Find(answer => answer.IsFor == true).Range, !answers.Exists(answer => answer.IsFor is null));
    }

    // Every day of collection; of those of birth the first and the last, since ages between lie between.
    private static IEnumerable<ModelPerson> Possible(Sex sex, ModelDate? born, ModelDate collected)
    {
        for (var day = collected.FirstDay; day <= collected.LastDay; day = day.AddDays(1))
        {
            yield return new ModelPerson(sex, born?.FirstDay, day);
            yield return new ModelPerson(sex, born?.LastDay, day);
        }
    }
}

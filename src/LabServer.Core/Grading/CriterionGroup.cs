namespace LabServer.Core.Grading;

/// <summary>The criteria of a term for one population: one that looks at no unit, or one per published unit.</summary>
internal sealed class CriterionGroup
{
    private readonly Criterion? _anyUnit;
    private readonly Func<string, string, decimal?> _convert;

    // Replaced whole when a unit is first seen, never changed: readers need no lock, and units of one term are few.
    private volatile KnownUnit[] _known;

    public CriterionGroup(Population? population, IReadOnlyList<Criterion> criteria, Func<string, string, decimal?> convert)
    {
        Population = population;
        _convert = convert;
        _anyUnit = criteria.FirstOrDefault(c => c.Unit is null);
        Target = criteria.FirstOrDefault(c => c.System == UnitSystem.SI) ?? criteria.FirstOrDefault(c => c.Unit is not null);
        _known = [.. criteria.Where(c => c.Unit is not null).Select(c => new KnownUnit(c.Unit!, CriterionChoice.Of(c, UnitFactor.One)))];
    }

    public Population? Population { get; }

    /// <summary>The criterion that values in other units are converted to.</summary>
    public Criterion? Target { get; }

    public CriterionChoice Choose(string? unit)
    {
        if (_anyUnit is not null)
        {
            return CriterionChoice.Of(_anyUnit, UnitFactor.One);
        }

        if (string.IsNullOrEmpty(unit))
        {
            return CriterionChoice.None(NotGradableReason.UnitMissing);
        }

        foreach (var known in _known)
        {
            if (string.Equals(known.Unit, unit, StringComparison.Ordinal))
            {
                return known.Choice;
            }
        }

        return Learn(unit);
    }

    private CriterionChoice Learn(string unit)
    {
        if (Target is null || _convert(unit, Target.Unit!) is not { } factor)
        {
            return CriterionChoice.None(NotGradableReason.UnitUnknown);
        }

        var choice = CriterionChoice.Of(Target, new UnitFactor((double)factor, factor));
        _known = [.. _known, new KnownUnit(unit, choice)];
        return choice;
    }

    private readonly record struct KnownUnit(string Unit, CriterionChoice Choice);
}

namespace LabServer.Core.Grading;

/// <summary>The criteria of a term for one population: one that looks at no unit, or one per published unit.</summary>
internal sealed class CriterionGroup
{
    private readonly Criterion? _anyUnit;
    private readonly Criterion? _si;
    private readonly Criterion? _us;
    private readonly TestUnits _units;

    // Replaced whole when a unit is first seen, never changed: readers need no lock, and units of one term are few.
    private volatile KnownUnit[] _known;

    public CriterionGroup(Population? population, IReadOnlyList<Criterion> criteria, TestUnits units)
    {
        Population = population;
        _units = units;
        _anyUnit = criteria.FirstOrDefault(c => c.Unit is null);
        _si = criteria.FirstOrDefault(c => c.System == UnitSystem.SI);
        _us = criteria.FirstOrDefault(c => c.System == UnitSystem.US);
        _known = [.. criteria.Where(c => c.Unit is not null).Select(c => new KnownUnit(c.Unit!, CriterionChoice.Of(c, UnitFactor.One)))];
    }

    public Population? Population { get; }

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
        // A value in another US unit is judged by the US numbers, any other by the SI numbers: numbers are converted, thresholds never.
        var target = _us is not null && _units.IsUs(unit) ? _us : _si;
        if (target is null || _units.Factor(unit, target.Unit!) is not { } factor)
        {
            return CriterionChoice.None(NotGradableReason.UnitUnknown);
        }

        var choice = CriterionChoice.Of(target, new UnitFactor((double)factor, factor));
        _known = [.. _known, new KnownUnit(unit, choice)];
        return choice;
    }

    private readonly record struct KnownUnit(string Unit, CriterionChoice Choice);
}

using System.Globalization;

namespace LabServer.Core.Grading;

/// <summary>Unit of an age in a rule: whole, completed units.</summary>
public enum AgeUnit
{
    /// <summary><see cref="Age.Days"/>.</summary>
    Days = 1,

    /// <summary><see cref="Age.Months"/>.</summary>
    Months = 2,

    /// <summary><see cref="Age.Years"/>.</summary>
    Years = 3,
}

/// <summary>A bound on the age at collection.</summary>
/// <param name="Is">How the completed age is compared.</param>
/// <param name="Age">Number of units.</param>
/// <param name="Unit">The unit, truncated before comparing: older than 5 years starts at the 6th birthday.</param>
public sealed record AgeBound(Comparison Is, int Age, AgeUnit Unit)
{
    internal bool Holds(DateOnly birth, DateOnly collected)
    {
        var age = Grading.Age.Of(birth, collected).In(Unit);
        return Is switch
        {
            Comparison.Below => age < Age,
            Comparison.AtMost => age <= Age,
            Comparison.AtLeast => age >= Age,
            _ => age > Age,
        };
    }

    /// <summary>In words: <c>age ≥ 57 days</c>.</summary>
    public override string ToString()
    {
        var sign = Is switch { Comparison.Below => "<", Comparison.AtMost => "≤", Comparison.AtLeast => "≥", _ => ">" };
        var unit = Unit switch { AgeUnit.Days => "days", AgeUnit.Months => "months", _ => "years" };
        return string.Create(CultureInfo.InvariantCulture, $"age {sign} {Age} {unit}");
    }
}

/// <summary>Whom a criterion is for.</summary>
/// <param name="Ages">Bounds that must all hold; empty for every age.</param>
/// <param name="Sex">Male or female; null for everyone.</param>
public sealed record Population(IReadOnlyList<AgeBound> Ages, Sex? Sex)
{
    internal Truth Holds(in GradeInput input)
    {
        var truth = Sex is not { } sex ? Truth.True
            : input.Sex == Core.Sex.Unknown ? Truth.Unknown(Missing.Sex)
            : Truth.Of(input.Sex == sex);
        return Ages.Count == 0 ? truth : truth & AgesHold(input);
    }

    private Truth AgesHold(in GradeInput input)
    {
        if (input.BirthDate is not { } birth)
        {
            return Truth.Unknown(Missing.BirthDate | (input.CollectedOn is null ? Missing.CollectionDate : Missing.None));
        }

        if (input.CollectedOn is not { } collected)
        {
            return Truth.Unknown(Missing.CollectionDate);
        }

        if (collected < birth)
        {
            return Truth.Unknown(Missing.Age);
        }

        foreach (var bound in Ages)
        {
            if (!bound.Holds(birth, collected))
            {
                return Truth.False;
            }
        }

        return Truth.True;
    }

    /// <summary>In words: <c>age ≥ 57 days, age &lt; 13 years, female</c>; also what tells one population from another.</summary>
    public override string ToString() => string.Join(", ", Ages.Select(a => a.ToString()).Concat(Sex switch
    {
        Core.Sex.Male => ["male"],
        Core.Sex.Female => ["female"],
        _ => [],
    }));
}

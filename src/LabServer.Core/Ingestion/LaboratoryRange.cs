using System.Globalization;
using LabServer.Core.Grading;

namespace LabServer.Core.Ingestion;

/// <summary>
/// A range of a laboratory: limits of normal of one test for subjects of a sex and age, a method, and a time of
/// collection. Equality is that of the contents and the key.
/// </summary>
public sealed record LaboratoryRange
{
    /// <summary>Key in the database; 0 before it is stored.</summary>
    public long RangeKey { get; init; }

    /// <summary>Key of the test.</summary>
    public required string Test { get; init; }

    /// <summary>Male or female; null: everyone.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Age from which it holds, itself included; null: from birth.</summary>
    public AgeBound? AgeFrom { get; init; }

    /// <summary>Age up to which it holds, itself not included; null: no end.</summary>
    public AgeBound? AgeTo { get; init; }

    /// <summary>LBMETHOD without surrounding blanks, compared ignoring case; empty: any method that no other range names.</summary>
    public string Method { get; init; } = "";

    /// <summary>First day of collection for which it holds; null: no beginning.</summary>
    public DateOnly? EffectiveFrom { get; init; }

    /// <summary>First day of collection for which it does not hold any more; null: no end.</summary>
    public DateOnly? EffectiveTo { get; init; }

    /// <summary>LLN in <see cref="Unit"/>; null: not bounded below.</summary>
    public decimal? Low { get; init; }

    /// <summary>Whether the lower limit itself is normal.</summary>
    public bool LowInclusive { get; init; } = true;

    /// <summary>ULN in <see cref="Unit"/>; null: not bounded above.</summary>
    public decimal? High { get; init; }

    /// <summary>Whether the upper limit itself is normal. <c>&lt;5</c> as a range means that 5 is not.</summary>
    public bool HighInclusive { get; init; } = true;

    /// <summary>UCUM code of a unit of the test; <c>1</c> for a test without.</summary>
    public required string Unit { get; init; }

    /// <summary>
    /// The limits in the unit of a result: multiplied and divided as decimals by the factors of the catalogue, rounded
    /// once. Null when the unit is none of the test's, so that nothing can be said.
    /// </summary>
    public ReferenceRange? In(TestDefinition test, string? unit)
    {
        var (from, to) = (test.FindUnit(Unit), unit is null ? null : test.FindUnit(unit));
        return from is null || to is null ? null : new ReferenceRange(Convert(Low), Convert(High))
        {
            LowExclusive = !LowInclusive,
            HighExclusive = !HighInclusive,
        };

        double? Convert(decimal? limit) => limit is { } number ? from.Convert(number, to) : null;
    }

    /// <summary>Whether a result of this method may be judged by it.</summary>
    public bool IsForMethod(string method) => Method.Equals(method.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>In words, without the limits: <c>ALT, female, age ≥ 18 years, method IFCC, from 2021-01-01</c>.</summary>
    public override string ToString() => string.Join(", ", Parts().Where(part => part is not null));

    private IEnumerable<string?> Parts() =>
    [
        Test,
        Sex switch { Core.Sex.Male => "male", Core.Sex.Female => "female", _ => null },
        AgeFrom?.ToString(),
        AgeTo?.ToString(),
        Method.Length > 0 ? $"method {Method}" : null,
        EffectiveFrom is { } from ? $"from {Iso(from)}" : null,
        EffectiveTo is { } to ? $"before {Iso(to)}" : null,
    ];

    internal static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

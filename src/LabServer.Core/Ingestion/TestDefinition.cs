using System.Collections.Frozen;

namespace LabServer.Core.Ingestion;

/// <summary>
/// A test of the catalogue: one analyte in one kind of specimen. Two results are of one series only if they are of one
/// definition, so glucose in urine is never the glucose of blood.
/// </summary>
public sealed class TestDefinition
{
    private static readonly UnitDefinition Unitless = new("1", 1m, UnitSystems.Both);

    // Spellings registered on this server; most definitions have none.
    private FrozenDictionary<string, UnitDefinition> _unitSynonyms = FrozenDictionary<string, UnitDefinition>.Empty;

    internal TestDefinition()
    {
    }

    /// <summary>
    /// Name of the definition in rule sets, series and summaries, unique in the catalogue: the <see cref="Code"/>, or
    /// <c>CODE:SPECIMEN</c> where the specimen is neither blood nor <c>NONE</c> (<c>PH:URINE</c>).
    /// </summary>
    public required string Key { get; init; }

    /// <summary>LBTESTCD / PARAMCD, at most 8 characters, upper case. Several definitions may share one code.</summary>
    public required string Code { get; init; }

    /// <summary>LBTEST / PARAM, for people.</summary>
    public required string Name { get; init; }

    /// <summary>LBCAT, for grouping in lists.</summary>
    public required string Category { get; init; }

    /// <summary>Class of specimen: <c>BLOOD</c> (serum and plasma too), <c>URINE</c>, or <c>NONE</c> for measurements of the person.</summary>
    public required string Specimen { get; init; }

    /// <summary>
    /// Whether the specimen must be said, by specimen, category or LOINC code, because the code alone is as often used
    /// for another material: a urine pH of 5.0 taken for a blood pH would be a grade 3 acidosis.
    /// </summary>
    public required bool NeedsSpecimen { get; init; }

    /// <summary>LOINC codes that mean this test. Empty where none is known for sure.</summary>
    public required IReadOnlyList<string> Loinc { get; init; }

    /// <summary>Other codes in use, CDISC's own among them where ours is an older one. Matched ignoring case.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>LBSTRESU / AVALU as a UCUM code. Null: the test has no unit.</summary>
    public required string? StandardUnit { get; init; }

    /// <summary>Units in which it may be reported, the standard unit first. Empty for a test without a unit.</summary>
    public required IReadOnlyList<UnitDefinition> Units { get; init; }

    /// <summary>Decimal places with which a value in the standard unit is shown.</summary>
    public required int DecimalPlaces { get; init; }

    /// <summary>Whether values are numbers or codes.</summary>
    public required ValueKind Kind { get; init; }

    /// <summary>Beyond which limits a value is critical; null: the catalogue names none.</summary>
    public CriticalLimits? Critical { get; init; }

    /// <summary>Conditions of a specimen that spoil the test; none for most.</summary>
    public SpecimenConditions SpoiledBy { get; init; }

    /// <summary>Between what values a result can be believed. Null: no such limits are known.</summary>
    public PlausibleLimits? Plausible { get; init; }

    /// <summary>What change from one result to the next is flagged. Null: none.</summary>
    public DeltaCheck? Delta { get; init; }

    /// <summary>What its words say of a yes/no question. Null: it is none.</summary>
    public YesNoCodes? YesNo { get; init; }

    /// <summary>Its ordered categories, from the lowest. Empty: it has none.</summary>
    public IReadOnlyList<OrderedCategory> Categories { get; init; } = [];

    /// <summary>
    /// The unit a reported text means for this test. Null: not known, so that the result is held; a unit is never
    /// guessed. For a test with units a missing one (<c>NO UNITS</c> counts as missing) is not known either; for a test
    /// without, anything that means "no unit" gives the unit <c>1</c>.
    /// </summary>
    public UnitDefinition? FindUnit(string? reported)
    {
        if (UnitNames.IsAbsent(reported))
        {
            return StandardUnit is null ? Unitless : null;
        }

        if (UnitNames.Canonical(reported) is not { } code)
        {
            return Synonym(reported);
        }

        if (StandardUnit is null)
        {
            return code == Unitless.Code ? Unitless : null;
        }

        // A handful of units at most: a loop beats any dictionary.
        for (var i = 0; i < Units.Count; i++)
        {
            if (Units[i].Code == code)
            {
                return Units[i];
            }
        }

        return Synonym(reported);
    }

    /// <summary>This definition with one more alias.</summary>
    internal TestDefinition WithAlias(string alias)
    {
        var wider = Copy([.. Aliases, alias]);
        wider._unitSynonyms = _unitSynonyms;
        return wider;
    }

    /// <summary>This definition with one more spelling of one of its units.</summary>
    internal TestDefinition WithUnitSynonym(string reported, UnitDefinition unit)
    {
        var wider = Copy(Aliases);
        wider._unitSynonyms = _unitSynonyms.Append(KeyValuePair.Create(reported, unit)).ToFrozenDictionary(StringComparer.Ordinal);
        return wider;
    }

    private UnitDefinition? Synonym(string? reported) =>
        _unitSynonyms.Count > 0 && reported is not null ? _unitSynonyms.GetValueOrDefault(reported.Trim()) : null;

    private TestDefinition Copy(IReadOnlyList<string> aliases) => new()
    {
        Key = Key,
        Code = Code,
        Name = Name,
        Category = Category,
        Specimen = Specimen,
        NeedsSpecimen = NeedsSpecimen,
        Loinc = Loinc,
        Aliases = aliases,
        StandardUnit = StandardUnit,
        Units = Units,
        DecimalPlaces = DecimalPlaces,
        Kind = Kind,
        Critical = Critical,
        SpoiledBy = SpoiledBy,
        Plausible = Plausible,
        Delta = Delta,
        YesNo = YesNo,
        Categories = Categories,
    };

    /// <inheritdoc/>
    public override string ToString() => Key;
}

namespace LabServer.Core.Grading;

/// <summary>ATOXDSCL / ATOXDSCH: one adverse-event term of a rule set with its criteria. Immutable and safe to share between threads.</summary>
public sealed class Term
{
    private readonly CriterionGroup[] _groups;
    private readonly TestUnits _units;

    internal Term(string name, ToxicityDirection direction, IReadOnlyList<string> tests, IReadOnlyList<Criterion> criteria, TestUnits units)
    {
        Name = name;
        Direction = direction;
        Tests = tests;
        Criteria = criteria;
        _units = units;
        _groups = [.. criteria
            .GroupBy(c => c.Population?.ToString())
            .Select(g => new CriterionGroup(g.First().Population, [.. g], units))];
        DependsOnPopulation = criteria.Any(c => c.Population is not null);
    }

    /// <summary>The term as the rule set spells it.</summary>
    public string Name { get; }

    /// <summary>Whether low or high values are graded.</summary>
    public ToxicityDirection Direction { get; }

    /// <summary>CTCAE system organ class (AEBODSYS).</summary>
    public required string SystemOrganClass { get; init; }

    /// <summary>What the term is about.</summary>
    public required string Definition { get; init; }

    /// <summary>Keys of the tests the term looks at (<see cref="Ingestion.TestDefinition.Key"/>; for most the LBTESTCD).</summary>
    public IReadOnlyList<string> Tests { get; }

    /// <summary>True: fasting specimens only. False: all others, also where it is not known. Null: fasting does not matter.</summary>
    public bool? Fasting { get; init; }

    /// <summary>The criteria, by unit and population.</summary>
    public IReadOnlyList<Criterion> Criteria { get; }

    /// <summary>Whether age or sex decide which criterion applies.</summary>
    public bool DependsOnPopulation { get; }

    /// <summary>Whether the term looks at a specimen.</summary>
    /// <param name="fasting">Whether the subject was fasting; null when not known.</param>
    public bool AppliesTo(bool? fasting) => Fasting is not { } wanted || wanted == (fasting ?? false);

    /// <summary>
    /// What a number in <paramref name="unit"/> (canonical) is multiplied by before it meets the published numbers of
    /// <paramref name="criterion"/>; 1 where the units are equal or not looked at, null where it cannot be converted.
    /// </summary>
    public decimal? FactorTo(Criterion criterion, string? unit) =>
        criterion.Unit is null || criterion.Unit == unit ? 1m
        : string.IsNullOrEmpty(unit) ? null
        : _units.Factor(unit, criterion.Unit);

    /// <summary>The same term for another rule set.</summary>
    internal Term Copy() => new(Name, Direction, Tests, [.. Criteria.Select(c => c.Copy())], _units)
    {
        SystemOrganClass = SystemOrganClass,
        Definition = Definition,
        Fasting = Fasting,
    };

    /// <summary>The criterion for a result: by population first, then by unit.</summary>
    internal CriterionChoice Choose(in GradeInput input)
    {
        var missing = Missing.None;
        foreach (var group in _groups)
        {
            var truth = group.Population is null ? Truth.True : group.Population.Holds(input);
            if (truth.IsTrue)
            {
                return group.Choose(input.Unit);
            }

            missing |= truth.Missing;
        }

        return CriterionChoice.None(missing == Missing.None ? NotGradableReason.PopulationNotGraded : NotGradableReasons.ReasonOf(missing));
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

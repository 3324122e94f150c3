using LabServer.Core.Derivation;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>A stored grade with everything it was computed from.</summary>
/// <param name="RuleSet">The rule set.</param>
/// <param name="Term">The term.</param>
/// <param name="Grade">0 to 4; null: not gradable.</param>
/// <param name="Reason">Why not; null: graded.</param>
/// <param name="Criterion">The criterion that decided; null when none could be chosen.</param>
/// <param name="Value">The result as put into the rule.</param>
/// <param name="Baseline">The baseline as put into the rule; null: the series has none.</param>
public sealed record GradeExplanation(
    RuleSet RuleSet, Term Term, int? Grade, NotGradableReason? Reason, Criterion? Criterion, GradedValue Value, GradedValue? Baseline)
{
    /// <summary>What a reader must know besides the grade.</summary>
    public GradeMarks Marks { get; init; }

    /// <summary>Facts that were stated when it was graded.</summary>
    public GradeFacts Facts { get; init; }

    /// <summary>SEX, where the criteria of the term depend on age or sex; else null.</summary>
    public Sex? Sex { get; init; }

    /// <summary>BRTHDTC as registered, where the criteria of the term depend on age or sex; else empty.</summary>
    public string BirthDate { get; init; } = "";

    /// <summary>Age at collection, where the criteria of the term depend on age or sex and both dates are known to the day; else null.</summary>
    public Age? Age { get; init; }

    /// <summary>What the numbers are multiplied by to be in the unit of the criterion; null where its unit is not looked at.</summary>
    public decimal? FactorToCriterion => Criterion?.Unit is null ? null : Term.FactorTo(Criterion, Value.Unit);

    /// <summary>PCHG: 100 · (value − baseline) / |baseline|; null without either, for a baseline of 0 and for a bound.</summary>
    public double? PercentChange => Value.Qualifier == ValueQualifier.None
        ? new GradeInput { Value = Value.Value, Baseline = Baseline?.Value }.PercentChange
        : null;

    /// <summary>How the value was computed from others; null: a laboratory measured it.</summary>
    public DerivedFrom? DerivedFrom { get; init; }

    /// <summary>
    /// The rule that held with its published text; for grade 0 and for not gradable results all rules of the criterion,
    /// none of which held or could be decided.
    /// </summary>
    public string Rule => Grade is > 0 and { } grade && Criterion?.RuleOf(grade) is { } rule
        ? $"grade {grade}: {rule} [{rule.Text}]"
        : Criterion?.Describe() ?? "";
}

/// <summary>A result as put into a rule. Numbers are in <see cref="Unit"/>.</summary>
public sealed record GradedValue
{
    /// <summary>Laboratory.</summary>
    public string Laboratory { get; init; } = "";

    /// <summary>The sender's id.</summary>
    public string SourceResultId { get; init; } = "";

    /// <summary>LBORRES as sent.</summary>
    public string ReportedValue { get; init; } = "";

    /// <summary>LBORRESU as sent.</summary>
    public string ReportedUnit { get; init; } = "";

    /// <summary>Key of the test.</summary>
    public string Test { get; init; } = "";

    /// <summary>LBDTC as sent.</summary>
    public string CollectedAt { get; init; } = "";

    /// <summary>The number; null: the result is a text.</summary>
    public double? Value { get; init; }

    /// <summary>What stands before the number: with one, it is a bound.</summary>
    public ValueQualifier Qualifier { get; init; }

    /// <summary>LBFAST as sent.</summary>
    public Fasting Fasting { get; init; }

    /// <summary>LBSPCCND as sent.</summary>
    public string SpecimenCondition { get; init; } = "";

    /// <summary>LLN; null: none.</summary>
    public double? LowerLimit { get; init; }

    /// <summary>ULN; null: none.</summary>
    public double? UpperLimit { get; init; }

    /// <summary>UCUM; empty: none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>ANRIND or BNRIND by its own range; null: cannot be told.</summary>
    public RangeIndicator? Indicator { get; init; }

    /// <summary>Where the limits come from.</summary>
    public RangeSource RangeSource { get; init; }

    /// <summary>The laboratory's range that gave the limits, in its own unit; null unless <see cref="RangeSource.Laboratory"/>.</summary>
    public LaboratoryRange? Range { get; init; }

    /// <summary>The version of the laboratory's ranges with which it was put in force; 0: none.</summary>
    public int RangeVersion { get; init; }

    /// <summary>Whose range it is: of a derived result, the laboratory of the result it is computed for; empty: none.</summary>
    public string RangeLaboratory { get; init; } = "";
}

namespace LabServer.Core.Grading;

/// <summary>
/// One row of a conformance file, every field as text. Empty, null, <c>NA</c> and <c>.</c> (the missing values of R and
/// SAS) all mean missing. Numbers are written with a decimal point, dates as <c>2020-03-14</c>, with or without a time.
/// </summary>
/// <param name="Id">Any text; comes back as it is.</param>
/// <param name="Term">A term of the rule set, case ignored.</param>
/// <param name="Value">AVAL; or a bound such as <c>&lt;0.5</c>, which is graded where every value it allows has the same grade.</param>
/// <param name="Unit">Unit of value, limits and baseline: UCUM or a synonym.</param>
/// <param name="LowerLimit">LLN.</param>
/// <param name="UpperLimit">ULN.</param>
/// <param name="Baseline">BASE.</param>
/// <param name="BaselineLowerLimit">LLN of the baseline record.</param>
/// <param name="BaselineUpperLimit">ULN of the baseline record.</param>
/// <param name="Sex">M, F, U or UNDIFFERENTIATED.</param>
/// <param name="BirthDate">BRTHDTC.</param>
/// <param name="CollectedOn">LBDTC.</param>
public readonly record struct EvaluationRow(
    string? Id,
    string? Term,
    string? Value,
    string? Unit,
    string? LowerLimit,
    string? UpperLimit,
    string? Baseline,
    string? BaselineLowerLimit,
    string? BaselineUpperLimit,
    string? Sex,
    string? BirthDate,
    string? CollectedOn)
{
    /// <summary>Whether the subject takes an anticoagulant: Y, N, or not known.</summary>
    public string? OnAnticoagulation { get; init; }

    /// <summary>Whether the subject is infected with HIV: Y, N, or not known.</summary>
    public string? HivInfected { get; init; }
}

/// <summary>The answer to one row. Either <see cref="Grade"/> or <see cref="Reason"/> is empty, never both.</summary>
/// <param name="Id">As given.</param>
/// <param name="Term">As the rule set spells it; as given where it has no such term.</param>
/// <param name="Direction"><c>low</c> or <c>high</c>; empty where the term is not known.</param>
/// <param name="Grade"><c>0</c> to <c>4</c>; empty when not gradable.</param>
/// <param name="Reason">
/// The word of the <see cref="NotGradableReason"/>, <c>AT_LEAST_2</c> for a bound that allows several grades, or
/// <c>…_MALFORMED</c> of a field that cannot be read; empty when graded.
/// </param>
public readonly record struct EvaluationResult(string Id, string Term, string Direction, string Grade, string Reason);

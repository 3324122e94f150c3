namespace LabServer.Core.Derivation;

/// <summary>What a formula gives.</summary>
/// <param name="ReportedValue">Number to 15 significant digits, bound or code, as a laboratory would report it.</param>
/// <param name="ReportedUnit">Unit it was computed in; empty for a test without one.</param>
/// <param name="Computation">The formula with the numbers put in, enough to compute it again by hand.</param>
/// <param name="Inputs">What went in, the primary input first, each with its part.</param>
public sealed record DerivedValue(string ReportedValue, string ReportedUnit, string Computation, IReadOnlyList<FormulaInput> Inputs)
{
    /// <summary>LLN in <see cref="ReportedUnit"/>; empty: none.</summary>
    public string ReferenceLow { get; init; } = "";

    /// <summary>ULN in <see cref="ReportedUnit"/>; empty: none.</summary>
    public string ReferenceHigh { get; init; } = "";
}

/// <summary>An input and its part in the formula.</summary>
/// <param name="Role">Its part, for instance <c>albumin</c>.</param>
/// <param name="Result">The result.</param>
public sealed record FormulaInput(string Role, InputResult Result);

namespace LabServer.Core.Derivation;

/// <summary>How a derived result on file was computed.</summary>
/// <param name="FormulaId">Id of the formula.</param>
/// <param name="Computation">The formula with the numbers put in.</param>
/// <param name="Inputs">What went in, the primary input first.</param>
public sealed record DerivedFrom(string FormulaId, string Computation, IReadOnlyList<InputOnFile> Inputs)
{
    /// <summary>The formula; null: this program does not have it any more.</summary>
    public Formula? Formula => Formulas.Find(FormulaId);
}

/// <summary>An input of a derived result, by the version that was used.</summary>
public sealed record InputOnFile
{
    /// <summary>Its part in the formula.</summary>
    public string Role { get; init; } = "";

    /// <summary>Laboratory.</summary>
    public string Laboratory { get; init; } = "";

    /// <summary>The sender's id.</summary>
    public string SourceResultId { get; init; } = "";

    /// <summary>Version.</summary>
    public long Version { get; init; }

    /// <summary>Key of the test.</summary>
    public string Test { get; init; } = "";

    /// <summary>LBORRES as sent.</summary>
    public string ReportedValue { get; init; } = "";

    /// <summary>LBORRESU as sent.</summary>
    public string ReportedUnit { get; init; } = "";

    /// <summary>LBDTC as sent.</summary>
    public string CollectedAt { get; init; } = "";
}

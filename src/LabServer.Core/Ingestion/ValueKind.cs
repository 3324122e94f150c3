namespace LabServer.Core.Ingestion;

/// <summary>What the values of a test are.</summary>
public enum ValueKind
{
    /// <summary>Numbers. A text such as <c>QNS</c> is kept as sent, and cannot be graded.</summary>
    Numeric = 1,

    /// <summary>Words or marks, such as <c>NEGATIVE</c> or <c>2+</c>; a number is a mark too.</summary>
    Coded = 2,
}

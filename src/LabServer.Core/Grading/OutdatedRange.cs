using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>Why ranges of a laboratory should be looked after. The numbers are those of the wire.</summary>
public enum OutdatedReason
{
    /// <summary>Results without limits were collected after the last range for such subjects had ended.</summary>
    Expired = 1,

    /// <summary>A newer version is not in force, and would give other limits.</summary>
    NotApplied = 2,

    /// <summary>Limits sent with results are not those of the laboratory's range.</summary>
    Differs = 3,

    /// <summary>Results come without limits, and the laboratory has no range of the test in any version that counts.</summary>
    None = 4,

    /// <summary>Results come without limits, and none of the laboratory's ranges of the test is certain to be for them.</summary>
    NotCovered = 5,
}

/// <summary>Results of one laboratory and test for which ranges should be looked after.</summary>
/// <param name="Laboratory">Laboratory.</param>
/// <param name="Test">Key of the test.</param>
/// <param name="Reason">Why.</param>
/// <param name="Range">The range that has ended, would be used, or differs; null: there is none.</param>
/// <param name="Version">A version that holds the range: the newest for <see cref="OutdatedReason.NotApplied"/>, else the one in force; 0: no range.</param>
/// <param name="Results">How many results.</param>
/// <param name="LastCollectedAt">When the last of them was collected, as sent.</param>
public sealed record OutdatedRange(
    string Laboratory, string Test, OutdatedReason Reason, LaboratoryRange? Range, int Version, long Results, string LastCollectedAt);

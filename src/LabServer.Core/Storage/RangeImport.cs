using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>What is to become a version of a laboratory's ranges.</summary>
/// <param name="Laboratory">Laboratory.</param>
/// <param name="CheckedAgainst">The newest version when the ranges were checked.</param>
/// <param name="Ranges">The full set, checked.</param>
/// <param name="Apply">Whether to put it in force at once.</param>
/// <param name="By">Who asks.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record RangeImportRequest(
    string Laboratory, int CheckedAgainst, IReadOnlyList<LaboratoryRange> Ranges, bool Apply, string By, string Reason);

/// <summary>What became of it.</summary>
/// <param name="Version">The version that holds the ranges.</param>
/// <param name="IsNew">Whether it was made now; false: the newest version held the same.</param>
/// <param name="InForce">Whether that version is in force.</param>
/// <param name="MarkedSeries">Series marked for grading.</param>
public sealed record RangeImport(int Version, bool IsNew, bool InForce, int MarkedSeries);

/// <summary>That a version is in force.</summary>
/// <param name="Version">The version.</param>
/// <param name="Before">The version in force before; 0: none. The same: nothing was changed.</param>
/// <param name="MarkedSeries">Series marked for grading.</param>
public sealed record RangeApplication(int Version, int Before, int MarkedSeries);

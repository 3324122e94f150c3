namespace LabServer.Core.Reports;

/// <summary>A file of an edition.</summary>
/// <param name="Name">Name without a folder.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Sha256">Of its bytes, lower-case hexadecimal.</param>
public sealed record SafetyReportFile(string Name, long Bytes, string Sha256);

/// <summary>An edition of a report with its files.</summary>
/// <param name="Edition">Which.</param>
/// <param name="Sha256">Of the list of its files as <c>sha256sum</c> writes it: hash, two spaces, name, line feed.</param>
/// <param name="Files">The page first, then the tables in the order of the page.</param>
public sealed record SafetyReportEdition(ReportEdition Edition, string Sha256, IReadOnlyList<SafetyReportFile> Files);

using LabServer.Api.V1;

namespace LabServer.Cli.AdverseEvents;

/// <summary>A report as read from a file.</summary>
/// <param name="Line">Line of the file.</param>
/// <param name="Report">The report; null when the row cannot be read as one.</param>
/// <param name="Faults">What was found wrong before it was sent.</param>
internal sealed record ReportRow(long Line, EventReport? Report, IReadOnlyList<ReportFault> Faults);

/// <summary>A fault of one report, with its place in the file.</summary>
/// <param name="Row">Line of the file.</param>
/// <param name="Column">Column of the file. Empty: the row as a whole.</param>
/// <param name="Code">Reason, upper snake case.</param>
/// <param name="Message">One sentence.</param>
internal sealed record ReportFault(long Row, string Column, string Code, string Message);

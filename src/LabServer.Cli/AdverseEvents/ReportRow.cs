using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.AdverseEvents;

/// <summary>A report as read from a file.</summary>
/// <param name="Line">Line of the file.</param>
/// <param name="Report">The report; null when the row cannot be read as one.</param>
/// <param name="Faults">What was found wrong before it was sent.</param>
internal sealed record ReportRow(long Line, EventReport? Report, IReadOnlyList<RowFault> Faults);

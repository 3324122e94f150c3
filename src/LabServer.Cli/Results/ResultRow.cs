using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Results;

/// <summary>A result as read from a file.</summary>
/// <param name="Row">The row it was read from.</param>
/// <param name="Result">The result; null when the row cannot be read as one.</param>
/// <param name="Faults">What was found wrong before it was sent. Empty: it is sent.</param>
internal sealed record ResultRow(CsvRow Row, LabResult? Result, IReadOnlyList<Fault> Faults);

using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Ranges;

/// <summary>A range as read from a file.</summary>
/// <param name="Line">Line of the file.</param>
/// <param name="Range">The range; as far as it could be read when there are faults.</param>
/// <param name="Faults">What was found wrong before it was sent.</param>
internal sealed record RangeRow(long Line, ReferenceRange Range, IReadOnlyList<RowFault> Faults);

using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Doses;

/// <summary>A row of a file of doses.</summary>
/// <param name="Line">Line of the file.</param>
/// <param name="Dose">The dose record. Null: the row is malformed.</param>
/// <param name="Fault">Why there is none. Null: there is one.</param>
internal sealed record DoseRow(long Line, Dose? Dose, RowFault? Fault);

using LabServer.Api.V1;

namespace LabServer.Cli.Results;

/// <summary>A field of a result, and where it stands in a file.</summary>
/// <param name="Name">Name on the wire and of the plain column.</param>
/// <param name="SdtmColumn">Column of SDTM LB. Null: LB has none.</param>
/// <param name="Required">Whether a file without the column cannot be used.</param>
/// <param name="Read">Puts the text, never an empty one, into a result, or says what is wrong with it.</param>
internal sealed record ResultField(string Name, string? SdtmColumn, bool Required, Func<LabResult, string, Fault?> Read);

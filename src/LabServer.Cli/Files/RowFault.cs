namespace LabServer.Cli.Files;

/// <summary>A fault of one row of a file that was imported.</summary>
/// <param name="Row">Line of the file.</param>
/// <param name="Column">Column of the file. Empty: the row as a whole.</param>
/// <param name="Code">Reason, upper snake case.</param>
/// <param name="Message">One sentence.</param>
internal sealed record RowFault(long Row, string Column, string Code, string Message);

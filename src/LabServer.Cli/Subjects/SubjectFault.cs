using LabServer.Cli.Output;

namespace LabServer.Cli.Subjects;

/// <summary>A fault of one subject, with its place in the file.</summary>
/// <param name="Row">Line of the file.</param>
/// <param name="Column">Column of the file. Empty: the row as a whole.</param>
/// <param name="Code">Reason, upper snake case.</param>
/// <param name="Message">One sentence.</param>
internal sealed record SubjectFault(long Row, string Column, string Code, string Message)
{
    /// <summary>How a fault is written.</summary>
    public static readonly IReadOnlyList<Column<SubjectFault>> Columns =
    [
        new("row", fault => fault.Row),
        new("column", fault => fault.Column),
        new("code", fault => fault.Code),
        new("message", fault => fault.Message),
    ];
}

using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Subjects;

/// <summary>A subject as read from a file.</summary>
/// <param name="Line">Line of the file.</param>
/// <param name="Subject">The subject; null when the row cannot be read as one.</param>
/// <param name="Faults">What was found wrong before it was sent.</param>
internal sealed record SubjectRow(long Line, Subject? Subject, IReadOnlyList<RowFault> Faults);

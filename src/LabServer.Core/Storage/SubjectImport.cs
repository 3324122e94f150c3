namespace LabServer.Core.Storage;

/// <summary>What an import of subjects did.</summary>
/// <param name="Changes">One entry a subject, in the order given.</param>
/// <param name="Released">Held results handed to grading.</param>
public sealed record SubjectImport(IReadOnlyList<SubjectChange> Changes, int Released);

/// <summary>What an import did to one subject.</summary>
public enum SubjectChange
{
    /// <summary>Registered now.</summary>
    Created = 1,

    /// <summary>Known, and changed.</summary>
    Updated = 2,

    /// <summary>Known, and the same.</summary>
    Unchanged = 3,
}

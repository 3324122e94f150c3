namespace LabServer.Core.Storage;

/// <summary>What an import did to one dose record.</summary>
public enum DoseChange
{
    /// <summary>On file now.</summary>
    Created = 1,

    /// <summary>Was on file, and changed.</summary>
    Updated = 2,

    /// <summary>Was on file, and the same.</summary>
    Unchanged = 3,

    /// <summary>The study has no such subject; nothing was stored.</summary>
    SubjectUnknown = 4,
}

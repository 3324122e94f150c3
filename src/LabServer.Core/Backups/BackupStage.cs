namespace LabServer.Core.Backups;

/// <summary>What the making or checking of a backup is at.</summary>
public enum BackupStage
{
    /// <summary>Copying the database.</summary>
    Copying = 1,

    /// <summary>Checking every page and index of the copy.</summary>
    Checking = 2,

    /// <summary>Hashing the file.</summary>
    Hashing = 3,
}

namespace LabServer.Core.Backups;

/// <summary>A backup cannot be taken, or is not what its manifest says. The message is for the operator.</summary>
public sealed class BackupException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public BackupException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and what found it.</summary>
    public BackupException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

namespace LabServer.Core.Storage;

/// <summary>What keeps a database from being read or written, where that is not the fault of what was asked of it.</summary>
public enum StorageFault
{
    /// <summary>Nothing of the kind: the statement or its data is at fault, or the program.</summary>
    None,

    /// <summary>The disk has no room.</summary>
    Full,

    /// <summary>Another program holds the lock, for longer than a statement waits.</summary>
    Busy,

    /// <summary>The file, its folder or the disk can only be read.</summary>
    ReadOnly,

    /// <summary>The disk fails to read, write or flush, or the file cannot be opened.</summary>
    Unreachable,

    /// <summary>What is in the file is not a sound database: only a backup helps.</summary>
    Damaged,
}

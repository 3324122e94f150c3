namespace LabServer.Core.Storage;

/// <summary>State of a run of a job. The numbers are stored, and are those of the wire.</summary>
public enum JobRunState
{
    /// <summary>Never stored.</summary>
    Unspecified = 0,

    /// <summary>Asked for, not started.</summary>
    Queued = 1,

    /// <summary>Under way.</summary>
    Running = 2,

    /// <summary>Ended well.</summary>
    Succeeded = 3,

    /// <summary>Ended with a failure; what it had committed stays.</summary>
    Failed = 4,

    /// <summary>The server stopped, or was killed, while it ran.</summary>
    Interrupted = 5,
}

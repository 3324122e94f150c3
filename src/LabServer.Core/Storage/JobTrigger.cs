namespace LabServer.Core.Storage;

/// <summary>Why a run was started. The numbers are stored, and are those of the wire.</summary>
public enum JobTrigger
{
    /// <summary>Never stored.</summary>
    Unspecified = 0,

    /// <summary>By the schedule.</summary>
    Scheduled = 1,

    /// <summary>By a caller.</summary>
    Requested = 2,

    /// <summary>Again, after the server was stopped or killed in the middle of it.</summary>
    Recovered = 3,
}

using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>One run of a job, as the history keeps it.</summary>
public sealed record JobRun
{
    /// <summary>Order in the history: a later run has a larger key. 0 before it is stored.</summary>
    public long RunKey { get; init; }

    /// <summary>Id that callers know the run by.</summary>
    public required string RunId { get; init; }

    /// <summary>Name of the job: <c>grading-full</c>.</summary>
    public required string Job { get; init; }

    /// <summary>STUDYID; empty for all studies.</summary>
    public required string StudyId { get; init; }

    /// <summary>Why it was started.</summary>
    public required JobTrigger Trigger { get; init; }

    /// <summary>State.</summary>
    public required JobRunState State { get; init; }

    /// <summary>When it was asked for or fired, in microseconds.</summary>
    public required long QueuedUs { get; init; }

    /// <summary>When it started; null while it is queued.</summary>
    public long? StartedUs { get; init; }

    /// <summary>When it ended; null before that.</summary>
    public long? EndedUs { get; init; }

    /// <summary>What it has done, as far as it has told.</summary>
    public GradingCounts Counts { get; init; }

    /// <summary>What went wrong, without any subject's values; empty for nothing.</summary>
    public string Failure { get; init; } = "";

    /// <summary>Whether nothing of it will change any more.</summary>
    public bool HasEnded => State is JobRunState.Succeeded or JobRunState.Failed or JobRunState.Interrupted;
}

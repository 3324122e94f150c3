namespace LabServer.Core.Audit;

/// <summary>
/// One change, as it is handed to the audit trail. Number, time and hash are given to it there. What tells the treatment of
/// a subject belongs into the sealed fields and nowhere else: whoever may not see arms is shown the rest.
/// </summary>
public sealed record AuditEntry
{
    /// <summary>What was done: one of <see cref="AuditAction"/>.</summary>
    public required string Action { get; init; }

    /// <summary>Who did it.</summary>
    public required string Caller { get; init; }

    /// <summary>STUDYID; empty for what belongs to no study.</summary>
    public string StudyId { get; init; } = "";

    /// <summary>What it was done to: a subject, an event, a dataset, …; empty where the study or the action says it all.</summary>
    public string Target { get; init; } = "";

    /// <summary>What was there before, JSON; empty: nothing.</summary>
    public string Before { get; init; } = "";

    /// <summary>What is there after it, JSON; empty: nothing.</summary>
    public string After { get; init; } = "";

    /// <summary>As <see cref="Before"/>, only what tells an arm.</summary>
    public string SealedBefore { get; init; } = "";

    /// <summary>As <see cref="After"/>, only what tells an arm.</summary>
    public string SealedAfter { get; init; } = "";

    /// <summary>Why, in the words of who did it; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>An entry of <paramref name="author"/>.</summary>
    public static AuditEntry Of(Author author, string action, string studyId = "", string name = "") => new()
    {
        Action = action,
        Caller = author.Caller,
        Reason = author.Reason,
        StudyId = studyId,
        Target = name,
    };
}

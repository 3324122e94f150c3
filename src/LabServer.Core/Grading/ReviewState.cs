namespace LabServer.Core.Grading;

/// <summary>Whether an event is reviewed.</summary>
public enum ReviewState
{
    /// <summary>Nobody has reviewed it.</summary>
    NotReviewed = 1,

    /// <summary>Reviewed as it is.</summary>
    Reviewed = 2,

    /// <summary>Reviewed, and then changed or gone.</summary>
    Reopened = 3,
}

namespace LabServer.Core.Grading;

/// <summary>Where an event comes from.</summary>
public enum EventSource
{
    /// <summary>Found by grading results.</summary>
    Graded = 1,

    /// <summary>Reported by a person.</summary>
    Reported = 2,
}

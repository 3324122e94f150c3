namespace LabServer.Core.Grading;

/// <summary>AEREL: whether the treatment caused the event, in the five steps of CTCAE attribution. The numbers are stored.</summary>
public enum Relatedness
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>Clearly not related.</summary>
    NotRelated = 1,

    /// <summary>Doubtfully related.</summary>
    Unlikely = 2,

    /// <summary>May be related.</summary>
    Possible = 3,

    /// <summary>Likely related.</summary>
    Probable = 4,

    /// <summary>Clearly related.</summary>
    Definite = 5,
}

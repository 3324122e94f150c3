namespace LabServer.Core.Grading;

/// <summary>Where the limits of a result come from. The numbers are stored, and are those of the wire.</summary>
public enum RangeSource
{
    /// <summary>There are none.</summary>
    None = 0,

    /// <summary>They were sent with the result, and win over all others.</summary>
    Result = 1,

    /// <summary>They are the laboratory's own, registered for test, sex, age, method and date.</summary>
    Laboratory = 2,
}

namespace LabServer.Core.Grading;

/// <summary>AEOUT: how an event ended, in the terms of CDISC's codelist OUT. The numbers are stored.</summary>
public enum EventOutcome
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>RECOVERED/RESOLVED.</summary>
    Recovered = 1,

    /// <summary>RECOVERING/RESOLVING.</summary>
    Recovering = 2,

    /// <summary>NOT RECOVERED/NOT RESOLVED.</summary>
    NotRecovered = 3,

    /// <summary>RECOVERED/RESOLVED WITH SEQUELAE.</summary>
    RecoveredWithSequelae = 4,

    /// <summary>FATAL.</summary>
    Fatal = 5,

    /// <summary>UNKNOWN.</summary>
    Unknown = 6,
}

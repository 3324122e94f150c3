namespace LabServer.Core.Ingestion;

/// <summary>What a held result waits for. The numbers are stored.</summary>
[Flags]
public enum HoldReasons
{
    /// <summary>Nothing: it is not held.</summary>
    None = 0,

    /// <summary>The subject is not registered in the study. Decided where results are stored.</summary>
    UnknownSubject = 1,

    /// <summary>The test code, in this specimen, is not in the catalogue.</summary>
    UnknownTest = 2,

    /// <summary>The test is known, its reported unit is not, or is missing. A unit is never guessed.</summary>
    UnknownUnit = 4,
}

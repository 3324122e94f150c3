namespace LabServer.Core.Access;

/// <summary>What a caller is to the server. Stored and sent as these numbers.</summary>
public enum Role
{
    /// <summary>None: not a role that can be given.</summary>
    None = 0,

    /// <summary>Sends results, and sees those of its own laboratories.</summary>
    Laboratory = 1,

    /// <summary>Watches and reviews adverse events, blinded.</summary>
    SafetyOfficer = 2,

    /// <summary>Makes tables and exports; by arm where that was granted.</summary>
    Statistician = 3,

    /// <summary>Registers studies and subjects, and takes care of what comes in.</summary>
    StudyAdmin = 4,

    /// <summary>Reads what was done by whom, and changes nothing.</summary>
    Auditor = 5,

    /// <summary>May do everything and sees everything, arms included.</summary>
    Admin = 6,

    /// <summary>Collects metrics, and sees nothing else.</summary>
    Monitor = 7,
}

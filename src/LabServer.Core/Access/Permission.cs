namespace LabServer.Core.Access;

/// <summary>One kind of thing that a call does. Each RPC needs one; a role has some.</summary>
#pragma warning disable CA1711 // The ending is for code access security, which is gone; here it is the word of the domain.
public enum Permission
#pragma warning restore CA1711
{
    /// <summary>Asks who one is: every known caller may.</summary>
    Call,

    /// <summary>Sends results.</summary>
    PushResults,

    /// <summary>Reads results as sent: of a laboratory its own.</summary>
    ReadResults,

    /// <summary>Reads what is worth a second look, which compares results of all laboratories.</summary>
    ReadFlags,

    /// <summary>Reads the catalogue of tests and units.</summary>
    ReadCatalogue,

    /// <summary>Adds codes and units to the catalogue, for all studies.</summary>
    ChangeCatalogue,

    /// <summary>Reads laboratories' ranges.</summary>
    ReadRanges,

    /// <summary>Imports ranges and puts them in force.</summary>
    ChangeRanges,

    /// <summary>Reads studies and what they hold.</summary>
    ReadStudies,

    /// <summary>Registers a study.</summary>
    CreateStudies,

    /// <summary>Changes settings, visits and rule sets of a study.</summary>
    ChangeStudies,

    /// <summary>Reads subjects and their doses.</summary>
    ReadSubjects,

    /// <summary>Registers and changes subjects and their doses.</summary>
    ChangeSubjects,

    /// <summary>Reads rule sets.</summary>
    ReadRuleSets,

    /// <summary>Publishes rule sets, for all studies.</summary>
    PublishRuleSets,

    /// <summary>Reads grades and what they were made of.</summary>
    ReadGrades,

    /// <summary>Reads and watches adverse events.</summary>
    ReadEvents,

    /// <summary>Reports, amends and withdraws events that no value shows.</summary>
    ReportEvents,

    /// <summary>Reviews adverse events.</summary>
    ReviewEvents,

    /// <summary>Reads alerts.</summary>
    ReadAlerts,

    /// <summary>Acknowledges alerts.</summary>
    AcknowledgeAlerts,

    /// <summary>Reads tables and profiles.</summary>
    ReadSummaries,

    /// <summary>Exports datasets.</summary>
    Export,

    /// <summary>Reads safety reports.</summary>
    ReadReports,

    /// <summary>Reads jobs and their runs.</summary>
    ReadJobs,

    /// <summary>Runs jobs.</summary>
    RunJobs,

    /// <summary>Lists keys.</summary>
    ReadKeys,

    /// <summary>Creates and revokes keys, and with them grants of unblinding.</summary>
    ManageKeys,

    /// <summary>Unblinds one subject, with a reason.</summary>
    Unblind,

    /// <summary>Reads entries of the audit trail: those of its studies.</summary>
    ReadAudit,

    /// <summary>Makes and checks backups.</summary>
    Operate,

    /// <summary>Checks and exports the audit trail, which is one chain over all studies.</summary>
    CheckAudit,

    /// <summary>Reads the metrics of the server, which name no study.</summary>
    ReadMetrics,
}

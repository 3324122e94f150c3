namespace LabServer.Core.Audit;

/// <summary>What entries say was done. The texts are on file and on the wire: they are added to, never renamed.</summary>
public static class AuditAction
{
    /// <summary>The trail begins: what schema the database had by then.</summary>
    public const string TrailStarted = "TRAIL_STARTED";

    /// <summary>A schema file was run.</summary>
    public const string SchemaUpgraded = "SCHEMA_UPGRADED";

    /// <summary>The server started with rule sets of the program that this database had not seen.</summary>
    public const string RuleSetsRegistered = "RULE_SETS_REGISTERED";

    /// <summary>At its start the server found that the trail is not the one of its anchor.</summary>
    public const string AnchorMismatched = "ANCHOR_MISMATCHED";

    /// <summary>A study was created.</summary>
    public const string StudyCreated = "STUDY_CREATED";

    /// <summary>Settings of a study were changed.</summary>
    public const string StudySettingsChanged = "STUDY_SETTINGS_CHANGED";

    /// <summary>Rule sets were added to a study.</summary>
    public const string StudyRuleSetsAdded = "STUDY_RULE_SETS_ADDED";

    /// <summary>Visit windows of a study were set.</summary>
    public const string VisitWindowsSet = "VISIT_WINDOWS_SET";

    /// <summary>A rule set was published.</summary>
    public const string RuleSetPublished = "RULE_SET_PUBLISHED";

    /// <summary>A subject was registered.</summary>
    public const string SubjectRegistered = "SUBJECT_REGISTERED";

    /// <summary>A subject was changed.</summary>
    public const string SubjectChanged = "SUBJECT_CHANGED";

    /// <summary>A dose record was stored.</summary>
    public const string DoseRecorded = "DOSE_RECORDED";

    /// <summary>A dose record was changed.</summary>
    public const string DoseChanged = "DOSE_CHANGED";

    /// <summary>A code of a test was registered.</summary>
    public const string TestAliasRegistered = "TEST_ALIAS_REGISTERED";

    /// <summary>A spelling of a unit was registered.</summary>
    public const string UnitSynonymRegistered = "UNIT_SYNONYM_REGISTERED";

    /// <summary>Ranges of a laboratory were stored as a new version.</summary>
    public const string RangesImported = "RANGES_IMPORTED";

    /// <summary>A version of a laboratory's ranges was put in force.</summary>
    public const string RangesApplied = "RANGES_APPLIED";

    /// <summary>Results of one laboratory and sender were stored in one commit.</summary>
    public const string ResultsReceived = "RESULTS_RECEIVED";

    /// <summary>Held results were handed to grading.</summary>
    public const string ResultsReleased = "RESULTS_RELEASED";

    /// <summary>Grading changed grades or events.</summary>
    public const string GradesChanged = "GRADES_CHANGED";

    /// <summary>An event was reviewed.</summary>
    public const string EventReviewed = "EVENT_REVIEWED";

    /// <summary>A clinical event was reported.</summary>
    public const string EventReported = "EVENT_REPORTED";

    /// <summary>A reported event was corrected.</summary>
    public const string EventReportAmended = "EVENT_REPORT_AMENDED";

    /// <summary>A reported event was withdrawn.</summary>
    public const string EventReportWithdrawn = "EVENT_REPORT_WITHDRAWN";

    /// <summary>An alert was acknowledged.</summary>
    public const string AlertAcknowledged = "ALERT_ACKNOWLEDGED";

    /// <summary>A job was asked for by hand.</summary>
    public const string JobRequested = "JOB_REQUESTED";

    /// <summary>A run of a job ended, or was found interrupted.</summary>
    public const string JobEnded = "JOB_ENDED";

    /// <summary>A safety report was made.</summary>
    public const string ReportMade = "REPORT_MADE";

    /// <summary>A safety report was made again, to compare.</summary>
    public const string ReportRemade = "REPORT_REMADE";

    /// <summary>A file of a safety report was taken.</summary>
    public const string ReportTaken = "REPORT_TAKEN";

    /// <summary>A dataset was taken.</summary>
    public const string DatasetExported = "DATASET_EXPORTED";

    /// <summary>The audit trail was taken.</summary>
    public const string TrailExported = "TRAIL_EXPORTED";

    /// <summary>A key was made.</summary>
    public const string KeyCreated = "KEY_CREATED";

    /// <summary>A key was revoked.</summary>
    public const string KeyRevoked = "KEY_REVOKED";

    /// <summary>Somebody was told the arm of a subject.</summary>
    public const string SubjectUnblinded = "SUBJECT_UNBLINDED";

    /// <summary>Every action there is.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(AuditAction).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal)];
}

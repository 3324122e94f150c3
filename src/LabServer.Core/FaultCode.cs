namespace LabServer.Core;

/// <summary>Machine-readable reason of a <see cref="Fault"/>. <see cref="Fault.WireCode"/> gives the name on the wire.</summary>
public enum FaultCode
{
    /// <summary>A required field is missing or blank.</summary>
    FieldMissing = 1,

    /// <summary>A text is longer than its field allows.</summary>
    FieldTooLong = 2,

    /// <summary>A text has control characters or is not well-formed Unicode.</summary>
    TextMalformed = 3,

    /// <summary>The reported value is put together like a number, but is none, or could be read in two ways.</summary>
    ValueMalformed = 4,

    /// <summary>A limit of the reference range is not a number.</summary>
    RangeMalformed = 5,

    /// <summary>The lower limit of the reference range is over the upper one.</summary>
    RangeInverted = 6,

    /// <summary>A date is not ISO 8601, or there is no such day or time.</summary>
    DateMalformed = 7,

    /// <summary>A date lies in the future.</summary>
    DateInFuture = 8,

    /// <summary>The result was given out before its specimen was collected.</summary>
    ResultedBeforeCollected = 9,

    /// <summary>The version is under 1.</summary>
    VersionInvalid = 10,

    /// <summary>The status is none of the known ones.</summary>
    StatusUnknown = 11,

    /// <summary>The fasting mark is none of the known ones.</summary>
    FastingUnknown = 12,

    /// <summary>The same version of the same result is on file with other content.</summary>
    ContentConflict = 13,

    /// <summary>A name of a study or arm is not one.</summary>
    NameMalformed = 14,

    /// <summary>The time zone is not in the IANA database of this machine.</summary>
    TimeZoneUnknown = 15,

    /// <summary>There is no such rule set.</summary>
    RuleSetUnknown = 16,

    /// <summary>The sex is none of the known ones.</summary>
    SexUnknown = 17,

    /// <summary>A setting of a study is not one of its choices, or out of its bounds.</summary>
    SettingInvalid = 18,

    /// <summary>A fact of a subject is none of the known ones.</summary>
    FactUnknown = 19,

    /// <summary>A visit window of a study has no name, has days that there are not, or lies over another.</summary>
    VisitWindowInvalid = 40,

    /// <summary>The study has no such subject.</summary>
    SubjectUnknown = 60,

    /// <summary>A grade is not 1 to 5.</summary>
    GradeInvalid = 61,

    /// <summary>An event ended before it began.</summary>
    EndBeforeOnset = 62,

    /// <summary>The relatedness is none of the known ones.</summary>
    RelatednessUnknown = 63,

    /// <summary>The outcome is none of the known ones.</summary>
    OutcomeUnknown = 64,

    /// <summary>The seriousness is none of the known ones.</summary>
    SeriousnessUnknown = 65,

    /// <summary>A correction names another subject than what it corrects.</summary>
    SubjectChanged = 66,

    /// <summary>An event of an export was found by grading, and is no report.</summary>
    EventGraded = 67,

    /// <summary>An event of an export is on file, and says something else.</summary>
    EventOnFile = 68,

    /// <summary>The catalogue has no such test.</summary>
    TestUnknown = 80,

    /// <summary>The test is not known in this unit.</summary>
    UnitUnknown = 81,

    /// <summary>An age is under 0 or over any that people reach.</summary>
    AgeInvalid = 82,

    /// <summary>An interval of ages or days holds nothing.</summary>
    IntervalEmpty = 83,

    /// <summary>Two ranges are for the same results.</summary>
    RangeOverlap = 84,

    /// <summary>A name of an attribute is not one, or that of a field of the subject.</summary>
    AttributeNameInvalid = 100,

    /// <summary>No subject of the study has such an attribute.</summary>
    AttributeUnknown = 101,

    /// <summary>The study has no such arm.</summary>
    ArmUnknown = 102,

    /// <summary>An arm is asked for twice.</summary>
    ArmRepeated = 103,

    /// <summary>A comparison is of two arms, and not so many are named.</summary>
    ArmsNotTwo = 104,

    /// <summary>A period of study days has a day that there is not, or ends before it begins.</summary>
    PeriodInvalid = 105,

    /// <summary>The amount of a dose is not a number of at least 0.</summary>
    DoseMalformed = 120,

    /// <summary>A dose ended before it began.</summary>
    EndBeforeStart = 121,

    /// <summary>A name of a key is not one, or is the server's own.</summary>
    KeyNameInvalid = 150,

    /// <summary>There is no such role.</summary>
    RoleUnknown = 151,

    /// <summary>A key is limited to something it cannot be limited to, or must be and is not.</summary>
    KeyScopeInvalid = 152,

    /// <summary>Arms cannot be shown to this role, or of this study to this key.</summary>
    UnblindingInvalid = 153,

    /// <summary>A key would have expired when it is made.</summary>
    KeyExpiryPast = 154,

    /// <summary>A reason is missing, or no text.</summary>
    ReasonInvalid = 155,

    /// <summary>Between two entries of the audit trail others were, or one does not belong there.</summary>
    AuditEntryMissing = 160,

    /// <summary>An entry of the audit trail is not what was written.</summary>
    AuditEntryChanged = 161,

    /// <summary>What an entry of the audit trail says of arms is not what was written.</summary>
    AuditSealBroken = 162,

    /// <summary>An entry of the audit trail is earlier than the one before it.</summary>
    AuditTimeBackwards = 163,

    /// <summary>The audit trail ends before its anchor.</summary>
    AuditTrailTruncated = 164,

    /// <summary>The audit trail is not the one its anchor was taken of.</summary>
    AuditAnchorMismatch = 165,

    /// <summary>Results on file are not those that an entry of the audit trail was written for.</summary>
    AuditedResultsChanged = 166,
}

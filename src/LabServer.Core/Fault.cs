namespace LabServer.Core;

/// <summary>Something wrong with what was sent. Bad data is such a value, never an exception.</summary>
/// <param name="Code">What is wrong, for programs.</param>
/// <param name="Field">Name of the faulty field in the API, for instance <c>reported_value</c>.</param>
/// <param name="Message">One sentence for a person. Holds no values of the result, so that it may be logged.</param>
public sealed record Fault(FaultCode Code, string Field, string Message)
{
    /// <summary>The code as it is sent, upper snake case and stable, for instance <c>VALUE_MALFORMED</c>.</summary>
    public string WireCode => Code switch
    {
        FaultCode.FieldMissing => "FIELD_MISSING",
        FaultCode.FieldTooLong => "FIELD_TOO_LONG",
        FaultCode.TextMalformed => "TEXT_MALFORMED",
        FaultCode.ValueMalformed => "VALUE_MALFORMED",
        FaultCode.RangeMalformed => "RANGE_MALFORMED",
        FaultCode.RangeInverted => "RANGE_INVERTED",
        FaultCode.DateMalformed => "DATE_MALFORMED",
        FaultCode.DateInFuture => "DATE_IN_FUTURE",
        FaultCode.ResultedBeforeCollected => "RESULTED_BEFORE_COLLECTED",
        FaultCode.VersionInvalid => "VERSION_INVALID",
        FaultCode.StatusUnknown => "STATUS_UNKNOWN",
        FaultCode.FastingUnknown => "FASTING_UNKNOWN",
        FaultCode.ContentConflict => "CONTENT_CONFLICT",
        FaultCode.NameMalformed => "NAME_MALFORMED",
        FaultCode.TimeZoneUnknown => "TIME_ZONE_UNKNOWN",
        FaultCode.RuleSetUnknown => "RULE_SET_UNKNOWN",
        FaultCode.SexUnknown => "SEX_UNKNOWN",
        FaultCode.SettingInvalid => "SETTING_INVALID",
        FaultCode.FactUnknown => "FACT_UNKNOWN",
        FaultCode.VisitWindowInvalid => "VISIT_WINDOW_INVALID",
        FaultCode.SubjectUnknown => "SUBJECT_UNKNOWN",
        FaultCode.GradeInvalid => "GRADE_INVALID",
        FaultCode.EndBeforeOnset => "END_BEFORE_ONSET",
        FaultCode.RelatednessUnknown => "RELATEDNESS_UNKNOWN",
        FaultCode.OutcomeUnknown => "OUTCOME_UNKNOWN",
        FaultCode.SeriousnessUnknown => "SERIOUSNESS_UNKNOWN",
        FaultCode.SubjectChanged => "SUBJECT_CHANGED",
        FaultCode.EventGraded => "EVENT_GRADED",
        FaultCode.EventOnFile => "EVENT_ON_FILE",
        FaultCode.TestUnknown => "TEST_UNKNOWN",
        FaultCode.UnitUnknown => "UNIT_UNKNOWN",
        FaultCode.AgeInvalid => "AGE_INVALID",
        FaultCode.IntervalEmpty => "INTERVAL_EMPTY",
        FaultCode.RangeOverlap => "RANGE_OVERLAP",
        FaultCode.AttributeNameInvalid => "ATTRIBUTE_NAME_INVALID",
        FaultCode.AttributeUnknown => "ATTRIBUTE_UNKNOWN",
        FaultCode.ArmUnknown => "ARM_UNKNOWN",
        FaultCode.ArmRepeated => "ARM_REPEATED",
        FaultCode.ArmsNotTwo => "ARMS_NOT_TWO",
        FaultCode.PeriodInvalid => "PERIOD_INVALID",
        FaultCode.DoseMalformed => "DOSE_MALFORMED",
        FaultCode.EndBeforeStart => "END_BEFORE_START",
        FaultCode.KeyNameInvalid => "KEY_NAME_INVALID",
        FaultCode.RoleUnknown => "ROLE_UNKNOWN",
        FaultCode.KeyScopeInvalid => "KEY_SCOPE_INVALID",
        FaultCode.UnblindingInvalid => "UNBLINDING_INVALID",
        FaultCode.KeyExpiryPast => "KEY_EXPIRY_PAST",
        FaultCode.ReasonInvalid => "REASON_INVALID",
        FaultCode.AuditEntryMissing => "AUDIT_ENTRY_MISSING",
        FaultCode.AuditEntryChanged => "AUDIT_ENTRY_CHANGED",
        FaultCode.AuditSealBroken => "AUDIT_SEAL_BROKEN",
        FaultCode.AuditTimeBackwards => "AUDIT_TIME_BACKWARDS",
        FaultCode.AuditTrailTruncated => "AUDIT_TRAIL_TRUNCATED",
        FaultCode.AuditAnchorMismatch => "AUDIT_ANCHOR_MISMATCH",
        FaultCode.AuditedResultsChanged => "AUDITED_RESULTS_CHANGED",
        _ => throw new InvalidOperationException($"Fault code {Code} has no name on the wire."),
    };
}

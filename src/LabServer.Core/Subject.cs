namespace LabServer.Core;

/// <summary>A subject (USUBJID) as far as grading and tables need it. Texts are as sent; empty means not known.</summary>
public sealed record Subject
{
    /// <summary>Key in the database; 0 before it is stored.</summary>
    public long SubjectKey { get; init; }

    /// <summary>USUBJID, unique in its study.</summary>
    public required string SubjectId { get; init; }

    /// <summary>Treatment received (ACTARM); where tables count the subject.</summary>
    public string Arm { get; init; } = "";

    /// <summary>Treatment assigned (ARM).</summary>
    public string PlannedArm { get; init; } = "";

    /// <summary>SEX.</summary>
    public Sex Sex { get; init; }

    /// <summary>BRTHDTC, ISO 8601, may be partial.</summary>
    public string BirthDate { get; init; } = "";

    /// <summary>First dose (RFXSTDTC), ISO 8601 date, or date and time. Empty: not dosed, not in the safety population.</summary>
    public string FirstDoseAt { get; init; } = "";

    /// <summary>SITEID.</summary>
    public string SiteId { get; init; } = "";

    /// <summary>Whether the subject takes an anticoagulant; unspecified: as the study says.</summary>
    public YesNo OnAnticoagulation { get; init; }

    /// <summary>Whether the subject is infected with HIV; unspecified: as the study says.</summary>
    public YesNo HivInfected { get; init; }

    /// <summary>Named attributes that tables can be split by; grading does not look at them.</summary>
    public SubjectAttributes Attributes { get; init; } = SubjectAttributes.None;
}

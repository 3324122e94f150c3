namespace LabServer.Core.Grading;

/// <summary>What grading looks at in a subject.</summary>
/// <param name="Sex">SEX.</param>
/// <param name="BirthDate">BRTHDTC when known to the day.</param>
/// <param name="FirstDose">RFXSTDTC; null: not dosed, hence no baseline and no treatment-emergent event.</param>
/// <param name="Zone">Time zone of the study.</param>
public sealed record SeriesSubject(Sex Sex, DateOnly? BirthDate, PartialDateTime? FirstDose, TimeZoneInfo Zone)
{
    /// <summary>First and last day that BRTHDTC can mean; null: not known at all.</summary>
    public (DateOnly First, DateOnly Last)? BirthDays { get; init; } = BirthDate is { } day ? (day, day) : null;

    /// <summary>Facts that are stated for the subject, or for the study where the subject says nothing.</summary>
    public GradeFacts Facts { get; init; }

    /// <summary>Whether specimens that do not say so were taken fasting; null: not known.</summary>
    public bool? Fasting { get; init; }

    /// <summary>What becomes of spoiled specimens in the study.</summary>
    public SpoiledSpecimens SpoiledSpecimens { get; init; } = SpoiledSpecimens.NotGradable;

    /// <summary>Reads the texts of a registered subject, which were checked when it was, with what its study says.</summary>
    public static SeriesSubject Of(Subject subject, Study study)
    {
        var (zone, settings) = (study.Zone(), study.Settings);
        return new SeriesSubject(
            subject.Sex,
            Date(subject.BirthDate, zone),
            PartialDateTime.TryRead(subject.FirstDoseAt, out var dose, out _) ? dose : null,
            zone)
        {
            BirthDays = Days(subject.BirthDate, zone),
            Facts = Stated(subject.OnAnticoagulation, settings.OnAnticoagulation, GradeFacts.OnAnticoagulation)
                | Stated(subject.HivInfected, settings.HivInfected, GradeFacts.HivInfected),
            Fasting = settings.Fasting.IsFasting(),
            SpoiledSpecimens = settings.SpoiledSpecimens,
        };
    }

    private static GradeFacts Stated(YesNo ofSubject, YesNo ofStudy, GradeFacts fact) =>
        (ofSubject == YesNo.Unspecified ? ofStudy : ofSubject) == YesNo.Yes ? fact : GradeFacts.None;

    /// <summary>First and last day that a text can mean in the zone; null when it is missing.</summary>
    internal static (DateOnly First, DateOnly Last)? Days(string text, TimeZoneInfo zone) =>
        PartialDateTime.TryRead(text, out var value, out _) ? value.Days(zone) : null;

    /// <summary>The day a text means in the zone; null when it is missing or known to the month at best.</summary>
    internal static DateOnly? Date(string text, TimeZoneInfo zone) =>
        PartialDateTime.TryRead(text, out var value, out _) && value.Precision >= DatePrecision.Day ? value.Days(zone).First : null;
}

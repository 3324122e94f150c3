namespace LabServer.Core.Grading;

/// <summary>What grading looks at in a subject.</summary>
/// <param name="Sex">SEX.</param>
/// <param name="BirthDate">BRTHDTC when known to the day.</param>
/// <param name="FirstDose">RFXSTDTC; null: not dosed, hence no baseline and no treatment-emergent event.</param>
/// <param name="Zone">Time zone of the study.</param>
public sealed record SeriesSubject(Sex Sex, DateOnly? BirthDate, PartialDateTime? FirstDose, TimeZoneInfo Zone)
{
    /// <summary>Reads the texts of a registered subject; they were checked when it was.</summary>
    public static SeriesSubject Of(Subject subject, TimeZoneInfo zone) => new(
        subject.Sex,
        Date(subject.BirthDate, zone),
        PartialDateTime.TryRead(subject.FirstDoseAt, out var dose, out _) ? dose : null,
        zone);

    /// <summary>The day a text means in the zone; null when it is missing or known to the month at best.</summary>
    internal static DateOnly? Date(string text, TimeZoneInfo zone) =>
        PartialDateTime.TryRead(text, out var value, out _) && value.Precision >= DatePrecision.Day ? value.Days(zone).First : null;
}

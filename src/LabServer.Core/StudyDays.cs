namespace LabServer.Core;

/// <summary>
/// Study days (ADY): day 1 is the day of the first dose, day −1 the day before it, and there is no day 0. Partial dates
/// mean several days.
/// </summary>
/// <param name="First">First study day it can be.</param>
/// <param name="Last">Last study day it can be.</param>
public readonly record struct StudyDays(int First, int Last)
{
    /// <summary>ADY: the day, where it is certain; else null.</summary>
    public int? Certain => First == Last ? First : null;

    /// <summary>The study days a time can be of. Days are those of the zone.</summary>
    /// <param name="time">When something happened.</param>
    /// <param name="firstDose">RFXSTDTC.</param>
    /// <param name="zone">Time zone of the study.</param>
    public static StudyDays Of(PartialDateTime time, PartialDateTime firstDose, TimeZoneInfo zone)
    {
        var (days, dose) = (time.Days(zone), firstDose.Days(zone));
        return new StudyDays(
            Day(days.First.DayNumber - dose.Last.DayNumber),
            Day(days.Last.DayNumber - dose.First.DayNumber));
    }

    private static int Day(int daysAfterDose) => daysAfterDose >= 0 ? daysAfterDose + 1 : daysAfterDose;
}

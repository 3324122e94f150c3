using System.Globalization;

namespace LabServer.Core.Summaries;

/// <summary>
/// The onsets of one subject that lie in a period of study days, in UTC microseconds. An onset that is known to the month
/// or year counts on the earliest day that it can be, but not before the first dose: so every event lies on one day, and
/// "to day 28" and "from day 29" make up the whole.
/// </summary>
/// <param name="FromUs">First moment, itself included.</param>
/// <param name="UntilUs">End, not included.</param>
public readonly record struct OnsetPeriod(long FromUs, long UntilUs)
{
    /// <summary>All of them.</summary>
    public static OnsetPeriod All => new(long.MinValue, long.MaxValue);

    /// <summary>Whether an onset, at its earliest, lies in the period.</summary>
    public bool Contains(long onsetUs) => onsetUs >= FromUs && onsetUs < UntilUs;

    /// <summary>The period of a subject.</summary>
    /// <param name="fromDay">First study day; null: from the first dose on.</param>
    /// <param name="toDay">Last study day, itself included; null: without an end.</param>
    /// <param name="firstDoseAt">RFXSTDTC; of one that is partial the last day it can be counts, as for study days.</param>
    /// <param name="zone">Time zone of the study.</param>
    public static OnsetPeriod Of(int? fromDay, int? toDay, string firstDoseAt, TimeZoneInfo zone)
    {
        if ((fromDay is null && toDay is null) || !PartialDateTime.TryRead(firstDoseAt, out var dose, out _))
        {
            return All;
        }

        // What may have begun before the first dose counts on its day: days before it hold nothing.
        if (toDay < 1)
        {
            return new OnsetPeriod(long.MaxValue, long.MaxValue);
        }

        var first = dose.Days(zone).Last;
        return new OnsetPeriod(
            fromDay > 1 ? Start(first, fromDay.Value, zone) : long.MinValue,
            toDay is { } last ? Start(first, last + 1L, zone) : long.MaxValue);
    }

    // A day that no calendar has is past everything.
    private static long Start(DateOnly first, long day, TimeZoneInfo zone)
    {
        var number = first.DayNumber + day - 1;
        if (number > DateOnly.MaxValue.DayNumber)
        {
            return long.MaxValue;
        }

        var text = DateOnly.FromDayNumber((int)number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        PartialDateTime.TryRead(text, out var start, out _);
        return start.StartUtc(zone);
    }
}

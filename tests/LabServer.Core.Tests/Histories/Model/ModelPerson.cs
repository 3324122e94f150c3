namespace LabServer.Core.Tests.Histories;

/// <summary>Whom a result is of, on the day it was collected.</summary>
/// <param name="Sex">As registered.</param>
/// <param name="Born">Birth date, when known to the day.</param>
/// <param name="On">Day of collection, when known to the day.</param>
internal sealed record ModelPerson(Sex Sex, DateOnly? Born, DateOnly? On)
{
    /// <summary>Why the age is not known; null: it is.</summary>
    public string? AgeMissing => Born is null ? "BIRTH_DATE_MISSING" : On is null ? "COLLECTION_DATE_MISSING" : On < Born ? "AGE_NEGATIVE" : null;

    public int Days => On!.Value.DayNumber - Born!.Value.DayNumber;

    /// <summary>Whole calendar months, without clamping at their ends.</summary>
    public int Months
    {
        get
        {
            var (born, on) = (Born!.Value, On!.Value);
            var months = 0;
            for (var (year, month) = (born.Year, born.Month); (year, month) != (on.Year, on.Month); months++)
            {
                (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1);
            }

            return on.Day < born.Day ? months - 1 : months;
        }
    }

    public int Years => Months / 12;
}

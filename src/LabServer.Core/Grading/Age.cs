namespace LabServer.Core.Grading;

/// <summary>An age in whole, completed units, as population rules count it.</summary>
/// <param name="Days">Plain difference of the dates.</param>
/// <param name="Months">Calendar months, without end-of-month clamping: 31 Jan to 28 Feb is 0.</param>
/// <param name="Years">Birthdays passed; who is born on 29 Feb has the birthday on 1 Mar in other years.</param>
public readonly record struct Age(int Days, int Months, int Years)
{
    /// <summary>The age on a day. Negative before the birth.</summary>
    public static Age Of(DateOnly birth, DateOnly on)
    {
        var months = (12 * (on.Year - birth.Year)) + on.Month - birth.Month - (on.Day < birth.Day ? 1 : 0);
        return new Age(on.DayNumber - birth.DayNumber, months, months / 12);
    }

    /// <summary>The number of whole units.</summary>
    public int In(AgeUnit unit) => unit switch
    {
        AgeUnit.Days => Days,
        AgeUnit.Months => Months,
        _ => Years,
    };
}

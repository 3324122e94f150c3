using LabServer.Core.Grading;

namespace LabServer.Core.Ingestion;

/// <summary>
/// Whether bounds on an age leave anybody. Years are 12 months, so bounds in those two are compared as they are. Between
/// days and months the calendar decides: every day of collection of four years (of the period, where that is shorter) is
/// tried, since the same age in days is not always the same in months. One day on which somebody is left is enough.
/// </summary>
internal static class AgeOverlap
{
    private const int DaysTried = (4 * 365) + 1;

    // Any would do: what follows looks at four years from here.
    private static readonly DateOnly Anywhen = new(2000, 1, 1);

    /// <summary>Whether a subject can be of an age that meets all bounds on a day of collection of the period.</summary>
    /// <param name="bounds">Bounds from (at least) and to (below).</param>
    /// <param name="from">First day of the period; null: open.</param>
    /// <param name="to">First day after it; null: open.</param>
    public static bool LeavesAnybody(IEnumerable<AgeBound> bounds, DateOnly? from, DateOnly? to)
    {
        var months = (From: 0, To: int.MaxValue);
        var days = (From: 0, To: int.MaxValue);
        foreach (var bound in bounds)
        {
            if (bound.Unit == AgeUnit.Days)
            {
                days = Narrow(days, bound.Is, bound.Age);
            }
            else
            {
                months = Narrow(months, bound.Is, bound.Unit == AgeUnit.Years ? 12 * bound.Age : bound.Age);
            }
        }

        if (months.From >= months.To || days.From >= days.To)
        {
            return false;
        }

        return months is { From: 0, To: int.MaxValue } || days is { From: 0, To: int.MaxValue } || AnyDay(months, days, from, to);
    }

    private static (int From, int To) Narrow((int From, int To) ages, Comparison comparison, int age) => comparison == Comparison.AtLeast
        ? (Math.Max(ages.From, age), ages.To)
        : (ages.From, Math.Min(ages.To, age));

    private static bool AnyDay((int From, int To) months, (int From, int To) days, DateOnly? from, DateOnly? to)
    {
        var start = from ?? to?.AddDays(-DaysTried) ?? Anywhen;
        for (var i = 0; i < DaysTried; i++)
        {
            var collected = start.AddDays(i);
            if (collected >= to)
            {
                break;
            }

            var lastBirth = Earlier(collected.AddMonths(-months.From), collected.AddDays(-days.From));
            var firstBirthTooOld = Later(
                months.To == int.MaxValue ? DateOnly.MinValue : collected.AddMonths(-months.To),
                days.To == int.MaxValue ? DateOnly.MinValue : collected.AddDays(-days.To));
            if (lastBirth > firstBirthTooOld)
            {
                return true;
            }
        }

        return false;
    }

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}

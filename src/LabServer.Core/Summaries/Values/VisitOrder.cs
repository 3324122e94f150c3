using System.Globalization;

namespace LabServer.Core.Summaries;

/// <summary>
/// The order in which tables show visits: by visit number; visits without one by their place among the study's windows
/// where no visit has a number; the rest is put in by the median study day of its records. Ties by number, then name.
/// </summary>
public static class VisitOrder
{
    /// <summary>Sorts visits.</summary>
    /// <param name="visits">Visits, each once.</param>
    /// <param name="windows">Windows of the study, in their order.</param>
    /// <param name="medianDay">Median study day of the records of a visit.</param>
    /// <returns>Positions in <paramref name="visits"/>, in the order to show.</returns>
    public static IReadOnlyList<int> Sort(IReadOnlyList<SummaryVisit> visits, IReadOnlyList<VisitWindow> windows, Func<int, double> medianDay)
    {
        var numbers = visits.Select(visit => Number(visit.Number)).ToList();
        var byNumber = numbers.Exists(number => number is not null);
        var placed = Enumerable.Range(0, visits.Count)
            .Where(i => byNumber ? numbers[i] is not null : visits[i].Window is not null)
            .OrderBy(i => byNumber ? numbers[i] : Place(windows, visits[i]))
            .ThenBy(i => visits[i].Visit, StringComparer.Ordinal)
            .ToList();
        var rest = Enumerable.Range(0, visits.Count).Except(placed).ToList();
        if (rest.Count == 0)
        {
            return placed;
        }

        // Each goes before the first placed visit that is later than it, so that one visit without a number changes
        // nothing in the order of those that have one.
        var days = Enumerable.Range(0, visits.Count).Select(medianDay).ToList();
        foreach (var i in rest.OrderBy(i => days[i]).ThenBy(i => visits[i].Visit, StringComparer.Ordinal))
        {
            var at = placed.FindIndex(other => days[other] > days[i]);
            placed.Insert(at < 0 ? placed.Count : at, i);
        }

        return placed;
    }

    /// <summary>A visit number as a number; null: it is none.</summary>
    internal static decimal? Number(string text) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static decimal Place(IReadOnlyList<VisitWindow> windows, SummaryVisit visit)
    {
        for (var i = 0; i < windows.Count; i++)
        {
            if (windows[i] == visit.Window)
            {
                return i;
            }
        }

        return windows.Count;
    }
}

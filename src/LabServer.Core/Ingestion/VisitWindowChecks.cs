namespace LabServer.Core.Ingestion;

/// <summary>Checks the visit windows of a study before they are set.</summary>
public static class VisitWindowChecks
{
    /// <summary>How many windows a study may have.</summary>
    public const int MaximumWindows = 1_000;

    /// <summary>Every fault at once; empty: good. Fields are those of the API, with the position from 0: <c>windows[2].first_day</c>.</summary>
    public static IReadOnlyList<Fault> Check(IReadOnlyList<VisitWindow> windows)
    {
        if (windows.Count > MaximumWindows)
        {
            return [new Fault(FaultCode.VisitWindowInvalid, "windows", $"There are {windows.Count} windows; at most {MaximumWindows} are taken.")];
        }

        List<Fault>? faults = null;
        for (var i = 0; i < windows.Count; i++)
        {
            CheckOne(windows[i], $"windows[{i}].", ref faults);
            CheckAgainstOthers(windows, i, ref faults);
        }

        return faults ?? [];
    }

    private static void CheckOne(VisitWindow window, string place, ref List<Fault>? faults)
    {
        if (!NameChecks.IsName(window.Visit, ResultChecks.MaxTextLength))
        {
            Add(ref faults, place + "visit", "A visit needs a name of 1 to 200 characters without surrounding blanks.");
        }

        if (window.VisitNumber.Length > 0 && !ReportedValueReader.TryReadNumber(window.VisitNumber, out _))
        {
            Add(ref faults, place + "visit_number", $"'{window.VisitNumber}' is not a number.");
        }

        CheckDay(window.FirstDay, place + "first_day", ref faults);
        CheckDay(window.LastDay, place + "last_day", ref faults);
        if (window.TargetDay is { } target)
        {
            CheckDay(target, place + "target_day", ref faults);
            if (target < window.FirstDay || target > window.LastDay)
            {
                Add(ref faults, place + "target_day", $"Target day {target} is not within the window.");
            }
        }

        if (window.FirstDay > window.LastDay)
        {
            Add(ref faults, place + "last_day", $"The last day, {window.LastDay}, is before the first, {window.FirstDay}.");
        }
    }

    // Each pair once, at the later of the two.
    private static void CheckAgainstOthers(IReadOnlyList<VisitWindow> windows, int at, ref List<Fault>? faults)
    {
        var window = windows[at];
        for (var i = 0; i < at; i++)
        {
            var other = windows[i];
            if (string.Equals(other.Visit, window.Visit, StringComparison.OrdinalIgnoreCase))
            {
                Add(ref faults, $"windows[{at}].visit", $"Visit '{window.Visit}' is there twice.");
            }

            if (other.FirstDay <= window.LastDay && window.FirstDay <= other.LastDay)
            {
                Add(ref faults, $"windows[{at}].first_day", $"Days {window.FirstDay} to {window.LastDay} overlap those of '{other.Visit}', {other.FirstDay} to {other.LastDay}.");
            }
        }
    }

    private static void CheckDay(int day, string field, ref List<Fault>? faults)
    {
        if (day == 0)
        {
            Add(ref faults, field, "There is no day 0: day 1 is the day of the first dose, day -1 the day before.");
        }
    }

    private static void Add(ref List<Fault>? faults, string field, string message) =>
        ResultTextChecks.Add(ref faults, FaultCode.VisitWindowInvalid, field, message);
}

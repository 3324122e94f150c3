namespace LabServer.Core.Summaries;

/// <summary>Gives results their visit. A pure function, used when a table is made: other windows need no regrade.</summary>
public static class VisitWindows
{
    /// <summary>
    /// The visit sent, if any, so that unscheduled visits keep their name; else the visit whose window holds the study
    /// day; else none. A partial date has a visit only where all the days it can mean lie in one window.
    /// </summary>
    /// <param name="windows">Windows of the study, none over another.</param>
    /// <param name="sentVisit">VISIT as sent; may be empty.</param>
    /// <param name="sentNumber">VISITNUM as sent; may be empty.</param>
    /// <param name="days">Study days it can be of; null: not known, for want of a first dose.</param>
    public static AnalysisVisit Assign(IReadOnlyList<VisitWindow> windows, string sentVisit, string sentNumber, StudyDays? days)
    {
        if (!string.IsNullOrWhiteSpace(sentVisit))
        {
            return new AnalysisVisit(sentVisit, sentNumber.Length > 0 ? sentNumber : NumberOf(windows, sentVisit), VisitSource.Sent);
        }

        foreach (var window in windows)
        {
            if (days is { } known && window.FirstDay <= known.First && known.Last <= window.LastDay)
            {
                return new AnalysisVisit(window.Visit, window.VisitNumber, VisitSource.Window);
            }
        }

        return new AnalysisVisit("", sentNumber, VisitSource.None);
    }

    // So that a visit has one number whether it was sent or found.
    private static string NumberOf(IReadOnlyList<VisitWindow> windows, string visit)
    {
        foreach (var window in windows)
        {
            if (string.Equals(window.Visit, visit.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return window.VisitNumber;
            }
        }

        return "";
    }
}

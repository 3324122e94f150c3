namespace LabServer.Core.Summaries;

/// <summary>A visit as a table shows it.</summary>
/// <param name="Visit">AVISIT, in the spelling of the study's window where it has one.</param>
/// <param name="Number">AVISITN as text: the smallest of those sent, else that of the window; empty: none.</param>
/// <param name="Window">The study's window of this name; null: none.</param>
public sealed record SummaryVisit(string Visit, string Number, VisitWindow? Window)
{
    /// <summary>Whether the laboratory's name says that nobody planned it.</summary>
    public bool IsUnscheduled => Window is null && Visit.StartsWith("UNSCHED", StringComparison.OrdinalIgnoreCase);
}

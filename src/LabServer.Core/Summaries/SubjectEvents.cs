using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>What a table of adverse events counts of one subject.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Worst">The terms under which it has an event, each once, with the worst grade.</param>
/// <param name="Excluded">The same of terms that the table leaves out.</param>
/// <param name="Unassessed">Events that a filter left out since nobody has said what it asks for.</param>
public sealed record SubjectEvents(
    StratumSubject Subject, IReadOnlyDictionary<EventTerm, int> Worst, IReadOnlyDictionary<EventTerm, int> Excluded, int Unassessed)
{
    /// <summary>The worst grade over all terms; 0: no event.</summary>
    public int WorstOfAll => Worst.Count == 0 ? 0 : Worst.Values.Max();
}

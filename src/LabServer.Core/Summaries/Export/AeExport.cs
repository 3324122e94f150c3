using LabServer.Core.Grading;
using LabServer.Core.Storage;

namespace LabServer.Core.Summaries;

/// <summary>SDTM AE: events that grading found under a rule set and events that were reported, by subject and onset.</summary>
internal static class AeExport
{
    public static IEnumerable<AeRow> Rows(ExportScope scope) =>
        scope.Subjects().SelectMany(entry => Rows(scope, entry.Subject, entry.Facts));

    /// <summary>The events of one subject.</summary>
    public static List<AeRow> Rows(ExportScope scope, Subject subject, SeriesSubject facts)
    {
        var events = ExportStore.Graded(scope.Connection, scope.Transaction, subject.SubjectKey, scope.RuleSet!.Id)
            .Concat(ExportStore.Reported(scope.Connection, scope.Transaction, subject.SubjectKey))
            .Select(found => (Found: found, Term: Term(scope, found)))
            // By what the events are, and not by their ids: an id may tell of the order in which results arrived.
            .OrderBy(entry => entry.Found.OnsetUs)
            .ThenBy(entry => entry.Found.IsReported)
            .ThenBy(entry => entry.Term.Name, StringComparer.Ordinal)
            .ThenBy(entry => entry.Found.Order);
        return [.. events.Select((entry, i) => Row(scope, subject, facts, entry.Found, entry.Term, i + 1))];
    }

    private static AeRow Row(ExportScope scope, Subject subject, SeriesSubject facts, ExportedEvent found, EventTerm term, int sequence) => new()
    {
        StudyId = scope.Study.StudyId,
        SubjectId = subject.SubjectId,
        Sequence = sequence,
        EventId = found.EventId,
        ReferenceId = found.ReferenceId,
        Source = found.IsReported ? EventSource.Reported : EventSource.Graded,
        ReportedTerm = found.IsReported ? found.ReportedTerm : term.Name,
        CodedTerm = found.IsReported ? found.CodedTerm : term.Name,
        SystemOrganClass = term.SystemOrganClass,
        Onset = found.Onset,
        EndedAt = found.EndedAt,
        OngoingAt = found.EndedAt.Length == 0 ? found.LastAt : "",
        OnsetDays = ExportScope.Days(found.Onset, facts),
        EndDays = ExportScope.Days(found.EndedAt, facts),
        Grade = (int)found.Grade,
        Serious = (YesNo)found.Serious,
        Relatedness = (Relatedness)found.Relatedness,
        Outcome = (EventOutcome)found.Outcome,
        ReviewState = found.ReviewState,
    };

    private static EventTerm Term(ExportScope scope, ExportedEvent found) => found.TermKey is { } termKey
        ? EventTerm.Of(scope.RuleSets.Term(termKey).Term)
        : new EventTerm(found.ReportedTerm, found.SystemOrganClass, null);
}

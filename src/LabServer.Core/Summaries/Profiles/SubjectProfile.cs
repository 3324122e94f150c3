using System.Data.Common;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Summaries;

/// <summary>
/// Everything of one subject in time order: results with grades, flags and baseline marks, doses, and adverse events with
/// their reviews. Limits, baseline and visits are settled as in grading and ADLB. Memory holds one subject.
/// </summary>
public sealed class SubjectProfile(Database database, RuleSetStore ruleSets, AdverseEventStore events, CurrentCatalogue catalogue)
{
    private const int EventsAtOnce = 1000;

    /// <summary>
    /// The entries by time, partial dates at the start of the period they can mean. Of one time results come before doses,
    /// as a result of the day of the first dose is its baseline, and events last.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="sight">Whether doses say what was given.</param>
    /// <param name="ruleSetId">Rule set of grades and graded events.</param>
    public IReadOnlyList<ProfileEntry> Read(Study study, Subject subject, ArmSight sight, string ruleSetId)
    {
        var facts = SeriesSubject.Of(subject, study);
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        var results = Results(connection, transaction, study, subject.SubjectKey, facts, ruleSetId);
        var doses = DoseStore.OfSubject(connection, transaction, subject.SubjectKey, sight)
            .Select(dose => new ProfileEntry { At = dose.Dose.StartAt, AtUs = dose.StartUs, StudyDay = Day(dose.Dose.StartAt, facts), Dose = dose.Dose });
        var found = Events(connection, transaction, study, subject, ruleSetId)
            .Select(entry => new ProfileEntry { At = entry.Onset, AtUs = entry.OnsetUs, StudyDay = Day(entry.Onset, facts), Event = entry });

        // A stable sort: within one time each kind keeps its own order.
        return [.. results.Concat(doses).Concat(found).OrderBy(entry => entry.AtUs)];
    }

    private List<ProfileEntry> Results(
        DbConnection connection, DbTransaction transaction, Study study, long subjectKey, SeriesSubject facts, string ruleSetId)
    {
        var names = SeriesStore.TestNames(connection, transaction);
        var windows = VisitWindowStore.Read(connection, transaction, study.StudyKey);
        var ranges = ReferenceRangeStore.InForce(connection, transaction, study.StudyKey);
        var grades = ProfileStore.Grades(connection, transaction, subjectKey, ruleSetId);
        var flags = FlagStore.OfSubject(connection, transaction, subjectKey);
        var entries = new List<ProfileEntry>();
        foreach (var group in ProfileStore.Results(connection, transaction, subjectKey)
            .GroupBy(row => row.TestKey)
            .Select(group => (group.Key, Test: catalogue.Value.FindKey(names[group.Key])!, Texts: group.ToDictionary(row => row.ResultKey)))
            .OrderBy(group => group.Test.Key, StringComparer.Ordinal))
        {
            var observations = SeriesPreparation.Prepare(
                SeriesStore.Observations(connection, subjectKey, group.Key, transaction), facts, group.Test, ranges);
            var baseline = SeriesGrader.FindBaseline(observations, facts);
            for (var i = 0; i < observations.Count; i++)
            {
                var observation = observations[i];
                var text = group.Texts[observation.ResultKey];
                var days = Days(observation.CollectedAt, facts);
                entries.Add(new ProfileEntry
                {
                    At = observation.CollectedAt,
                    AtUs = observation.CollectedUs,
                    StudyDay = days?.Certain,
                    Result = new ProfileResult
                    {
                        Test = group.Test.Key,
                        Laboratory = text.Laboratory,
                        SourceResultId = text.SourceResultId,
                        ReportedValue = text.ReportedValue,
                        ReportedUnit = text.ReportedUnit,
                        StandardValue = observation.ExactValue is null ? null : observation.StandardValue,
                        StandardUnit = group.Test.StandardUnit ?? "",
                        LowerLimit = observation.LowerLimit,
                        UpperLimit = observation.UpperLimit,
                        Indicator = observation.Indicator,
                        Visit = VisitWindows.Assign(windows, text.Visit, text.VisitNumber, days).Visit,
                        IsBaseline = i == baseline,
                        Grades = [.. grades[observation.ResultKey].Select(Grade)],
                        Flags = [.. flags[observation.ResultKey].Select(flag => flag.Flag)],
                    },
                });
            }
        }

        return entries;
    }

    private IEnumerable<AdverseEvent> Events(
        DbConnection connection, DbTransaction transaction, Study study, Subject subject, string ruleSetId)
    {
        var query = new AdverseEventQuery { StudyKey = study.StudyKey, SubjectId = subject.SubjectId, RuleSetId = ruleSetId, Take = EventsAtOnce };
        while (true)
        {
            var page = events.List(connection, transaction, query);
            foreach (var found in page)
            {
                yield return found;
            }

            if (page.Count < EventsAtOnce)
            {
                yield break;
            }

            var last = page[^1];
            query = query with { AfterSubject = last.SubjectId, AfterTerm = last.Term.Name, AfterUs = last.OnsetUs, AfterEvent = last.EventId };
        }
    }

    private ProfileGrade Grade(ProfileGradeRow row) => new(
        ruleSets.Term(row.TermKey).Term, (int?)row.Grade, row.Grade is null ? (NotGradableReason)row.Reason : null);

    private static int? Day(string at, SeriesSubject facts) => Days(at, facts)?.Certain;

    private static StudyDays? Days(string at, SeriesSubject facts) =>
        facts.FirstDose is { } dose && PartialDateTime.TryRead(at, out var time, out _) ? StudyDays.Of(time, dose, facts.Zone) : null;
}

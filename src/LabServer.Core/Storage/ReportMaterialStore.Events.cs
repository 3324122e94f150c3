using System.Data.Common;
using System.Globalization;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Reports;

namespace LabServer.Core.Storage;

internal sealed partial class ReportMaterialStore
{
    private const string SelectChanges = """
        SELECT event_id AS EventId, rule_set_id AS RuleSetId, kind AS Kind, at_us AS AtUs, snapshot AS Snapshot
        FROM event_change
        WHERE study_key = @StudyKey AND change_key > @after AND change_key <= @until
        ORDER BY change_key
        """;

    private const string SelectBefore = """
        SELECT snapshot FROM event_change WHERE event_id = @eventId AND change_key <= @after ORDER BY change_key DESC
        """;

    private const string SelectSeries = """
        SELECT s.subject_key AS SubjectKey, s.first_dose_at AS FirstDoseAt, e.test_key AS TestKey, e.term_key AS TermKey, t.test AS Test
        FROM subject s
        JOIN adverse_event e ON e.subject_key = s.subject_key
        JOIN test t ON t.test_key = e.test_key
        WHERE s.study_key = @StudyKey AND s.subject_id = @SubjectId AND e.event_id = @EventId
        """;

    private const string SelectGrades = """
        SELECT g.collected_us AS CollectedUs, r.collected_at AS CollectedAt, g.grade AS Grade, g.value AS Value, g.qualifier AS Qualifier,
               g.lower_limit AS LowerLimit, g.upper_limit AS UpperLimit, COALESCE(u.unit, '') AS Unit, g.criterion_key AS CriterionKey,
               g.baseline AS Baseline, g.baseline_indicator AS BaselineIndicator, g.facts AS Facts
        FROM grade g
        JOIN result r ON r.result_key = g.result_key
        LEFT JOIN unit u ON u.unit_key = g.unit_key
        WHERE g.subject_key = @SubjectKey AND g.test_key = @TestKey AND g.term_key = @TermKey
        ORDER BY g.collected_us, g.result_key
        """;

    private const double UsADay = 86_400e6;

    // Memory holds one small record an event, however often it changed.
    private List<ReportEvent> Events(DbConnection connection, DbTransaction transaction, Study study, long after, long until, Naming names)
    {
        var changed = new Dictionary<string, Changed>(StringComparer.Ordinal);
        foreach (var row in connection.Query<ChangeRow>(SelectChanges, new { study.StudyKey, after, until }, transaction, buffered: false))
        {
            if (!changed.TryGetValue(row.EventId, out var entry))
            {
                changed.Add(row.EventId, entry = new Changed());
            }

            entry.Kinds.Add((EventChangeKind)row.Kind);
            (entry.RuleSetId, entry.AtUs) = (row.RuleSetId, row.AtUs);
            var found = EventJson.Read(row.Snapshot);
            (entry.SubjectId, entry.SystemOrganClass, entry.State) = (found.SubjectId, found.Term.SystemOrganClass, EventState.Of(found));
        }

        return [.. changed
            .Select(entry => Event(connection, transaction, entry.Key, entry.Value, after, names))
            .OrderByDescending(found => found.IsNewSevere)
            .ThenByDescending(found => found.News != EventNews.Removed)
            .ThenByDescending(found => found.Grade)
            .ThenBy(found => found.News)
            .ThenBy(found => found.SubjectId, StringComparer.Ordinal)
            .ThenBy(found => found.Term, StringComparer.Ordinal)
            .ThenBy(found => found.Onset, StringComparer.Ordinal)
            .ThenBy(found => found.EventId, StringComparer.Ordinal)];
    }

    private ReportEvent Event(DbConnection connection, DbTransaction transaction, string eventId, Changed changed, long after, Naming names)
    {
        var snapshot = after == 0 ? null : connection.QueryFirstOrDefault<string>(
            database.Dialect.TakeFirst(SelectBefore), new { eventId, after, Take = 1 }, transaction);
        var before = snapshot is null ? null : EventState.Of(EventJson.Read(snapshot));
        var state = changed.State!;
        return new ReportEvent
        {
            EventId = eventId,
            RuleSet = names.RuleSet(changed.RuleSetId),
            SubjectId = changed.SubjectId,
            Term = state.Term,
            SystemOrganClass = changed.SystemOrganClass,
            News = EventState.News(before, state),
            GradeBefore = before is { Removed: false } ? before.Grade : null,
            Grade = state.Grade,
            Onset = state.Onset,
            EndedAt = state.EndedAt,
            What = EventState.Difference(before, state, changed.Kinds),
            Serious = state.Serious,
            ChangedAt = names.Local(changed.AtUs),
        };
    }

    // One course a subject and test, however many rule sets see the same in it: of the worst event.
    private List<ReportCourse> Courses(DbConnection connection, DbTransaction transaction, Study study, List<ReportEvent> events, Naming names)
    {
        var courses = new List<ReportCourse>();
        var drawn = new HashSet<(long, long, ToxicityDirection)>();
        foreach (var found in events.Where(found => found.IsNewSevere && found.RuleSet.Length > 0))
        {
            var series = connection.QueryFirstOrDefault<SeriesOfEvent>(SelectSeries, new { study.StudyKey, found.SubjectId, found.EventId }, transaction);
            if (series is not null && drawn.Add((series.SubjectKey, series.TestKey, ruleSets.Term(series.TermKey).Term.Direction))
                && Course(connection, transaction, found, series, names) is { } course)
            {
                courses.Add(course);
            }
        }

        return courses;
    }

    private ReportCourse? Course(DbConnection connection, DbTransaction transaction, ReportEvent found, SeriesOfEvent series, Naming names)
    {
        var rows = connection.Query<GradedRow>(SelectGrades, series, transaction).AsList();
        var worst = rows.LastOrDefault(row => row.Grade == found.Grade && row.Value is not null);
        if (worst is null)
        {
            return null;
        }

        var test = catalogue.Value.FindKey(series.Test);
        var shown = rows.Select(row => InUnit(row, test, worst.Unit)).OfType<GradedRow>().ToList();
        var term = ruleSets.Term(series.TermKey).Term;
        var origin = Origin(series.FirstDoseAt, names.Zone);
        return new ReportCourse
        {
            SubjectId = found.SubjectId,
            Test = series.Test,
            TestName = test?.Name ?? series.Test,
            RuleSet = found.RuleSet,
            Term = found.Term,
            Grade = found.Grade,
            Unit = worst.Unit == "1" ? "" : worst.Unit,
            LeftOut = rows.Count - shown.Count,
            FromFirstDose = origin is not null,
            Points = [.. shown.Select(row => new ReportPoint(
                Math.Round((row.CollectedUs - (origin ?? shown[0].CollectedUs)) / UsADay, 3),
                row.CollectedAt,
                row.Value!.Value,
                ((ValueQualifier)row.Qualifier).Sign(),
                row.LowerLimit,
                row.UpperLimit,
                (int?)row.Grade))],
            Thresholds = worst.CriterionKey is not { } key ? [] : CourseThresholds.Of(term, ruleSets.Criterion(key), new GradeInput
            {
                Value = worst.Value,
                Unit = worst.Unit,
                LowerLimit = worst.LowerLimit,
                UpperLimit = worst.UpperLimit,
                Baseline = worst.Baseline,
                BaselineIndicator = worst.BaselineIndicator < 0 ? null : (RangeIndicator)worst.BaselineIndicator,
                Facts = (GradeFacts)worst.Facts,
            }),
        };
    }

    // One picture has one unit. A result that has no number, or cannot be converted, is left out and counted.
    private static GradedRow? InUnit(GradedRow row, TestDefinition? test, string unit)
    {
        if (row.Value is null || row.Unit == unit)
        {
            return row.Value is null ? null : row;
        }

        return test?.FindUnit(row.Unit) is { } from && test.FindUnit(unit) is { } to
            ? row with { Value = Convert(row.Value), LowerLimit = Convert(row.LowerLimit), UpperLimit = Convert(row.UpperLimit) }
            : null;

        double? Convert(double? number) => number is { } value ? to.FromStandard(from.ToStandard((decimal)value)) : null;
    }

    // The beginning of the day of the first dose.
    private static long? Origin(string firstDoseAt, TimeZoneInfo zone) =>
        PartialDateTime.TryRead(firstDoseAt, out var dose, out _)
        && PartialDateTime.TryRead(dose.Days(zone).First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), out var day, out _)
            ? day.StartUtc(zone)
            : null;

    private sealed class Changed
    {
        public HashSet<EventChangeKind> Kinds { get; } = [];

        public string RuleSetId { get; set; } = "";

        public string SubjectId { get; set; } = "";

        public string SystemOrganClass { get; set; } = "";

        public long AtUs { get; set; }

        public EventState? State { get; set; }
    }

    private sealed record ChangeRow(string EventId, string RuleSetId, long Kind, long AtUs, string Snapshot);

    private sealed record SeriesOfEvent(long SubjectKey, string FirstDoseAt, long TestKey, long TermKey, string Test);

    private sealed record GradedRow
    {
        public long CollectedUs { get; init; }

        public string CollectedAt { get; init; } = "";

        public long? Grade { get; init; }

        public double? Value { get; init; }

        public long Qualifier { get; init; }

        public double? LowerLimit { get; init; }

        public double? UpperLimit { get; init; }

        public string Unit { get; init; } = "";

        public long? CriterionKey { get; init; }

        public double? Baseline { get; init; }

        public long BaselineIndicator { get; init; }

        public long Facts { get; init; }
    }
}

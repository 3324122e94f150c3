using System.Data.Common;
using System.Globalization;
using Dapper;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Reports;
using LabServer.Core.Summaries;

namespace LabServer.Core.Storage;

/// <summary>Reads what a safety report is made of, from one state of the database.</summary>
internal sealed partial class ReportMaterialStore(
    Database database, RuleSetStore ruleSets, SummaryStore summaries, LiverSafetyStore liver, OutdatedRanges ranges,
    CurrentCatalogue catalogue, TimeProvider time)
{
    /// <summary>Stretches of work that progress is told after.</summary>
    public const int Steps = 6;

    private const string SelectThrough = "SELECT COALESCE(MAX(change_key), 0) FROM event_change";

    private const string SelectCounts = """
        SELECT
            (SELECT CAST(COUNT(*) AS BIGINT) FROM adverse_event e JOIN subject s ON s.subject_key = e.subject_key WHERE s.study_key = @studyKey)
                + (SELECT COUNT(DISTINCT p.event_id) FROM reported_event p JOIN subject s ON s.subject_key = p.subject_key
                    WHERE s.study_key = @studyKey AND p.withdrawn = 0
                      AND p.version = (SELECT MAX(q.version) FROM reported_event q WHERE q.event_id = p.event_id)) AS Events,
            (SELECT CAST(COUNT(*) AS BIGINT) FROM alert WHERE study_key = @studyKey AND state = 1) AS OpenAlerts
        """;

    private const string SelectAlerts = """
        SELECT a.alert_id AS AlertId, a.kind AS Kind, a.level AS Level, s.subject_id AS SubjectId, a.what AS What, a.value AS Value,
               a.happened_at AS HappenedAt, a.changed_us AS ChangedUs, COALESCE(l.laboratory, '') AS Laboratory,
               a.source_result_id AS SourceResultId, COALESCE(r.rule_set_id, '') AS RuleSetId
        FROM alert a
        JOIN subject s ON s.subject_key = a.subject_key
        LEFT JOIN laboratory l ON l.laboratory_key = a.laboratory_key
        LEFT JOIN event_identity i ON i.event_id = a.event_id
        LEFT JOIN term t ON t.term_key = i.term_key
        LEFT JOIN rule_set r ON r.rule_set_key = t.rule_set_key
        WHERE a.study_key = @studyKey AND a.state = 1
        ORDER BY a.alert_id
        """;

    /// <summary>What the report of this moment is made of.</summary>
    /// <param name="study">The study.</param>
    /// <param name="previous">The report before; null: there is none.</param>
    /// <param name="through">How far the log of events was read for the report before; 0: there is none.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="cancellation">Stops between two steps, and within the long ones.</param>
    public FrozenMaterial Read(Study study, SafetyReport? previous, long through, Action progress, CancellationToken cancellation)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);

        // The first read fixes the state; the clock is looked at behind it, so that all that is in it happened by then.
        var until = connection.ExecuteScalar<long>(SelectThrough, transaction: transaction);
        var cutOffUs = Math.Max(Clock.NowUs(time), (previous?.CutOffUs ?? long.MinValue) + 1);
        var zone = study.Zone();
        var names = new Naming(zone, ruleSets);
        var counts = Counts(connection, transaction, study.StudyKey);

        var events = Events(connection, transaction, study, through, until, names);
        var alerts = Alerts(connection, transaction, study.StudyKey, names);
        Step();
        var courses = Courses(connection, transaction, study, events, names);
        Step();
        var tables = study.RuleSets.Select(id => (RuleSet: ruleSets.Get(id), Table: summaries.Incidence(connection, transaction, study, ArmSight.Unblinded, new IncidenceQuery { RuleSetIds = [id] }).Whole)).ToList();
        Step();
        var livers = Livers(connection, transaction, study);
        Step();
        var outdated = ranges.Find(connection, transaction, study, cancellation);
        Step();
        var sinceUs = previous?.CutOffUs ?? long.MinValue;
        var material = new ReportMaterial
        {
            StudyId = study.StudyId,
            Title = study.Title,
            TimeZone = study.TimeZone,
            CutOff = names.Local(cutOffUs),
            CutOffUtc = Naming.Utc(cutOffUs),
            Previous = previous is null ? null : names.Local(previous.CutOffUs),
            RuleSets = [.. tables.Select(entry => new ReportRuleSet(entry.RuleSet.Name, entry.RuleSet.Version, entry.RuleSet.Title, entry.RuleSet.Hash))],
            Counts = counts with { ChangedEvents = events.Count, NewSevereEvents = events.Count(found => found.IsNewSevere) },
            PreviousCounts = previous?.Counts,
            Events = events,
            Alerts = alerts,
            Courses = courses,
            Incidence = [.. tables.Select(entry => Pooled(names.RuleSet(entry.RuleSet.Id), entry.Table))],
            Liver = livers,
            Held = Held(connection, transaction, study.StudyKey, sinceUs),
            Rejected = Rejected(connection, transaction, study.StudyKey, sinceUs),
            Flagged = Flagged(connection, transaction, study.StudyKey, sinceUs),
            NotGradable =
            [
                .. tables.SelectMany(entry => entry.Table.NotGradable, (entry, row) =>
                    new ReportNotGradable(names.RuleSet(entry.RuleSet.Id), row.Reason.Word(), row.Results)),
            ],
            OutdatedRanges = [.. outdated.Select(row => new ReportOutdatedRange(
                row.Laboratory, row.Test, Word(row.Reason), row.Range?.ToString() ?? "", row.Version, row.Results, row.LastCollectedAt))],
            Laboratories = Laboratories(connection, transaction, study.StudyKey, sinceUs, names),
        };
        Step();
        return new FrozenMaterial(cutOffUs, until, material, Arms(connection, transaction, study, material, tables.Select(entry => entry.Table)));

        void Step()
        {
            progress();
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static ReportCounts Counts(DbConnection connection, DbTransaction transaction, long studyKey)
    {
        var held = StudyStore.Count(connection, transaction, studyKey);
        return connection.QuerySingle<ReportCounts>(SelectCounts, new { studyKey }, transaction) with
        {
            Subjects = held.Subjects,
            SafetySubjects = held.SafetySubjects,
            Results = held.Results,
            Derived = held.Derived,
            Held = held.Held,
            Rejected = held.Rejected,
            Pending = SeriesStore.CountPending(connection, transaction, studyKey),
        };
    }

    private static List<ReportAlert> Alerts(DbConnection connection, DbTransaction transaction, long studyKey, Naming names) =>
        [.. connection.Query<AlertRow>(SelectAlerts, new { studyKey }, transaction)
            .OrderByDescending(row => row.Kind == (int)AlertKind.EventGrade ? row.Level : 4)
            .ThenBy(row => row.SubjectId, StringComparer.Ordinal)
            .ThenBy(row => row.HappenedAt, StringComparer.Ordinal)
            .ThenBy(row => row.AlertId, StringComparer.Ordinal)
            .Select(row => new ReportAlert(
                row.AlertId,
                row.Kind == (int)AlertKind.EventGrade ? "event" : row.Level == (int)CriticalSide.Low ? "critically low" : "critically high",
                row.SubjectId,
                row.What,
                names.RuleSet(row.RuleSetId),
                row.Kind == (int)AlertKind.EventGrade ? row.Level : 0,
                row.Value,
                row.HappenedAt,
                names.Local(row.ChangedUs),
                row.Laboratory,
                row.SourceResultId))];

    private static ReportIncidence Pooled(string ruleSet, IncidenceTable table) => new(
        ruleSet,
        table.Arms.Sum(arm => arm.Subjects),
        Grades(table.Any.Total),
        [.. table.Terms.Select(row => new ReportTerm(
            row.Term.Name,
            row.Term.SystemOrganClass,
            row.Term.Direction switch { ToxicityDirection.Low => "low", ToxicityDirection.High => "high", _ => "" },
            Grades(row.Incidence.Total)))]);

    private static int[] Grades(GradeCounts counts) => [counts.Grade1, counts.Grade2, counts.Grade3, counts.Grade4, counts.Grade5];

    private static ReportArms Arms(
        DbConnection connection, DbTransaction transaction, Study study, ReportMaterial material, IEnumerable<IncidenceTable> tables)
    {
        var named = material.Events.Select(row => row.SubjectId)
            .Concat(material.Alerts.Select(row => row.SubjectId))
            .Concat(material.Courses.Select(row => row.SubjectId))
            .Concat(material.Liver.Select(row => row.SubjectId))
            .ToHashSet(StringComparer.Ordinal);
        var all = tables.ToList();
        return new ReportArms(
            [.. all[0].Arms.Select(arm => new ReportArm(arm.Arm, arm.Subjects))],
            new SortedDictionary<string, string>(
                SubjectStore.All(connection, transaction, study.StudyKey, ArmSight.Unblinded).Where(subject => named.Contains(subject.SubjectId)).ToDictionary(subject => subject.SubjectId, subject => subject.Arm),
                StringComparer.Ordinal),
            [.. all.Select(table => new ReportArmIncidence(
                [.. table.Any.Arms.Select(Grades)], [.. table.Terms.Select(term => term.Incidence.Arms.Select(Grades).ToList())]))]);
    }

    private static string Word(OutdatedReason reason) => reason switch
    {
        OutdatedReason.Expired => "expired",
        OutdatedReason.NotApplied => "newer version not in force",
        OutdatedReason.Differs => "differs from limits sent",
        OutdatedReason.None => "no range",
        _ => "no range for these subjects",
    };

    /// <summary>Names and times as a report shows them.</summary>
    private sealed class Naming(TimeZoneInfo zone, RuleSetStore ruleSets)
    {
        public TimeZoneInfo Zone => zone;

        public string Local(long us) => TimeZoneInfo.ConvertTime(Clock.FromUs(us), zone).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

        public static string Utc(long us) => Clock.FromUs(us).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

        /// <summary>Name and, from the second on, version; empty for what is under no rule set.</summary>
        public string RuleSet(string id) => id.Length == 0 ? "" : ruleSets.RuleSets.TryGetValue(id, out var set) ? set.Id : id;
    }

    private sealed record AlertRow
    {
        public string AlertId { get; init; } = "";

        public int Kind { get; init; }

        public int Level { get; init; }

        public string SubjectId { get; init; } = "";

        public string What { get; init; } = "";

        public string Value { get; init; } = "";

        public string HappenedAt { get; init; } = "";

        public long ChangedUs { get; init; }

        public string Laboratory { get; init; } = "";

        public string SourceResultId { get; init; } = "";

        public string RuleSetId { get; init; } = "";
    }
}

/// <summary>The material of a report, with the moment it is of.</summary>
/// <param name="CutOffUs">The moment, in UTC microseconds.</param>
/// <param name="ThroughChange">How far the log of events was read.</param>
/// <param name="Material">Everything without arms.</param>
/// <param name="Arms">What only the edition by arm shows.</param>
internal sealed record FrozenMaterial(long CutOffUs, long ThroughChange, ReportMaterial Material, ReportArms Arms);

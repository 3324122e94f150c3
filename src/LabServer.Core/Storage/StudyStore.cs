using System.Data.Common;
using Dapper;
using LabServer.Core.Audit;
using LabServer.Core.Derivation;

namespace LabServer.Core.Storage;

/// <summary>Studies with their arms and rule sets.</summary>
public sealed class StudyStore(Database database, TimeProvider time)
{
    private const string SelectColumns =
        "SELECT study_key AS StudyKey, study_id AS StudyId, title AS Title, time_zone AS TimeZone, full_grading_cron AS FullGradingCron, "
        + "report_cron AS ReportCron FROM study ";

    private const string SelectOne = SelectColumns + "WHERE study_id = @studyId";
    private const string SelectPage = SelectColumns
        + "WHERE study_id > @after AND (@studies = '' OR REPLACE(@studies, CONCAT(CHAR(31), study_id, CHAR(31)), '') <> @studies) ORDER BY study_id";
    private const string SelectAll = SelectColumns + "ORDER BY study_id";
    private const string SelectArms = "SELECT arm FROM study_arm WHERE study_key = @StudyKey ORDER BY position";
    private const string SelectRuleSets = "SELECT rule_set_id FROM study_rule_set WHERE study_key = @StudyKey ORDER BY position";

    private const string InsertStudy = """
        INSERT INTO study (study_id, title, time_zone, full_grading_cron, report_cron, created_us)
        VALUES (@StudyId, @Title, @TimeZone, @FullGradingCron, @ReportCron, @createdUs)
        """;

    private const string SelectSettings = """
        SELECT spoiled_specimens AS SpoiledSpecimens, fasting AS Fasting, on_anticoagulation AS OnAnticoagulation, hiv_infected AS HivInfected,
               neutralisation_cutoff AS NeutralisationCutoff, panel_tolerance AS PanelTolerance
        FROM study WHERE study_key = @studyKey
        """;

    private const string UpdateSettings = """
        UPDATE study SET spoiled_specimens = @SpoiledSpecimens, fasting = @Fasting, on_anticoagulation = @OnAnticoagulation,
            hiv_infected = @HivInfected, neutralisation_cutoff = @NeutralisationCutoff, panel_tolerance = @PanelTolerance
        WHERE study_key = @studyKey
        """;

    private const string SelectReportCron = "SELECT report_cron FROM study WHERE study_key = @studyKey";
    private const string UpdateReportCron = "UPDATE study SET report_cron = @cron WHERE study_key = @studyKey";

    private const string InsertArm = """
        INSERT INTO study_arm (study_key, position, arm)
        SELECT @studyKey, (SELECT COUNT(*) FROM study_arm WHERE study_key = @studyKey), @arm
        WHERE NOT EXISTS (SELECT 1 FROM study_arm WHERE study_key = @studyKey AND arm = @arm)
        """;

    private const string InsertRuleSet = """
        INSERT INTO study_rule_set (study_key, position, rule_set_id)
        SELECT @studyKey, (SELECT COUNT(*) FROM study_rule_set WHERE study_key = @studyKey), @ruleSetId
        WHERE NOT EXISTS (SELECT 1 FROM study_rule_set WHERE study_key = @studyKey AND rule_set_id = @ruleSetId)
        """;

    private const string SelectCounts = """
        SELECT
            (SELECT CAST(COUNT(*) AS BIGINT) FROM subject WHERE study_key = @studyKey) AS Subjects,
            (SELECT CAST(COUNT(*) AS BIGINT) FROM subject WHERE study_key = @studyKey AND first_dose_at <> '') AS SafetySubjects,
            (SELECT CAST(COUNT(*) AS BIGINT) FROM result r JOIN laboratory l ON l.laboratory_key = r.laboratory_key
              WHERE l.study_key = @studyKey AND l.laboratory <> @derived) AS Results,
            (SELECT CAST(COUNT(*) AS BIGINT) FROM result r JOIN laboratory l ON l.laboratory_key = r.laboratory_key
              WHERE l.study_key = @studyKey AND r.hold_reasons <> 0) AS Held,
            (SELECT CAST(COUNT(*) AS BIGINT) FROM rejected_result r JOIN laboratory l ON l.laboratory_key = r.laboratory_key WHERE l.study_key = @studyKey) AS Rejected,
            (SELECT CAST(COUNT(*) AS BIGINT) FROM result r JOIN laboratory l ON l.laboratory_key = r.laboratory_key
              WHERE l.study_key = @studyKey AND l.laboratory = @derived) AS Derived
        """;

    /// <summary>Registers a study. False: the id is taken, and nothing was changed.</summary>
    public Task<bool> Create(Study study, Author by, CancellationToken cancellation) =>
        database.Writer.Run(
            session =>
            {
                if (Find(session.Connection, session.Transaction, study.StudyId) is not null)
                {
                    return false;
                }

                session.Connection.Execute(
                    InsertStudy,
                    new { study.StudyId, study.Title, study.TimeZone, study.FullGradingCron, study.ReportCron, createdUs = Clock.NowUs(time) },
                    session.Transaction);
                var studyKey = session.LastInsertedKey();
                AddArms(session, studyKey, study.Arms);
                AddRuleSets(session, studyKey, study.RuleSets);
                WriteSettings(session, studyKey, study.Settings);
                AuditTrail.Append(session, AuditEntry.Of(by, AuditAction.StudyCreated, study.StudyId, study.StudyId) with
                {
                    After = AuditText.Of(study),
                    SealedAfter = AuditText.Sealed(study),
                });
                return true;
            },
            rows: 1,
            cancellation);

    /// <summary>The study, or null when there is none.</summary>
    public Study? Find(string studyId)
    {
        using var connection = database.Read();
        return Find(connection, null, studyId);
    }

    /// <summary>
    /// Up to <paramref name="take"/> studies by id, from behind <paramref name="after"/> (empty: from the start), of those in
    /// <paramref name="scope"/> (null: of all).
    /// </summary>
    public IReadOnlyList<Study> List(string after, int take, IReadOnlySet<string>? scope = null)
    {
        using var connection = database.Read();
        return [.. connection.Query<Study>(database.Dialect.TakeFirst(SelectPage), new { after, Take = take, studies = ScopeText.Of(scope) }).AsList()
            .Select(study => Complete(connection, null, study))];
    }

    /// <summary>Every study by id.</summary>
    public IReadOnlyList<Study> All()
    {
        using var connection = database.Read();
        return [.. connection.Query<Study>(SelectAll).AsList().Select(study => Complete(connection, null, study))];
    }

    /// <summary>What a study holds. Counts by reading; not for hot paths.</summary>
    public StudyCounts Count(long studyKey)
    {
        using var connection = database.Read();
        return Count(connection, null, studyKey);
    }

    /// <summary>What a study holds in one state of the database.</summary>
    internal static StudyCounts Count(DbConnection connection, DbTransaction? transaction, long studyKey) =>
        connection.QuerySingle<StudyCounts>(SelectCounts, new { studyKey, derived = DerivedResult.Laboratory }, transaction);

    /// <summary>
    /// Adds rule sets that the study does not have, and marks every series of the study for grading when one was added.
    /// </summary>
    public Task AddRuleSets(long studyKey, IReadOnlyList<string> ruleSets, Author by, CancellationToken cancellation) =>
        database.Writer.Run(
            session =>
            {
                var before = RuleSetsOf(session, studyKey);
                if (AddRuleSets(session, studyKey, ruleSets) > 0)
                {
                    PendingSeries.MarkStudy(session, studyKey);
                    Note(session, studyKey, by, AuditAction.StudyRuleSetsAdded, new { RuleSets = before }, new { RuleSets = RuleSetsOf(session, studyKey) });
                }
            },
            rows: 1,
            cancellation);

    /// <summary>Changes what the study says about its results, and marks every series of it for grading when that differs.</summary>
    public Task ChangeSettings(long studyKey, Func<StudySettings, StudySettings> change, Author by, CancellationToken cancellation) =>
        database.Writer.Run(
            session =>
            {
                var before = session.Connection.QuerySingle<StudySettings>(SelectSettings, new { studyKey }, session.Transaction);
                var after = change(before);
                if (after != before)
                {
                    WriteSettings(session, studyKey, after);
                    PendingSeries.MarkStudy(session, studyKey);
                    Note(session, studyKey, by, AuditAction.StudySettingsChanged, before, after);
                }
            },
            rows: 1,
            cancellation);

    /// <summary>Changes when the safety report of a study is made. Nothing is graded again.</summary>
    public Task ChangeReportCron(long studyKey, string cron, Author by, CancellationToken cancellation) =>
        database.Writer.Run(
            session =>
            {
                var before = session.Connection.QuerySingle<string>(SelectReportCron, new { studyKey }, session.Transaction);
                if (before != cron)
                {
                    session.Connection.Execute(UpdateReportCron, new { studyKey, cron }, session.Transaction);
                    Note(session, studyKey, by, AuditAction.StudySettingsChanged, new { ReportCron = before }, new { ReportCron = cron });
                }
            },
            rows: 1,
            cancellation);

    private static void Note<T>(WriteSession session, long studyKey, Author by, string action, T before, T after)
    {
        var studyId = AuditTrail.StudyId(session, studyKey);
        AuditTrail.Append(session, AuditEntry.Of(by, action, studyId, studyId) with
        {
            Before = AuditJson.Write(before),
            After = AuditJson.Write(after),
        });
    }

    private static List<string> RuleSetsOf(WriteSession session, long studyKey) =>
        session.Connection.Query<string>(SelectRuleSets, new { StudyKey = studyKey }, session.Transaction).AsList();

    private static void WriteSettings(WriteSession session, long studyKey, StudySettings settings) => session.Connection.Execute(
        UpdateSettings,
        new
        {
            studyKey,
            settings.SpoiledSpecimens,
            settings.Fasting,
            settings.OnAnticoagulation,
            settings.HivInfected,
            settings.NeutralisationCutoff,
            settings.PanelTolerance,
        },
        session.Transaction);

    internal static void AddArms(WriteSession session, long studyKey, IEnumerable<string> arms)
    {
        foreach (var arm in arms)
        {
            session.Connection.Execute(InsertArm, new { studyKey, arm }, session.Transaction);
        }
    }

    private static int AddRuleSets(WriteSession session, long studyKey, IEnumerable<string> ruleSets)
    {
        var added = 0;
        foreach (var ruleSetId in ruleSets)
        {
            added += session.Connection.Execute(InsertRuleSet, new { studyKey, ruleSetId }, session.Transaction);
        }

        return added;
    }

    /// <inheritdoc cref="Find(string)"/>
    internal static Study? Find(DbConnection connection, DbTransaction? transaction, string studyId) =>
        connection.QuerySingleOrDefault<Study>(SelectOne, new { studyId }, transaction) is { } study
            ? Complete(connection, transaction, study)
            : null;

    private static Study Complete(DbConnection connection, DbTransaction? transaction, Study study) => study with
    {
        Arms = connection.Query<string>(SelectArms, study, transaction).AsList(),
        RuleSets = connection.Query<string>(SelectRuleSets, study, transaction).AsList(),
        Settings = connection.QuerySingle<StudySettings>(SelectSettings, new { studyKey = study.StudyKey }, transaction),
    };
}

using System.Data.Common;
using Dapper;

namespace LabServer.Core.Storage;

/// <summary>Subjects of a study.</summary>
public sealed class SubjectStore(Database database, SubjectDirectory directory, HeldResults held, TimeProvider time)
{
    private const string SelectColumns = """
        SELECT subject_key AS SubjectKey, subject_id AS SubjectId, arm AS Arm, planned_arm AS PlannedArm, sex AS Sex,
               birth_date AS BirthDate, first_dose_at AS FirstDoseAt, site_id AS SiteId,
               on_anticoagulation AS OnAnticoagulation, hiv_infected AS HivInfected
        FROM subject
        WHERE study_key = @studyKey
        """;

    private const string SelectOne = SelectColumns + " AND subject_id = @SubjectId";
    private const string SelectPage = SelectColumns + " AND subject_id > @after ORDER BY subject_id";
    private const string SelectAll = SelectColumns + " ORDER BY subject_id";

    private const string Insert = """
        INSERT INTO subject (study_key, subject_id, arm, planned_arm, sex, birth_date, first_dose_at, site_id, on_anticoagulation, hiv_infected,
            registered_us, changed_us)
        VALUES (@StudyKey, @SubjectId, @Arm, @PlannedArm, @Sex, @BirthDate, @FirstDoseAt, @SiteId, @OnAnticoagulation, @HivInfected,
            @nowUs, @nowUs)
        """;

    private const string Update = """
        UPDATE subject
        SET arm = @Arm, planned_arm = @PlannedArm, sex = @Sex, birth_date = @BirthDate, first_dose_at = @FirstDoseAt,
            site_id = @SiteId, on_anticoagulation = @OnAnticoagulation, hiv_infected = @HivInfected, changed_us = @nowUs
        WHERE subject_key = @SubjectKey
        """;

    /// <summary>
    /// Registers new subjects and changes known ones. A change that grading looks at (sex, birth date, first dose)
    /// marks the subject's series; a new subject releases the results that waited for it.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="subjects">Checked subjects; a later one with the same id wins.</param>
    /// <param name="cancellation">Gives up waiting for the writer.</param>
    public Task<SubjectImport> Import(Study study, IReadOnlyList<Subject> subjects, CancellationToken cancellation) =>
        database.Writer.Run(
            session =>
            {
                var changes = subjects.Select(subject => Import(session, study, subject)).ToArray();
                StudyStore.AddArms(
                    session, study.StudyKey, subjects.Select(subject => subject.Arm).Where(arm => arm.Length > 0).Distinct(StringComparer.Ordinal));
                var created = subjects.Where((_, i) => changes[i] == SubjectChange.Created).Select(subject => subject.SubjectId);
                return new SubjectImport(changes, held.ReleaseSubjects(session, study, created));
            },
            subjects.Count,
            cancellation);

    /// <summary>The subject; null: the study has none of this id.</summary>
    public Subject? Find(long studyKey, string subjectId)
    {
        using var connection = database.Read();
        return connection.QuerySingleOrDefault<Subject>(SelectOne, new { studyKey, SubjectId = subjectId });
    }

    /// <summary>Up to <paramref name="take"/> subjects by id, from behind <paramref name="after"/> (empty: from the start).</summary>
    public IReadOnlyList<Subject> List(long studyKey, string after, int take)
    {
        using var connection = database.Read();
        return connection.Query<Subject>(database.Dialect.TakeFirst(SelectPage), new { studyKey, after, Take = take }).AsList();
    }

    /// <summary>The same, from the state of the database that <paramref name="transaction"/> sees.</summary>
    internal static IReadOnlyList<Subject> List(
        DbConnection connection, DbTransaction transaction, Dialect dialect, long studyKey, string after, int take) =>
        connection.Query<Subject>(dialect.TakeFirst(SelectPage), new { studyKey, after, Take = take }, transaction).AsList();

    /// <summary>Every subject of a study by id. Memory follows the number of subjects.</summary>
    public IReadOnlyList<Subject> All(long studyKey)
    {
        using var connection = database.Read();
        return connection.Query<Subject>(SelectAll, new { studyKey }).AsList();
    }

    private SubjectChange Import(WriteSession session, Study study, Subject subject)
    {
        var nowUs = Clock.NowUs(time);
        var known = session.Connection.QuerySingleOrDefault<Subject>(
            SelectOne, new { studyKey = study.StudyKey, subject.SubjectId }, session.Transaction);
        if (known is null)
        {
            session.Connection.Execute(Insert, Values(subject, study.StudyKey, subjectKey: 0, nowUs), session.Transaction);
            var key = session.Dialect.LastInsertedKey(session.Connection);
            session.AfterCommit(() => directory.Add(study.StudyKey, subject.SubjectId, key));
            return SubjectChange.Created;
        }

        if (known == subject with { SubjectKey = known.SubjectKey })
        {
            return SubjectChange.Unchanged;
        }

        session.Connection.Execute(Update, Values(subject, study.StudyKey, known.SubjectKey, nowUs), session.Transaction);
        PendingSeries.MarkSubject(session, known.SubjectKey);
        return SubjectChange.Updated;
    }

    private static object Values(Subject subject, long studyKey, long subjectKey, long nowUs) => new
    {
        StudyKey = studyKey,
        SubjectKey = subjectKey,
        subject.SubjectId,
        subject.Arm,
        subject.PlannedArm,
        subject.Sex,
        subject.BirthDate,
        subject.FirstDoseAt,
        subject.SiteId,
        subject.OnAnticoagulation,
        subject.HivInfected,
        nowUs,
    };
}

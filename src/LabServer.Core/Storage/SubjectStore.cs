using System.Data.Common;
using Dapper;
using LabServer.Core.Access;
using LabServer.Core.Audit;

namespace LabServer.Core.Storage;

/// <summary>Subjects of a study.</summary>
public sealed class SubjectStore(Database database, SubjectDirectory directory, HeldResults held, TimeProvider time)
{
    private const string SelectColumns = """
        SELECT subject_key AS SubjectKey, subject_id AS SubjectId, CASE WHEN @isBlinded = 1 THEN '' ELSE arm END AS Arm,
               CASE WHEN @isBlinded = 1 THEN '' ELSE planned_arm END AS PlannedArm, sex AS Sex,
               birth_date AS BirthDate, first_dose_at AS FirstDoseAt, site_id AS SiteId,
               on_anticoagulation AS OnAnticoagulation, hiv_infected AS HivInfected
        FROM subject
        WHERE study_key = @studyKey
        """;

    private const string SelectOne = SelectColumns + " AND subject_id = @SubjectId";
    private const string SelectByKey = SelectColumns + " AND subject_key = @subjectKey";
    private const string SelectPage = SelectColumns + " AND subject_id > @after ORDER BY subject_id";
    private const string SelectAll = SelectColumns + " ORDER BY subject_id";

    // The attributes of the same subjects as a page or the whole list has.
    private const string SelectAttributes = """
        SELECT a.subject_key AS SubjectKey, a.name AS Name, a.value AS Value
        FROM subject s JOIN subject_attribute a ON a.subject_key = s.subject_key
        WHERE s.study_key = @studyKey AND s.subject_id >= @first AND s.subject_id <= @last
        ORDER BY a.subject_key, a.name
        """;

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

    private const string DeleteAttributes = "DELETE FROM subject_attribute WHERE subject_key = @subjectKey";

    private const string InsertAttribute =
        "INSERT INTO subject_attribute (subject_key, name, value) VALUES (@subjectKey, @name, @value)";

    /// <summary>
    /// Registers new subjects and changes known ones. A change that grading looks at (sex, birth date, first dose)
    /// marks the subject's series, one of attributes alone does not; a new subject releases the results that waited for it.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="sight">Of who imports. Blinded, arms on file stay as they are and nothing in the answer depends on them.</param>
    /// <param name="subjects">Checked subjects; a later one with the same id wins.</param>
    /// <param name="by">Who imports them, and why.</param>
    /// <param name="cancellation">Gives up waiting for the writer.</param>
    public Task<SubjectImport> Import(Study study, ArmSight sight, IReadOnlyList<Subject> subjects, Author by, CancellationToken cancellation) =>
        database.Writer.Run(
            session =>
            {
                var changes = subjects.Select(subject => Import(session, study, sight, subject, by)).ToArray();
                StudyStore.AddArms(session, study.StudyKey, sight == ArmSight.Blinded ? [] :
                    subjects.Select(subject => subject.Arm).Where(arm => arm.Length > 0).Distinct(StringComparer.Ordinal));
                var created = subjects.Where((_, i) => changes[i] == SubjectChange.Created).Select(subject => subject.SubjectId);
                return new SubjectImport(changes, held.ReleaseSubjects(session, study, created, by));
            },
            subjects.Count,
            cancellation);

    /// <summary>The subject; null: the study has none of this id.</summary>
    public Subject? Find(long studyKey, ArmSight sight, string subjectId)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        return Find(connection, transaction, studyKey, sight, subjectId);
    }

    /// <summary>Up to <paramref name="take"/> subjects by id, from behind <paramref name="after"/> (empty: from the start).</summary>
    public IReadOnlyList<Subject> List(long studyKey, ArmSight sight, string after, int take)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        var page = connection.Query<Subject>(database.Dialect.TakeFirst(SelectPage), new { studyKey, after, Take = take, isBlinded = sight == ArmSight.Blinded }, transaction).AsList();
        return WithAttributes(connection, transaction, studyKey, page);
    }

    /// <summary>The same, from the state of the database that <paramref name="transaction"/> sees.</summary>
    internal static IReadOnlyList<Subject> List(
        DbConnection connection, DbTransaction transaction, Dialect dialect, long studyKey, ArmSight sight, string after, int take) =>
        connection.Query<Subject>(dialect.TakeFirst(SelectPage), new { studyKey, after, Take = take, isBlinded = sight == ArmSight.Blinded }, transaction).AsList();

    /// <summary>Every subject of a study by id, without arms. Memory follows the number of subjects.</summary>
    public IReadOnlyList<Subject> All(long studyKey)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        return All(connection, transaction, studyKey, ArmSight.Blinded);
    }

    /// <summary>A subject, without arms and attributes.</summary>
    internal static Subject Facts(DbConnection connection, long studyKey, long subjectKey) =>
        connection.QuerySingle<Subject>(SelectByKey, new { studyKey, subjectKey, isBlinded = true });

    /// <summary>Every subject of a study by id, without arms and attributes, as the transaction sees it.</summary>
    internal static IReadOnlyList<Subject> Facts(DbConnection connection, DbTransaction transaction, long studyKey) =>
        connection.Query<Subject>(SelectAll, new { studyKey, isBlinded = true }, transaction).AsList();

    /// <summary>As <see cref="All(long)"/>, as the transaction sees it.</summary>
    internal static IReadOnlyList<Subject> All(DbConnection connection, DbTransaction? transaction, long studyKey, ArmSight sight) => WithAttributes(
        connection, transaction, studyKey,
        connection.Query<Subject>(SelectAll, new { studyKey, isBlinded = sight == ArmSight.Blinded }, transaction).AsList());

    private static Subject? Find(DbConnection connection, DbTransaction transaction, long studyKey, ArmSight sight, string subjectId) =>
        connection.QuerySingleOrDefault<Subject>(SelectOne, new { studyKey, SubjectId = subjectId, isBlinded = sight == ArmSight.Blinded }, transaction) is { } found
            ? WithAttributes(connection, transaction, studyKey, [found])[0]
            : null;

    // The subjects are those of one stretch of ids, in their order.
    private static List<Subject> WithAttributes(
        DbConnection connection, DbTransaction? transaction, long studyKey, List<Subject> subjects)
    {
        if (subjects.Count == 0)
        {
            return subjects;
        }

        var stretch = new { studyKey, first = subjects[0].SubjectId, last = subjects[^1].SubjectId };
        var attributes = connection.Query<AttributeRow>(SelectAttributes, stretch, transaction)
            .ToLookup(row => row.SubjectKey, row => KeyValuePair.Create(row.Name, row.Value));
        return attributes.Count == 0
            ? subjects
            : [.. subjects.Select(subject => subject with { Attributes = SubjectAttributes.Of(attributes[subject.SubjectKey]) })];
    }

    private SubjectChange Import(WriteSession session, Study study, ArmSight sight, Subject sent, Author by)
    {
        var nowUs = Clock.NowUs(time);
        var known = Find(session.Connection, session.Transaction, study.StudyKey, ArmSight.Unblinded, sent.SubjectId);
        // Who is blinded says nothing of arms and learns nothing of them, also not by what has become of the subject.
        var subject = sight == ArmSight.Blinded ? sent with { Arm = known?.Arm ?? "", PlannedArm = known?.PlannedArm ?? "" } : sent;
        if (known is null)
        {
            session.Connection.Execute(Insert, Values(subject, study.StudyKey, subjectKey: 0, nowUs), session.Transaction);
            var key = session.LastInsertedKey();
            SetAttributes(session, key, subject.Attributes);
            Note(session, study, by, AuditAction.SubjectRegistered, null, subject);
            session.AfterCommit(() => directory.Add(study.StudyKey, subject.SubjectId, key));
            return SubjectChange.Created;
        }

        if (known == subject with { SubjectKey = known.SubjectKey })
        {
            return SubjectChange.Unchanged;
        }

        session.Connection.Execute(Update, Values(subject, study.StudyKey, known.SubjectKey, nowUs), session.Transaction);
        SetAttributes(session, known.SubjectKey, subject.Attributes);
        Note(session, study, by, AuditAction.SubjectChanged, known, subject);
        if (known with { Attributes = subject.Attributes } != subject with { SubjectKey = known.SubjectKey })
        {
            PendingSeries.MarkSubject(session, known.SubjectKey);
        }

        return SubjectChange.Updated;
    }

    private static void Note(WriteSession session, Study study, Author by, string action, Subject? before, Subject after) =>
        AuditTrail.Append(session, AuditEntry.Of(by, action, study.StudyId, after.SubjectId) with
        {
            Before = AuditText.Of(before),
            After = AuditText.Of(after),
            SealedBefore = AuditText.Sealed(before),
            SealedAfter = AuditText.Sealed(after),
        });

    private static void SetAttributes(WriteSession session, long subjectKey, SubjectAttributes attributes)
    {
        session.Connection.Execute(DeleteAttributes, new { subjectKey }, session.Transaction);
        foreach (var (name, value) in attributes.Values)
        {
            session.Connection.Execute(InsertAttribute, new { subjectKey, name, value }, session.Transaction);
        }
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

    private sealed record AttributeRow(long SubjectKey, string Name, string Value);
}

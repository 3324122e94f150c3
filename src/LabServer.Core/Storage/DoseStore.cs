using System.Data.Common;
using Dapper;
using LabServer.Core.Access;
using LabServer.Core.Audit;

namespace LabServer.Core.Storage;

/// <summary>
/// Dose records of subjects. They change no grade: the first dose that divides baseline from treatment is the subject's own
/// field. The only place that reads treatments: what was given is empty for who is blinded, as an amount tells the arm as
/// well as a name does.
/// </summary>
public sealed class DoseStore(Database database, SubjectDirectory directory, TimeProvider time)
{
    private const string SelectColumns = """
        SELECT s.subject_id AS SubjectId, d.dose_id AS DoseId, CASE WHEN @IsBlinded = 1 THEN '' ELSE d.treatment END AS Treatment,
               CASE WHEN @IsBlinded = 1 THEN '' ELSE d.amount END AS Amount, CASE WHEN @IsBlinded = 1 THEN '' ELSE d.unit END AS Unit,
               d.start_at AS StartAt, d.end_at AS EndAt, d.visit AS Visit, d.visit_number AS VisitNumber, d.not_given AS NotGiven, d.start_us AS StartUs
        FROM subject s JOIN dose d ON d.subject_key = s.subject_key
        """;

    private const string SelectOne = SelectColumns + " WHERE d.subject_key = @subjectKey AND d.dose_id = @DoseId";

    private const string SelectOfSubject = SelectColumns + " WHERE d.subject_key = @subjectKey ORDER BY d.start_us, d.dose_id";

    private const string SelectPage = SelectColumns + """
         WHERE s.study_key = @StudyKey AND (@SubjectId = '' OR s.subject_id = @SubjectId)
          AND (s.subject_id > @AfterSubject OR (s.subject_id = @AfterSubject
            AND (d.start_us > @AfterUs OR (d.start_us = @AfterUs AND d.dose_id > @AfterDose))))
        ORDER BY s.subject_id, d.start_us, d.dose_id
        """;

    private static readonly RowWrite WriteDose = new(
        "dose", "subject_key, dose_id", "treatment, amount, unit, start_at, start_us, end_at, visit, visit_number, not_given, changed_us")
    {
        Replaces = true,
    };

    // Records of doses that were not given may have no date; they come last.
    private const long NoStart = long.MaxValue;

    /// <summary>Stores checked dose records; one of a known id changes what is on file. One entry a record, in the order given.</summary>
    public Task<IReadOnlyList<DoseChange>> Import(Study study, IReadOnlyList<Dose> doses, Author by, CancellationToken cancellation) =>
        database.Writer.Run<IReadOnlyList<DoseChange>>(
            session => [.. doses.Select(dose => Import(session, study, dose, by))],
            doses.Count,
            cancellation);

    /// <summary>Dose records by subject and start.</summary>
    public IReadOnlyList<PlacedDose> List(DoseQuery query)
    {
        using var connection = database.Read();
        return [.. connection.Query<Row>(database.Dialect.TakeFirst(SelectPage), query).Select(row => row.ToDose())];
    }

    /// <summary>Dose records of a subject by start, as the transaction sees them.</summary>
    internal static IReadOnlyList<PlacedDose> OfSubject(
        DbConnection connection, DbTransaction transaction, long subjectKey, ArmSight sight) =>
        [.. connection.Query<Row>(SelectOfSubject, new { subjectKey, IsBlinded = sight == ArmSight.Blinded }, transaction).Select(row => row.ToDose())];

    private DoseChange Import(WriteSession session, Study study, Dose dose, Author by)
    {
        if (directory.Find(session, study.StudyKey, dose.SubjectId) is not { } subjectKey)
        {
            return DoseChange.SubjectUnknown;
        }

        var known = session.Connection.QuerySingleOrDefault<Row>(SelectOne, new { subjectKey, dose.DoseId, IsBlinded = false }, session.Transaction)?.ToDose().Dose;
        if (known == dose)
        {
            return DoseChange.Unchanged;
        }

        session.Rows(WriteDose)
            .Add(subjectKey).Add(dose.DoseId).Add(dose.Treatment).Add(dose.Amount).Add(dose.Unit).Add(dose.StartAt)
            .Add(PartialDateTime.TryRead(dose.StartAt, out var start, out _) ? start.StartUtc(study.Zone()) : NoStart)
            .Add(dose.EndAt).Add(dose.Visit).Add(dose.VisitNumber).Add(dose.NotGiven ? 1 : 0).Add(Clock.NowUs(time)).RunLater();
        var action = known is null ? AuditAction.DoseRecorded : AuditAction.DoseChanged;
        AuditTrail.Append(session, AuditEntry.Of(by, action, study.StudyId, $"{dose.SubjectId}/{dose.DoseId}") with
        {
            Before = AuditText.Of(known),
            After = AuditText.Of(dose),
            SealedBefore = AuditText.Sealed(known),
            SealedAfter = AuditText.Sealed(dose),
        });
        return known is null ? DoseChange.Created : DoseChange.Updated;
    }

    private sealed record Row
    {
        public string SubjectId { get; init; } = "";

        public string DoseId { get; init; } = "";

        public string Treatment { get; init; } = "";

        public string Amount { get; init; } = "";

        public string Unit { get; init; } = "";

        public string StartAt { get; init; } = "";

        public string EndAt { get; init; } = "";

        public string Visit { get; init; } = "";

        public string VisitNumber { get; init; } = "";

        public long NotGiven { get; init; }

        public long StartUs { get; init; }

        public PlacedDose ToDose() => new(
            new Dose
            {
                SubjectId = SubjectId,
                DoseId = DoseId,
                Treatment = Treatment,
                Amount = Amount,
                Unit = Unit,
                StartAt = StartAt,
                EndAt = EndAt,
                Visit = Visit,
                VisitNumber = VisitNumber,
                NotGiven = NotGiven != 0,
            },
            StartUs);
    }
}

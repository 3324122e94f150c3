using Dapper;
using LabServer.Core.Audit;

namespace LabServer.Core.Storage;

/// <summary>Unblinds single subjects: the act is on file before the arm is told.</summary>
public sealed class UnblindingStore(Database database, SubjectDirectory directory, TimeProvider time)
{
    private const string Insert = """
        INSERT INTO unblinding (subject_key, unblinded_by, unblinded_us, reason) VALUES (@subjectKey, @by, @nowUs, @reason)
        """;

    private const string SelectArms = "SELECT arm AS Arm, planned_arm AS PlannedArm FROM subject WHERE subject_key = @subjectKey";

    /// <summary>Notes who was told and why, and tells the subject's arms. Null: the study has no such subject, and nothing is noted.</summary>
    public Task<UnblindedSubject?> Unblind(Study study, string subjectId, string by, string reason, CancellationToken cancellation) =>
        database.Writer.Run(
            session =>
            {
                if (directory.Find(session, study.StudyKey, subjectId) is not { } subjectKey)
                {
                    return null;
                }

                session.Connection.Execute(Insert, new { subjectKey, by, nowUs = Clock.NowUs(time), reason }, session.Transaction);
                var told = session.Connection.QuerySingle<UnblindedSubject>(SelectArms, new { subjectKey }, session.Transaction);
                AuditTrail.Append(session, AuditEntry.Of(new Author(by, reason), AuditAction.SubjectUnblinded, study.StudyId, subjectId) with
                {
                    SealedAfter = AuditJson.Write(told),
                });
                return told;
            },
            rows: 1,
            cancellation);
}

/// <summary>The arms of one subject.</summary>
/// <param name="Arm">ACTARM.</param>
/// <param name="PlannedArm">ARM.</param>
public sealed record UnblindedSubject(string Arm, string PlannedArm);

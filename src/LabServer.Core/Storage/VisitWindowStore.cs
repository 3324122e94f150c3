using System.Data.Common;
using Dapper;
using LabServer.Core.Audit;

namespace LabServer.Core.Storage;

/// <summary>Visit windows of studies.</summary>
public sealed class VisitWindowStore(Database database)
{
    private const string SelectWindows = """
        SELECT visit AS Visit, visit_number AS VisitNumber, first_day AS FirstDay, last_day AS LastDay, target_day AS TargetDay
        FROM study_visit WHERE study_key = @studyKey ORDER BY position
        """;

    private const string DeleteWindows = "DELETE FROM study_visit WHERE study_key = @studyKey";

    private const string InsertWindow = """
        INSERT INTO study_visit (study_key, position, visit, visit_number, first_day, last_day, target_day)
        VALUES (@studyKey, @position, @Visit, @VisitNumber, @FirstDay, @LastDay, @TargetDay)
        """;

    /// <summary>The windows of a study, in the order in which they were set.</summary>
    public IReadOnlyList<VisitWindow> Of(long studyKey)
    {
        using var connection = database.Read();
        return Read(connection, null, studyKey);
    }

    /// <summary>Sets the windows of a study in the place of those it had; the same ones change nothing. They are checked before.</summary>
    public Task Set(long studyKey, IReadOnlyList<VisitWindow> windows, Author by, CancellationToken cancellation) => database.Writer.Run(
        session =>
        {
            var before = Read(session.Connection, session.Transaction, studyKey);
            if (before.SequenceEqual(windows))
            {
                return;
            }

            session.Connection.Execute(DeleteWindows, new { studyKey }, session.Transaction);
            for (var position = 0; position < windows.Count; position++)
            {
                var window = windows[position];
                session.Connection.Execute(
                    InsertWindow,
                    new { studyKey, position, window.Visit, window.VisitNumber, window.FirstDay, window.LastDay, window.TargetDay },
                    session.Transaction);
            }

            var studyId = AuditTrail.StudyId(session, studyKey);
            AuditTrail.Append(session, AuditEntry.Of(by, AuditAction.VisitWindowsSet, studyId, studyId) with
            {
                Before = AuditJson.Write(before),
                After = AuditJson.Write(windows),
            });
        },
        rows: windows.Count,
        cancellation);

    /// <summary>As <see cref="Of"/>, as the transaction sees it.</summary>
    internal static IReadOnlyList<VisitWindow> Read(DbConnection connection, DbTransaction? transaction, long studyKey) =>
        [.. connection.Query<Row>(SelectWindows, new { studyKey }, transaction)
            .Select(row => new VisitWindow(row.Visit, row.VisitNumber, (int)row.FirstDay, (int)row.LastDay, (int?)row.TargetDay))];

    private sealed record Row
    {
        public string Visit { get; init; } = "";

        public string VisitNumber { get; init; } = "";

        public long FirstDay { get; init; }

        public long LastDay { get; init; }

        public long? TargetDay { get; init; }
    }
}

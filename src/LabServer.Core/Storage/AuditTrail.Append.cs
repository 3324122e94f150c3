using System.Security.Cryptography;
using System.Text;
using Dapper;
using LabServer.Core.Audit;

namespace LabServer.Core.Storage;

public sealed partial class AuditTrail
{
    private const string SelectHead =
        "SELECT entry_number AS Number, at_us AS AtUs, hash AS Hash FROM audit_entry WHERE entry_number = (SELECT MAX(entry_number) FROM audit_entry)";

    private const string SelectStudyId = "SELECT study_id FROM study WHERE study_key = @studyKey";

    private const string InsertEntry = """
        INSERT INTO audit_entry (entry_number, at_us, clock_us, caller, action, study_id, target, before_json, after_json,
            sealed_before, sealed_after, reason, salt, sealed_hash, hash)
        VALUES (@entry_number, @at_us, @clock_us, @caller, @action, @study_id, @target, @before_json, @after_json,
            @sealed_before, @sealed_after, @reason, @salt, @sealed_hash, @hash)
        """;

    /// <summary>
    /// Adds an entry in the transaction that makes the change: both are there, or neither. Number, time and hash are given
    /// to it here; the time is the clock's, unless that has stepped back behind the last entry.
    /// </summary>
    public static void Append(WriteSession session, AuditEntry entry)
    {
        var head = session.AuditHead ??= Head(session);
        var nowUs = Clock.NowUs(session.Time);
        entry = Clean(entry);
        byte[] salt = AuditHash.IsSealed(entry) ? RandomNumberGenerator.GetBytes(AuditHash.SaltLength) : [];
        var stored = new StoredAuditEntry
        {
            Number = head.Number + 1,
            AtUs = Math.Max(nowUs, head.AtUs),
            ClockUs = nowUs < head.AtUs ? nowUs : null,
            Entry = entry,
            Salt = salt,
            SealedHash = AuditHash.OfSealed(salt, entry),
            Hash = [],
        };
        var hash = AuditHash.Of(head.Hash, stored);
        session.Rows(InsertEntry)
            .Add(stored.Number).Add(stored.AtUs).Add(stored.ClockUs).Add(entry.Caller).Add(entry.Action).Add(entry.StudyId).Add(entry.Target)
            .Add(entry.Before).Add(entry.After).Add(entry.SealedBefore).Add(entry.SealedAfter).Add(entry.Reason)
            .Add(stored.Salt).Add(stored.SealedHash).Add(hash).RunLater();
        session.AuditHead = new AuditHead(stored.Number, stored.AtUs, hash);
    }

    /// <summary>Adds an entry of what changes nothing that is stored: of what was taken. It is durable when the task ends.</summary>
    public Task Note(AuditEntry entry, CancellationToken cancellation) =>
        (_writer ?? throw new InvalidOperationException("The trail was opened for reading alone."))
            .Run(session => Append(session, entry), rows: 1, cancellation);

    /// <summary>STUDYID of a study, for the entry of a change that knows only its key.</summary>
    internal static string StudyId(WriteSession session, long studyKey) =>
        session.Connection.QuerySingle<string>(SelectStudyId, new { studyKey }, session.Transaction);

    private static AuditHead Head(WriteSession session)
    {
        var head = new AuditHead(0, 0, AuditHash.Start);
        session.Rows(SelectHead).Find(row => head = new AuditHead(row.Whole(0), row.Whole(1), row.Bytes(2).ToArray()));
        return head;
    }

    private static AuditEntry Clean(AuditEntry entry) => entry with
    {
        Caller = Clean(entry.Caller),
        StudyId = Clean(entry.StudyId),
        Target = Clean(entry.Target),
        Before = Clean(entry.Before),
        After = Clean(entry.After),
        SealedBefore = Clean(entry.SealedBefore),
        SealedAfter = Clean(entry.SealedAfter),
        Reason = Clean(entry.Reason),
    };

    // What the database would give back as another text must not be what was hashed.
    private static string Clean(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}

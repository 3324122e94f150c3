using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

// A batch stored by few statements over all of it, where one for each result would cost a way to the server and back. It does
// what AppendEach does, result by result in the order sent; a property test holds the two together. One thing may differ that
// nothing rests on: the test of a result that is refused for another on file may be given a key here.
public sealed partial class ResultStore
{
    private const string SelectLastResult = "SELECT COALESCE(MAX(result_key), 0) FROM result";

    private const string SelectLastRejected = "SELECT COALESCE(MAX(rejected_key), 0) FROM rejected_result";

    // Of results with the same id and version in one batch the first is the one that is stored.
    private const string InsertSent = """
        INSERT INTO result (result_key, laboratory_key, source_result_id, version, subject_id, specimen, category, test_code, reported_value,
            reported_unit, reference_low, reference_high, collected_at, resulted_at, visit, visit_number, instrument, method, status,
            specimen_condition, fasting, content_hash, received_us, sender_key, subject_key, test_key, standard_value, collected_us, hold_reasons)
        SELECT @last + ROW_NUMBER() OVER (ORDER BY s.position), @laboratory_key, s.source_result_id, s.version, s.subject_id, s.specimen,
               s.category, s.test_code, s.reported_value, s.reported_unit, s.reference_low, s.reference_high, s.collected_at, s.resulted_at,
               s.visit, s.visit_number, s.instrument, s.method, s.status, s.specimen_condition, s.fasting, s.content_hash, @received_us,
               @sender_key, s.subject_key, s.test_key, s.standard_value, s.collected_us, s.hold_reasons
        FROM "#sent" s
        WHERE NOT EXISTS (SELECT 1 FROM "#sent" e
                          WHERE e.source_result_id = s.source_result_id AND e.version = s.version AND e.position < s.position)
          AND NOT EXISTS (SELECT 1 FROM result r
                          WHERE r.laboratory_key = @laboratory_key AND r.source_result_id = s.source_result_id AND r.version = s.version)
        """;

    // Those that the insert passed over, with the reasons for which the copy on file is held where it says the same, else -1.
    private const string SelectRepeated = """
        SELECT s.position, CASE WHEN r.content_hash = s.content_hash THEN r.hold_reasons ELSE -1 END
        FROM "#sent" s
        JOIN result r ON r.laboratory_key = @laboratory_key AND r.source_result_id = s.source_result_id AND r.version = s.version
        WHERE r.result_key <= @last
           OR EXISTS (SELECT 1 FROM "#sent" e
                      WHERE e.source_result_id = s.source_result_id AND e.version = s.version AND e.position < s.position)
        ORDER BY s.position
        """;

    private const string InsertAmendedSent = """
        INSERT INTO amended_result (laboratory_key, source_result_id)
        SELECT DISTINCT r.laboratory_key, r.source_result_id
        FROM "#sent" s
        JOIN result r ON r.laboratory_key = @laboratory_key AND r.source_result_id = s.source_result_id AND r.version = s.version
        WHERE s.version > 1 AND r.result_key > @last
          AND NOT EXISTS (SELECT 1 FROM amended_result a
                          WHERE a.laboratory_key = r.laboratory_key AND a.source_result_id = r.source_result_id)
        """;

    // An older version that was sent later in the same batch was not there yet.
    private const string SelectAmending = """
        SELECT s.position
        FROM "#sent" s
        JOIN result r ON r.laboratory_key = @laboratory_key AND r.source_result_id = s.source_result_id AND r.version = s.version
        WHERE s.version > 1 AND r.result_key > @last
          AND EXISTS (SELECT 1 FROM result o
                      WHERE o.laboratory_key = r.laboratory_key AND o.source_result_id = r.source_result_id
                        AND o.version < r.version AND o.result_key < r.result_key)
        ORDER BY s.position
        """;

    private const string InsertSentRejects = """
        INSERT INTO rejected_result (rejected_key, laboratory_key, source_result_id, content_hash, sent, faults, received_us, sender_key)
        SELECT @last + ROW_NUMBER() OVER (ORDER BY s.position), @laboratory_key, s.source_result_id, s.content_hash, s.sent, s.faults,
               @received_us, @sender_key
        FROM "#rejected" s
        WHERE NOT EXISTS (SELECT 1 FROM "#rejected" e
                          WHERE e.content_hash = s.content_hash AND e.source_result_id = s.source_result_id AND e.position < s.position)
          AND NOT EXISTS (SELECT 1 FROM rejected_result r
                          WHERE r.laboratory_key = @laboratory_key AND r.source_result_id = s.source_result_id
                            AND r.content_hash = s.content_hash)
        """;

    private const string SelectRepeatedRejects = """
        SELECT s.position
        FROM "#rejected" s
        JOIN rejected_result r ON r.laboratory_key = @laboratory_key AND r.source_result_id = s.source_result_id
            AND r.content_hash = s.content_hash
        WHERE r.rejected_key <= @last
           OR EXISTS (SELECT 1 FROM "#rejected" e
                      WHERE e.content_hash = s.content_hash AND e.source_result_id = s.source_result_id AND e.position < s.position)
        ORDER BY s.position
        """;

    private void AppendAtOnce(WriteSession session, in Sent sent, ResultBatch batch, ResultGroup group, ResultOutcome[] outcomes)
    {
        var stored = new List<SentRow>(outcomes.Length);
        var rejected = new List<SentReject>();
        using var rejects = new RejectEntryWriter();
        Divide(session, sent, batch, stored, rejected, rejects);
        var written = new Written[outcomes.Length];
        Store(session, sent, batch, stored, rejected, rejects, written);

        // The log has them in the order sent, whether the checks or the database found the fault.
        rejected.Sort((one, other) => one.Position.CompareTo(other.Position));
        Log(session, sent, batch, rejected, written);
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = written[i].Outcome;
            group.Add(written[i].Outcome.Disposition, written[i].Key, batch.ContentHash(i));
        }
    }

    // What the checks have rejected from what is to be stored.
    private void Divide(
        WriteSession session, in Sent sent, ResultBatch batch, List<SentRow> stored, List<SentReject> rejected, RejectEntryWriter rejects)
    {
        var now = catalogue.Value;
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < batch.Results.Count; i++)
        {
            var result = AsOf(now, batch, i);
            if (result.IsRejected)
            {
                var entry = batch.RejectEntry(i) ?? rejects.Of(result.Result, result.Faults);
                rejected.Add(new SentReject(i, IndexedId(result.Result), entry, result.Faults));
                continue;
            }

            var subjectKey = SubjectKey(session, sent, result.Result.SubjectId, unknown);
            var testKey = result.Test is { } test ? _tests.KeyOf(session, test.Key) : (long?)null;
            stored.Add(new SentRow(i, result, subjectKey, testKey, Holds(result, subjectKey)));
        }
    }

    // For many results of one unknown subject the database is asked once.
    private long? SubjectKey(WriteSession session, in Sent sent, string subjectId, HashSet<string> unknown)
    {
        var key = unknown.Contains(subjectId) ? null : subjects.Find(session, sent.StudyKey, subjectId);
        if (key is null)
        {
            unknown.Add(subjectId);
        }

        return key;
    }

    private static void Store(
        WriteSession session, in Sent sent, ResultBatch batch, List<SentRow> stored, List<SentReject> rejected, RejectEntryWriter rejects,
        Written[] written)
    {
        if (stored.Count == 0)
        {
            return;
        }

        session.Dialect.Fill(session, new SentRows(batch, stored));
        var last = session.Rows(SelectLastResult).FindWhole()!.Value;
        var inserted = session.Rows(InsertSent)
            .Add(last).Add(sent.LaboratoryKey).Add(sent.ReceivedUs).Add(sent.SenderKey).Run();
        var repeated = inserted == stored.Count ? [] : Repeated(session, sent, last);
        var amending = stored.Exists(row => row.Checked.Result.Version > 1) ? Amend(session, sent, last) : [];
        var key = last;
        foreach (var row in stored)
        {
            var result = row.Checked.Result;
            if (!repeated.TryGetValue(row.Position, out var onFile))
            {
                written[row.Position] = new Written(Stored(row.Holds, amending.Contains(row.Position)), ++key);
            }
            else if (onFile >= 0)
            {
                written[row.Position] = Duplicate((HoldReasons)onFile);
            }
            else
            {
                Fault[] conflict = [Conflict(result)];
                rejected.Add(new SentReject(row.Position, IndexedId(result), rejects.Of(result, conflict), conflict));
            }
        }

        Check(key - last, inserted, "results");
    }

    private static void Log(WriteSession session, in Sent sent, ResultBatch batch, List<SentReject> rejected, Written[] written)
    {
        if (rejected.Count == 0)
        {
            return;
        }

        session.Dialect.Fill(session, new SentRejects(batch, rejected));
        var last = session.Rows(SelectLastRejected).FindWhole()!.Value;
        var inserted = session.Rows(InsertSentRejects)
            .Add(last).Add(sent.LaboratoryKey).Add(sent.ReceivedUs).Add(sent.SenderKey).Run();
        HashSet<long> repeated = inserted == rejected.Count
            ? []
            : Positions(session.Rows(SelectRepeatedRejects).Add(sent.LaboratoryKey).Add(last));
        var key = last;
        foreach (var row in rejected)
        {
            written[row.Position] = Rejected(row.Faults, repeated.Contains(row.Position) ? null : ++key);
        }

        Check(key - last, inserted, "rejected results");
    }

    private static Dictionary<long, long> Repeated(WriteSession session, in Sent sent, long last)
    {
        var repeated = new Dictionary<long, long>();
        session.Rows(SelectRepeated).Add(sent.LaboratoryKey).Add(last).Each(row => repeated.Add(row.Whole(0), row.Whole(1)));
        return repeated;
    }

    private static HashSet<long> Amend(WriteSession session, in Sent sent, long last)
    {
        session.Rows(InsertAmendedSent).Add(sent.LaboratoryKey).Add(last).Run();
        return Positions(session.Rows(SelectAmending).Add(sent.LaboratoryKey).Add(last));
    }

    private static HashSet<long> Positions(RowStatement statement)
    {
        var positions = new HashSet<long>();
        statement.Each(row => positions.Add(row.Whole(0)));
        return positions;
    }

    // Keys are counted here and given there: were they not the same, the audit trail would be of other rows.
    private static void Check(long counted, int inserted, string what)
    {
        if (counted != inserted)
        {
            throw new InvalidOperationException($"The database took {inserted} {what} of a batch as new, and says so of {counted}.");
        }
    }
}

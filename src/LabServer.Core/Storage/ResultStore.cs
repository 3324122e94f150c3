using System.Text;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>Results as laboratories sent them, and the reject log.</summary>
public sealed partial class ResultStore(Database database, SubjectDirectory subjects, CurrentCatalogue catalogue, TimeProvider time)
{
    // Identity is decided by the unique key and by nothing else, so that any number of senders may race.
    private static readonly RowWrite InsertResult = new(
        "result",
        "laboratory_key, source_result_id, version",
        "subject_id, specimen, category, test_code, reported_value, reported_unit, reference_low, reference_high, collected_at, resulted_at, "
        + "visit, visit_number, instrument, method, status, specimen_condition, fasting, content_hash, received_us, sender_key, "
        + "subject_key, test_key, standard_value, collected_us, hold_reasons")
    {
        Replaces = false,
        Number = "result_key",
    };

    // The reasons for which the copy on file is held where it says the same, else -1.
    private const string SelectOnFile = """
        SELECT CASE WHEN content_hash = @content_hash THEN hold_reasons ELSE -1 END FROM result
        WHERE laboratory_key = @laboratory_key AND source_result_id = @source_result_id AND version = @version
        """;

    private const string SelectOlder = """
        SELECT COUNT(*) FROM result
        WHERE laboratory_key = @laboratory_key AND source_result_id = @source_result_id AND version < @version
        """;

    private static readonly RowWrite InsertAmended = new("amended_result", "laboratory_key, source_result_id") { Replaces = false };

    private static readonly RowWrite InsertRejected = new(
        "rejected_result", "laboratory_key, source_result_id, content_hash", "sent, faults, received_us, sender_key")
    {
        Replaces = false,
        Number = "rejected_key",
    };

    // Of a rejected result, whose id may be of any length; as in schema file 0019.
    private const int LongestIndexedId = 200;

    private readonly KeyTable _laboratories = KeyTable.Laboratories();
    private readonly KeyTable _tests = KeyTable.Tests();
    private readonly KeyTable _senders = KeyTable.Senders();

    /// <summary>Whether a batch is stored by statements over all of it. As the engine prefers; a test may have it otherwise.</summary>
    internal bool StoresAtOnce { get; init; } = database.Dialect.PrefersBulk;

    /// <summary>Stores a batch. The answer, one entry a result in the order sent, comes when the batch is durable.</summary>
    public Task<ResultOutcome[]> Append(ResultBatch batch, CancellationToken cancellation) =>
        database.Writer.Run(session => Append(session, batch), batch.Results.Count, cancellation);

    internal ResultOutcome[] Append(WriteSession session, ResultBatch batch)
    {
        var sent = new Sent(
            batch.Study.StudyKey,
            _laboratories.KeyOf(session, batch.Laboratory, batch.Study.StudyKey),
            _senders.KeyOf(session, batch.Sender),
            Clock.NowUs(time));
        var outcomes = new ResultOutcome[batch.Results.Count];
        var group = Group(session, sent, batch.Study.StudyId, batch.Laboratory, batch.Sender);
        if (StoresAtOnce)
        {
            AppendAtOnce(session, sent, batch, group, outcomes);
        }
        else
        {
            AppendEach(session, sent, batch, group, outcomes);
        }

        if (database.Metrics is { } metrics)
        {
            session.AfterCommit(() => metrics.Taken(outcomes));
        }

        return outcomes;
    }

    private void AppendEach(WriteSession session, in Sent sent, ResultBatch batch, ResultGroup group, ResultOutcome[] outcomes)
    {
        var now = catalogue.Value;
        using var rejects = new RejectEntryWriter();
        var repeats = false;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var result = AsOf(now, batch, i);
            var hash = batch.ContentHash(i);
            var written = result.IsRejected
                ? Reject(session, sent, result.Result, hash, batch.RejectEntry(i) ?? rejects.Of(result.Result, result.Faults), result.Faults)
                : Append(session, sent, result, hash, rejects, ref repeats);
            outcomes[i] = written.Outcome;
            group.Add(written.Outcome.Disposition, written.Key, hash);
        }
    }

    private static CheckedResult AsOf(TestCatalogue now, ResultBatch batch, int position)
    {
        var result = batch.Results[position];
        // What it waits for was registered after it was checked; the release has been and will not come again.
        return result.HoldReasons != HoldReasons.None && !ReferenceEquals(now, batch.Context.Catalogue)
            ? ResultChecks.Check(result.Result, batch.Context with { Catalogue = now })
            : result;
    }

    // The key alone decides whether a result is on file. But who sends again sends much again, so that behind one that was
    // on file the next is looked for first: what it takes to insert is spared where it would be in vain.
    private Written Append(WriteSession session, in Sent sent, CheckedResult result, ReadOnlySpan<byte> hash, RejectEntryWriter rejects, ref bool repeats)
    {
        if (repeats && OnFile(session, sent, result.Result, hash) is { } found)
        {
            return Repeated(session, sent, result.Result, hash, found, rejects);
        }

        var subjectKey = subjects.Find(session, sent.StudyKey, result.Result.SubjectId);
        var holds = Holds(result, subjectKey);
        var key = Insert(session, sent, result, hash, subjectKey, holds);
        repeats = key is null;
        if (repeats)
        {
            return Repeated(session, sent, result.Result, hash, OnFile(session, sent, result.Result, hash)!.Value, rejects);
        }

        var amends = result.Result.Version > 1 && NoteAmendment(session, sent, result.Result);
        return new Written(Stored(holds, amends), key);
    }

    internal static HoldReasons Holds(CheckedResult result, long? subjectKey) =>
        result.HoldReasons | (subjectKey is null ? HoldReasons.UnknownSubject : HoldReasons.None);

    private static ResultOutcome Stored(HoldReasons holds, bool amends) => new(
        holds != HoldReasons.None ? Disposition.Held : amends ? Disposition.Amended : Disposition.Accepted, Disposition.None, holds, []);

    // Key of the row; null: there is one of the same laboratory, id and version.
    private long? Insert(WriteSession session, in Sent sent, CheckedResult result, ReadOnlySpan<byte> hash, long? subjectKey, HoldReasons holds)
    {
        var asSent = result.Result;
        return session.Rows(InsertResult)
            .Add(sent.LaboratoryKey).Add(asSent.SourceResultId).Add(asSent.Version).Add(asSent.SubjectId).Add(asSent.Specimen)
            .Add(asSent.Category).Add(asSent.TestCode).Add(asSent.ReportedValue).Add(asSent.ReportedUnit).Add(asSent.ReferenceLow)
            .Add(asSent.ReferenceHigh).Add(asSent.CollectedAt).Add(asSent.ResultedAt).Add(asSent.Visit).Add(asSent.VisitNumber)
            .Add(asSent.Instrument).Add(asSent.Method).Add((int)asSent.Status).Add(asSent.SpecimenCondition).Add((int)asSent.Fasting)
            .Add(hash).Add(sent.ReceivedUs).Add(sent.SenderKey).Add(subjectKey)
            .Add(result.Test is { } test ? _tests.KeyOf(session, test.Key) : null).Add(StandardValue(result)).Add(result.CollectedUs).Add((int)holds)
            .Insert();
    }

    // A bound (<0.5) is not a value: LBSTRESN is missing, as in SDTM.
    internal static double? StandardValue(CheckedResult result) =>
        result.Value.Qualifier == ValueQualifier.None ? result.StandardValue : null;

    private static long? OnFile(WriteSession session, in Sent sent, LabResult result, ReadOnlySpan<byte> hash) =>
        session.Rows(SelectOnFile).Add(hash).Add(sent.LaboratoryKey).Add(result.SourceResultId).Add(result.Version).FindWhole();

    private static Written Repeated(
        WriteSession session, in Sent sent, LabResult result, ReadOnlySpan<byte> hash, long onFile, RejectEntryWriter rejects)
    {
        if (onFile < 0)
        {
            Fault[] conflict = [Conflict(result)];
            return Reject(session, sent, result, hash, rejects.Of(result, conflict), conflict);
        }

        return Duplicate((HoldReasons)onFile);
    }

    private static Written Duplicate(HoldReasons holds) => new(
        new ResultOutcome(Disposition.Duplicate, holds == HoldReasons.None ? Disposition.None : Disposition.Held, holds, []), Key: null);

    private static Fault Conflict(LabResult result) => new(
        FaultCode.ContentConflict,
        "version",
        FormattableString.Invariant($"version {result.Version} of this result is on file with other content; a correction needs a newer version"));

    private static bool NoteAmendment(WriteSession session, in Sent sent, LabResult result)
    {
        session.Rows(InsertAmended).Add(sent.LaboratoryKey).Add(result.SourceResultId).RunLater();
        return session.Rows(SelectOlder).Add(sent.LaboratoryKey).Add(result.SourceResultId).Add(result.Version).FindWhole() > 0;
    }

    private static Written Reject(
        WriteSession session, in Sent sent, LabResult result, ReadOnlySpan<byte> hash, RejectEntry entry, IReadOnlyList<Fault> faults)
    {
        var key = session.Rows(InsertRejected)
            .Add(sent.LaboratoryKey).Add(IndexedId(result)).Add(hash)
            .AddText(entry.Sent).AddText(entry.Faults).Add(sent.ReceivedUs).Add(sent.SenderKey)
            .Insert();
        return Rejected(faults, key);
    }

    private static string IndexedId(LabResult result) =>
        Encoding.UTF8.GetByteCount(result.SourceResultId) <= LongestIndexedId ? result.SourceResultId : "";

    // No key: the same content is in the reject log.
    private static Written Rejected(IReadOnlyList<Fault> faults, long? key) => new(
        key is not null
            ? new ResultOutcome(Disposition.Rejected, Disposition.None, HoldReasons.None, faults)
            : new ResultOutcome(Disposition.Duplicate, Disposition.Rejected, HoldReasons.None, faults),
        key);

    /// <summary>What became of a result, and the row that was written for it; no key: none was.</summary>
    private readonly record struct Written(ResultOutcome Outcome, long? Key);

    private readonly record struct Sent(long StudyKey, long LaboratoryKey, long SenderKey, long ReceivedUs);
}

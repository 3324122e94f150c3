using Dapper;
using LabServer.Core.Audit;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>Hands held results to grading when what they wait for is there.</summary>
public sealed class HeldResults(CurrentCatalogue catalogue, SubjectDirectory subjects, TimeProvider time)
{
    private const string Release = """
        UPDATE result SET subject_key = @subject_key, test_key = @test_key, standard_value = @standard_value, hold_reasons = @hold_reasons
        WHERE result_key = @result_key
        """;

    private const string SelectHeldForCodes = """
        SELECT r.result_key FROM laboratory l JOIN result r ON r.laboratory_key = l.laboratory_key
        WHERE l.study_key = @studyKey AND r.hold_reasons <> 0 AND (r.hold_reasons & @codes) <> 0
        ORDER BY r.result_key
        """;

    private const string InsertReleased = "INSERT INTO released_result (result_key) VALUES (@result_key)";

    // What was accepted once is not judged by the clock again.
    private static readonly TimeSpan AnyFuture = TimeSpan.FromDays(36_500);

    private readonly KeyTable _tests = KeyTable.Tests();

    /// <summary>Looks again at the results held for these subjects, which were registered in this transaction.</summary>
    internal int ReleaseSubjects(WriteSession session, Study study, IEnumerable<string> subjectIds, Author by)
    {
        var context = Context(study);
        var released = 0;
        foreach (var subjectId in subjectIds)
        {
            var held = ResultStore.Read(
                session.Connection, ResultStore.SelectHeldOfSubject, new { studyKey = study.StudyKey, subjectId }, session.Transaction);
            released += held.Count(result => LookAgain(session, study, context, result));
        }

        Note(session, study, by, released);
        return released;
    }

    /// <summary>
    /// Looks again at every result of a study that is held for its test or unit: for what the catalogue has learnt, also as a
    /// new version of the program. Returns how many were released.
    /// </summary>
    public async Task<int> ReleaseKnown(Database database, Study study, Author by, CancellationToken cancellation)
    {
        const int Page = 1_000;
        var released = 0;
        foreach (var keys in KeysHeldForCodes(database, study).Chunk(Page))
        {
            released += await database.Writer.Run(
                session =>
                {
                    var context = Context(study);
                    // Read where it is written: of two releases at once, the second must not look at what the first has released.
                    var ready = keys.SelectMany(resultKey => ResultStore.ReadByKey(session, study.StudyKey, resultKey))
                        .Where(result => result.HoldReasons != HoldReasons.None)
                        .Count(result => LookAgain(session, study, context, result));
                    Note(session, study, by, ready);
                    return ready;
                },
                Page,
                cancellation).ConfigureAwait(false);
        }

        return released;
    }

    // All at once, eight bytes each: page by page each would look through what is held for a subject alone, which can be a study.
    private static List<long> KeysHeldForCodes(Database database, Study study)
    {
        using var connection = database.Read();
        return connection.Query<long>(
            SelectHeldForCodes, new { studyKey = study.StudyKey, codes = (int)(HoldReasons.UnknownTest | HoldReasons.UnknownUnit) }).AsList();
    }

    // Which results they are shows in their order: released_result is only ever added to.
    private static void Note(WriteSession session, Study study, Author by, int released)
    {
        if (released > 0)
        {
            AuditTrail.Append(session, AuditEntry.Of(by, AuditAction.ResultsReleased, study.StudyId) with
            {
                After = AuditJson.Write(new { Results = released }),
            });
        }
    }

    private CheckContext Context(Study study) => new(time, study.Zone(), catalogue.Value) { FutureTolerance = AnyFuture };

    // Understood anew from what was sent, so that whatever was learnt since counts.
    private bool LookAgain(WriteSession session, Study study, CheckContext context, StoredResult stored)
    {
        var understood = ResultChecks.Check(stored.Result, context);
        var subjectKey = subjects.Find(session, study.StudyKey, stored.Result.SubjectId);
        var holds = ResultStore.Holds(understood, subjectKey);
        session.Rows(Release)
            .Add(subjectKey)
            .Add(understood.Test is { } test ? _tests.KeyOf(session, test.Key) : null)
            .Add(holds == HoldReasons.None ? ResultStore.StandardValue(understood) : null)
            .Add((int)holds)
            .Add(stored.ResultKey)
            .RunLater();
        if (holds != HoldReasons.None)
        {
            return false;
        }

        session.Rows(InsertReleased).Add(stored.ResultKey).RunLater();
        return true;
    }
}

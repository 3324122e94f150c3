using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LabServer.Core.Tests.Sharing;

/// <summary>What must hold of a database that servers have shared: nothing lost, doubled or forgotten, and the grades of one server alone.</summary>
internal sealed class SharingChecks(string file, SharingChanges changes)
{
    private const string SelectSent = """
        SELECT r.result_key AS ResultKey, l.laboratory AS Laboratory, r.source_result_id AS SourceResultId, r.version AS Version
        FROM result r JOIN laboratory l ON l.laboratory_key = r.laboratory_key
        WHERE l.laboratory <> '(derived)' ORDER BY r.result_key
        """;

    private const string SelectForgotten = """
        SELECT (SELECT COUNT(*) FROM pending_series) + (SELECT COUNT(*) FROM released_result)
             + (SELECT COUNT(*) FROM result WHERE result_key > (SELECT taken_up_to FROM grading_state))
        """;

    private static readonly Disposition[] Stored = [Disposition.Accepted, Disposition.Amended, Disposition.Held];

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Laboratory, string Id, long Version), List<(LabResult Sent, Disposition Answer)>> _answers = [];

    /// <summary>Results that were answered.</summary>
    public int Results => _answers.Count;

    // A database with a study without subjects, made once: copied, it is there in a moment.
    private static readonly Lazy<Task<byte[]>> Template = new(MakeTemplate);

    /// <summary>Makes the study.</summary>
    public static async Task MakeStudy(string path) => await File.WriteAllBytesAsync(path, await Template.Value);

    /// <summary>Notes what a laboratory was answered, also where the answer did not reach it.</summary>
    public void Acknowledged(IReadOnlyList<LabResult> results, IReadOnlyList<ResultOutcome>? outcomes)
    {
        if (outcomes is null)
        {
            return;
        }

        lock (_gate)
        {
            foreach (var (result, outcome) in results.Zip(outcomes))
            {
                var identity = (result.Laboratory, result.SourceResultId, result.Version);
                if (!_answers.TryGetValue(identity, out var answers))
                {
                    _answers.Add(identity, answers = []);
                }

                answers.Add((result, outcome.Disposition));
            }
        }
    }

    /// <summary>Enters a server before it does anything else.</summary>
    public void Begin(ServerLease lease, DateTimeOffset now) => Write(new FixedTime(now.ToString("O")), lease.Begin);

    /// <summary>Renews a lease in a transaction of its own, as the server does beside its work.</summary>
    public void Renew(TestStudy server, DateTimeOffset now) =>
        Write(new FixedTime(now.ToString("O")), session => server.Lease.Renew(session, server.IsGrading));

    /// <summary>Everything that is wrong.</summary>
    /// <param name="last">The last server.</param>
    /// <param name="run">Has it do something.</param>
    public async Task<List<string>> Compare(TestStudy last, Func<Func<TestStudy, Task>, Task> run)
    {
        List<string> wrong = [.. Lost()];
        if (Ask<long>(SelectForgotten).Single() is > 0 and var forgotten)
        {
            wrong.Add($"{forgotten} results or series were forgotten");
        }

        GradingCounts full = default;
        await run(async study => full = await study.GradeFully());
        if (full.Differences > 0)
        {
            wrong.Add($"a full run found {full.Differences} differences");
        }

        await using var alone = await Alone(last);
        await alone.Grade();
        using var connection = alone.Database.Read();
        foreach (var (name, sql) in GradedRows.Statements)
        {
            var (shared, expected) = (Ask<string>(sql), connection.Query<string>(sql).ToList());
            if (!shared.SequenceEqual(expected))
            {
                wrong.Add($"{name} differ from those of one server: {string.Join("; ", shared.Except(expected).Take(3))} / {string.Join("; ", expected.Except(shared).Take(3))}");
            }
        }

        return wrong;
    }

    private IEnumerable<string> Lost()
    {
        var onFile = Ask<(long Key, string Laboratory, string Id, long Version)>(SelectSent).Select(row => (row.Laboratory, row.Id, row.Version)).ToHashSet();
        foreach (var (identity, answers) in _answers)
        {
            var stored = answers.Count(answer => Stored.Contains(answer.Answer));
            if (stored > 1)
            {
                yield return $"{identity} was stored {stored} times";
            }

            if (!onFile.Contains(identity) && answers.Exists(answer => answer.Answer != Disposition.Rejected && answer.Answer != Disposition.Duplicate))
            {
                yield return $"{identity} was acknowledged and is lost";
            }
        }

        foreach (var identity in onFile.Where(identity => !_answers.ContainsKey(identity)))
        {
            yield return $"{identity} is on file and was never answered";
        }
    }

    // The same results one after the other, in the order in which they were committed, to one server that nobody disturbs.
    private async Task<TestStudy> Alone(TestStudy last)
    {
        var path = file + "-alone";
        await MakeStudy(path);
        List<LabResult> sent = [];
        Write(TimeProvider.System, session => sent.AddRange(Ask<(long Key, string Laboratory, string Id, long Version)>(SelectSent)
            .SelectMany(row => ResultStore.ReadByKey(session, last.Study.StudyKey, row.Key)).Select(row => row.Result)));
        var alone = TestStudy.Join(new SqliteDialect(path), TimeProvider.System);
        await changes.MakeAll(alone);
        for (var (from, to) = (0, 0); from < sent.Count; from = to)
        {
            to = sent.FindIndex(from, result => result.Laboratory != sent[from].Laboratory) is >= 0 and var other ? other : sent.Count;
            await SimulatedServer.Push(alone, sent[from].Laboratory, sent[from..to]);
        }

        return alone;
    }

    private static async Task<byte[]> MakeTemplate()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using (var study = TestStudy.Join(new SqliteDialect(path), TimeProvider.System))
        {
            await study.Studies.Create(
                new Study { StudyId = TestStudy.StudyId, TimeZone = "UTC", RuleSets = [Study.DefaultRuleSet], Arms = ["A", "B"] },
                TestStudy.Tester,
                CancellationToken.None);
        }

        // Closed by its last connection, the file has everything and there is no log beside it.
        var bytes = await File.ReadAllBytesAsync(path);
        File.Delete(path);
        return bytes;
    }

    private void Write(TimeProvider time, Action<WriteSession> work)
    {
        var dialect = new SqliteDialect(file, isShared: true);
        using var connection = dialect.OpenWriter();
        using var transaction = dialect.BeginWrite(connection);
        Database.Prepare(connection, transaction, dialect, time, work);
        transaction.Commit();
    }

    private List<T> Ask<T>(string sql)
    {
        using DbConnection connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        return connection.Query<T>(sql).AsList();
    }
}

using Dapper;
using LabServer.Core.Audit;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support.Tds;

namespace LabServer.Core.Tests.Support;

/// <summary>
/// A database with one study that takes in results either way. Its clock stands still, so that two of them that were given the
/// same are the same.
/// </summary>
internal sealed class IngestionTwin : IAsyncDisposable
{
    private const string StudyId = "S1";

    private const string InsertSubject = """
        INSERT INTO subject (study_key, subject_id, arm, planned_arm, sex, birth_date, first_dose_at, site_id, registered_us, changed_us)
        SELECT @studyKey, @subjectId, '', '', 0, '', '', '', 0, 0
        WHERE NOT EXISTS (SELECT 1 FROM subject WHERE study_key = @studyKey AND subject_id = @subjectId)
        """;

    private static readonly FixedTime Time = new("2021-06-01T12:00:00Z");
    private static readonly Author Tester = new("tester", "a test");

    private readonly Database _database;
    private readonly string _path;
    private readonly TdsServer? _server;
    private readonly ResultStore _results;
    private readonly HeldResults _held;
    private readonly CurrentCatalogue _catalogue;
    private readonly Study _study;

    private IngestionTwin(string path, Dialect dialect, bool atOnce, TdsServer? server = null)
    {
        _path = path;
        _server = server;
        _database = Database.Open(dialect, Time, session => RuleSetStore.Register(session, Core.Grading.RuleSets.All));
        _catalogue = CatalogueStore.Open(_database, TestCatalogue.Default);
        var directory = new SubjectDirectory();
        _held = new HeldResults(_catalogue, directory, Time);
        _results = new ResultStore(_database, directory, _catalogue, Time) { StoresAtOnce = atOnce };
        _study = new StudyStore(_database, Time).Find(StudyId)!;
    }

    /// <summary>Makes the file from which twins begin: a study with a subject, and nothing sent.</summary>
    public static async Task Prepare(string path)
    {
        var database = Database.Open(new SqliteDialect(path), Time, session => RuleSetStore.Register(session, Core.Grading.RuleSets.All));
        await using (database)
        {
            await new StudyStore(database, Time).Create(
                new Study { StudyId = StudyId, TimeZone = "UTC", RuleSets = [Study.DefaultRuleSet], Arms = ["A", "B"] }, Tester, CancellationToken.None);
        }

        await using var twin = new IngestionTwin(path, new SqliteDialect(path), atOnce: false);
        await twin.Register("01");
    }

    /// <summary>A database that begins as the prepared file is.</summary>
    /// <param name="prepared">That file.</param>
    /// <param name="path">Its own.</param>
    /// <param name="atOnce">Whether it stores a batch at once, or result by result.</param>
    public static IngestionTwin Open(string prepared, string path, bool atOnce)
    {
        Copy(prepared, path);
        return new IngestionTwin(path, new SqliteDialect(path), atOnce);
    }

    /// <summary>The same by way of SqlClient, which stores a batch at once, with SQLite behind the protocol.</summary>
    public static IngestionTwin OpenBehindProtocol(string prepared, string path)
    {
        Copy(prepared, path);
        var server = SqliteEngine.Start(path, Time);
        return new IngestionTwin(path, new SqlServerDialect(server.ConnectionString), atOnce: true, server);
    }

    /// <summary>
    /// Registers a subject and releases its results. Not by the store, whose entry in the trail seals the arm with a salt, which no
    /// two databases share.
    /// </summary>
    public Task Register(string subjectId) => _database.Writer.Run(
        session =>
        {
            session.Connection.Execute(InsertSubject, new { studyKey = _study.StudyKey, subjectId }, session.Transaction);
            _held.ReleaseSubjects(session, _study, [subjectId], Tester);
        },
        rows: 1,
        CancellationToken.None);

    /// <summary>Stores batches in one transaction, which at its end fails if it is to.</summary>
    /// <returns>What became of each result, as text; of one that failed, that it did.</returns>
    public async Task<IReadOnlyList<string>> Append(IEnumerable<(string Laboratory, string Sender, IReadOnlyList<LabResult> Results)> batches, bool fails)
    {
        var context = new CheckContext(Time, _study.Zone(), _catalogue.Value);
        var ready = batches.Select(batch => new ResultBatch(
            _study,
            batch.Laboratory,
            batch.Sender,
            context,
            [.. batch.Results.Select(result => ResultChecks.Check(result with { StudyId = StudyId, Laboratory = batch.Laboratory }, context))])).ToList();
        try
        {
            return await _database.Writer.Run<IReadOnlyList<string>>(
                session =>
                {
                    var outcomes = ready.SelectMany(batch => _results.Append(session, batch)).Select(Text).ToList();
                    return fails ? throw new OperationCanceledException("for this test") : outcomes;
                },
                rows: 1,
                CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            return ["failed"];
        }
    }

    /// <summary>Closes the database, and gives each table with the number of its rows and a hash over them.</summary>
    public async Task<IReadOnlyList<string>> Close()
    {
        await DisposeAsync();
        return DatabaseDump.Tables(_path, [], []);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    // Two connections of the file before that closed at once may each have left its log to the other; it is not one of this file.
    private static void Copy(string prepared, string path)
    {
        File.Delete(path + "-wal");
        File.Copy(prepared, path, overwrite: true);
    }

    private static string Text(ResultOutcome outcome) =>
        $"{outcome.Disposition}/{outcome.OnFile}/{outcome.HoldReasons}/{string.Join(';', outcome.Faults)}";
}

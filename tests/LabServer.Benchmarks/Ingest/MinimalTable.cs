using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using LabServer.Api.V1;

namespace LabServer.Benchmarks.Ingest;

/// <summary>
/// The baseline: one thread that writes the same results into a table that has their columns, one unique key and no other
/// index, through SQLite's C API, 10,000 a transaction, each on the disk before the next.
/// </summary>
internal sealed class MinimalTable : IDisposable
{
    private const int RowsATransaction = 10_000;
    private const int Done = 101;

    private const string Create = """
        CREATE TABLE minimal (laboratory TEXT NOT NULL, source_result_id TEXT NOT NULL, version INTEGER NOT NULL, subject_id TEXT NOT NULL,
            specimen TEXT NOT NULL, category TEXT NOT NULL, test_code TEXT NOT NULL, reported_value TEXT NOT NULL, reported_unit TEXT NOT NULL,
            reference_low TEXT NOT NULL, reference_high TEXT NOT NULL, collected_at TEXT NOT NULL, resulted_at TEXT NOT NULL, visit TEXT NOT NULL,
            visit_number TEXT NOT NULL, instrument TEXT NOT NULL, method TEXT NOT NULL, specimen_condition TEXT NOT NULL,
            status INTEGER NOT NULL, fasting INTEGER NOT NULL, UNIQUE (laboratory, source_result_id, version))
        """;

    private const string Insert = """
        INSERT INTO minimal (laboratory, source_result_id, version, subject_id, specimen, category, test_code, reported_value, reported_unit,
            reference_low, reference_high, collected_at, resulted_at, visit, visit_number, instrument, method, specimen_condition, status, fasting)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-minimal-").FullName;
    private readonly nint _database;

    /// <summary>Makes the table in a folder of its own.</summary>
    public MinimalTable()
    {
        Check(SqliteApi.Open(Path.Combine(_folder, "minimal.db"), out _database, SqliteApi.ReadWriteCreate, 0));
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("PRAGMA cache_size = -65536");
        Execute("PRAGMA wal_autocheckpoint = 4000");
        Execute(Create);
    }

    /// <summary>Inserts rows; those that are there already are left.</summary>
    /// <returns>The time of the inserts and commits, without that of making the rows.</returns>
    public async Task<Pace> Add(IAsyncEnumerable<Api.ResultBatch> batches, bool mayBeThere)
    {
        Check(SqliteApi.Prepare(_database, mayBeThere ? Insert + " ON CONFLICT DO NOTHING" : Insert, -1, out var statement, 0));
        var total = new Pace(0, TimeSpan.Zero, TimeSpan.Zero, 0);
        var rows = new List<Row>(RowsATransaction);
        await foreach (var batch in batches)
        {
            rows.AddRange(batch.Results.Select(result => Row.Of(batch.Laboratory, result)));
            if (rows.Count >= RowsATransaction)
            {
                total += Write(statement, rows);
                rows.Clear();
            }
        }

        total += Write(statement, rows);
        Check(SqliteApi.Release(statement));
        return total;
    }

    /// <summary>Inserts rows, each in a transaction of its own.</summary>
    /// <returns>Milliseconds of each, insert and commit.</returns>
    public IReadOnlyList<double> AddOneByOne(string laboratory, IEnumerable<LabResult> results)
    {
        Check(SqliteApi.Prepare(_database, Insert, -1, out var statement, 0));
        var taken = results.Select(result => Row.Of(laboratory, result)).ToList()
            .ConvertAll(row => Write(statement, [row]).Taken.TotalMilliseconds);
        Check(SqliteApi.Release(statement));
        return taken;
    }

    public void Dispose()
    {
        Check(SqliteApi.Close(_database));
        Directory.Delete(_folder, recursive: true);
    }

    private Pace Write(nint statement, List<Row> rows)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        Execute("BEGIN IMMEDIATE");
        foreach (var row in rows)
        {
            row.Bind(statement);
            if (SqliteApi.Step(statement) != Done)
            {
                throw new InvalidOperationException("A row was not inserted.");
            }

            Check(SqliteApi.Reset(statement));
        }

        Execute("COMMIT");
        return new Pace(rows.Count, Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - processor, 0);
    }

    private void Execute(string sql) => Check(SqliteApi.Execute(_database, sql, 0, 0, 0));

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"SQLite answers {result}.");
        }
    }

    // Texts as UTF-8 one behind the other, in memory that does not move.
    private sealed record Row(byte[] Utf8, int[] Lengths, long Version, long Status, long Fasting)
    {
        // Positions of the statement, in the order of the texts.
        private static readonly int[] Positions = [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];

        public static Row Of(string laboratory, LabResult result)
        {
            string[] texts =
            [
                laboratory, result.SourceResultId, result.SubjectId, result.Specimen, result.Category, result.TestCode, result.ReportedValue,
                result.ReportedUnit, result.ReferenceLow, result.ReferenceHigh, result.CollectedAt, result.ResultedAt, result.Visit,
                result.VisitNumber, result.Instrument, result.Method, result.SpecimenCondition,
            ];
            var lengths = texts.Select(Encoding.UTF8.GetByteCount).ToArray();
            var utf8 = GC.AllocateUninitializedArray<byte>(lengths.Sum() + 1, pinned: true);
            var at = 0;
            foreach (var text in texts)
            {
                at += Encoding.UTF8.GetBytes(text, utf8.AsSpan(at));
            }

            return new Row(utf8, lengths, result.Version, (long)result.Status, (long)result.Fasting);
        }

        public void Bind(nint statement)
        {
            var text = Marshal.UnsafeAddrOfPinnedArrayElement(Utf8, 0);
            for (var i = 0; i < Lengths.Length; i++)
            {
                Check(SqliteApi.BindText(statement, Positions[i], text, Lengths[i], 0));
                text += Lengths[i];
            }

            Check(SqliteApi.BindInt64(statement, 3, Version));
            Check(SqliteApi.BindInt64(statement, 19, Status));
            Check(SqliteApi.BindInt64(statement, 20, Fasting));
        }
    }
}

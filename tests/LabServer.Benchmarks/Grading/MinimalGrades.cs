using System.Buffers.Text;
using System.Diagnostics;
using LabServer.Benchmarks.Ingest;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Grading;

/// <summary>
/// The baseline of the grading job: one thread that reads the results of the same file, sorts them by series, and writes as many
/// grade rows, without grading, events or anything else, through SQLite's C API, 10,000 a transaction, each on the disk
/// before the next.
/// </summary>
internal static class MinimalGrades
{
    private const int RowsATransaction = 10_000;

    private const string SelectTerms = "SELECT DISTINCT test_key, term_key FROM grade ORDER BY test_key, term_key";

    private const string SelectResults = """
        SELECT result_key, subject_key, test_key, collected_us, standard_value, reference_low, reference_high FROM result ORDER BY result_key
        """;

    private const string CreateGrades = """
        CREATE TABLE grade (
            subject_key INTEGER NOT NULL, test_key INTEGER NOT NULL, term_key INTEGER NOT NULL, collected_us INTEGER NOT NULL,
            result_key INTEGER NOT NULL, grade INTEGER, reason INTEGER NOT NULL, criterion_key INTEGER, value REAL, lower_limit REAL,
            upper_limit REAL, unit_key INTEGER, baseline_result_key INTEGER, baseline REAL, baseline_indicator INTEGER NOT NULL,
            qualifier INTEGER NOT NULL, marks INTEGER NOT NULL, facts INTEGER NOT NULL, range_source INTEGER NOT NULL, range_key INTEGER,
            PRIMARY KEY (subject_key, test_key, term_key, collected_us, result_key)
        ) WITHOUT ROWID
        """;

    private const string InsertGrade = """
        INSERT INTO grade VALUES (?, ?, ?, ?, ?, 0, 0, 1, ?, ?, ?, 1, ?, ?, 2, 0, 0, 0, 1, NULL)
        """;

    /// <summary>Does it in a file of its own.</summary>
    /// <param name="server">File of the server that has graded.</param>
    /// <returns>How long it took, and the grade rows written.</returns>
    public static (TimeSpan Taken, long Grades) Run(string server)
    {
        var folder = Directory.CreateTempSubdirectory("labserver-minimal-");
        try
        {
            using var source = new MinimalDatabase(server);
            using var target = new MinimalDatabase(Path.Combine(folder.FullName, "grades.db"));
            target.Execute(CreateGrades);
            var terms = Terms(source);
            var began = Stopwatch.GetTimestamp();
            var results = Results(source);
            results.Sort((a, b) => (a.SubjectKey, a.TestKey, a.CollectedUs, a.ResultKey).CompareTo((b.SubjectKey, b.TestKey, b.CollectedUs, b.ResultKey)));
            var written = Write(target, results, terms);
            return (Stopwatch.GetElapsedTime(began), written);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ILookup<long, long> Terms(MinimalDatabase source)
    {
        var terms = new List<(long Test, long Term)>();
        var statement = source.Prepare(SelectTerms);
        while (SqliteApi.Step(statement) == MinimalDatabase.Row)
        {
            terms.Add((SqliteApi.ColumnInt64(statement, 0), SqliteApi.ColumnInt64(statement, 1)));
        }

        MinimalDatabase.Check(SqliteApi.Release(statement));
        return terms.ToLookup(row => row.Test, row => row.Term);
    }

    private static List<Row> Results(MinimalDatabase source)
    {
        var rows = new List<Row>();
        var statement = source.Prepare(SelectResults);
        while (SqliteApi.Step(statement) == MinimalDatabase.Row)
        {
            rows.Add(new Row(
                SqliteApi.ColumnInt64(statement, 0),
                SqliteApi.ColumnInt64(statement, 1),
                SqliteApi.ColumnInt64(statement, 2),
                SqliteApi.ColumnInt64(statement, 3),
                SqliteApi.ColumnDouble(statement, 4),
                Number(statement, 5),
                Number(statement, 6)));
        }

        MinimalDatabase.Check(SqliteApi.Release(statement));
        return rows;
    }

    private static unsafe double Number(nint statement, int ordinal)
    {
        var text = new ReadOnlySpan<byte>((void*)SqliteApi.ColumnText(statement, ordinal), SqliteApi.ColumnBytes(statement, ordinal));
        return Utf8Parser.TryParse(text, out double number, out _) ? number : double.NaN;
    }

    // Series by series, term by term, as the key of the table has them.
    private static long Write(MinimalDatabase target, List<Row> rows, ILookup<long, long> terms)
    {
        var statement = target.Prepare(InsertGrade);
        var written = 0L;
        target.Execute("BEGIN IMMEDIATE");
        for (var start = 0; start < rows.Count;)
        {
            var end = start + 1;
            while (end < rows.Count && rows[end].SubjectKey == rows[start].SubjectKey && rows[end].TestKey == rows[start].TestKey)
            {
                end++;
            }

            foreach (var term in terms[rows[start].TestKey])
            {
                for (var i = start; i < end; i++)
                {
                    Insert(statement, rows[i], term, rows[start]);
                    if (++written % RowsATransaction == 0)
                    {
                        target.Execute("COMMIT");
                        target.Execute("BEGIN IMMEDIATE");
                    }
                }
            }

            start = end;
        }

        target.Execute("COMMIT");
        MinimalDatabase.Check(SqliteApi.Release(statement));
        return written;
    }

    private static void Insert(nint statement, in Row row, long term, in Row first)
    {
        MinimalDatabase.Check(SqliteApi.BindInt64(statement, 1, row.SubjectKey));
        MinimalDatabase.Check(SqliteApi.BindInt64(statement, 2, row.TestKey));
        MinimalDatabase.Check(SqliteApi.BindInt64(statement, 3, term));
        MinimalDatabase.Check(SqliteApi.BindInt64(statement, 4, row.CollectedUs));
        MinimalDatabase.Check(SqliteApi.BindInt64(statement, 5, row.ResultKey));
        MinimalDatabase.Check(SqliteApi.BindDouble(statement, 6, row.Value));
        MinimalDatabase.Check(SqliteApi.BindDouble(statement, 7, row.Lower));
        MinimalDatabase.Check(SqliteApi.BindDouble(statement, 8, row.Upper));
        MinimalDatabase.Check(SqliteApi.BindInt64(statement, 9, first.ResultKey));
        MinimalDatabase.Check(SqliteApi.BindDouble(statement, 10, first.Value));
        MinimalDatabase.Run(statement);
    }

    private readonly record struct Row(
        long ResultKey, long SubjectKey, long TestKey, long CollectedUs, double Value, double Lower, double Upper);
}

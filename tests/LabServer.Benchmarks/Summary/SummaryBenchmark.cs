using LabServer.Api.V1;
using LabServer.Benchmarks.Support;
using Microsoft.Data.Sqlite;

namespace LabServer.Benchmarks.Summary;

/// <summary>
/// How long tables take to be answered, over loopback gRPC, one call after the other. The baseline is the SQL one would
/// write by hand for that one table, run on the same file by a connection of its own; of statistics, the SQL that fetches
/// the rows they are made of and nothing else.
/// </summary>
internal static class SummaryBenchmark
{
    private const string RuleSet = "ctcae-5.0";
    private const int Subjects = 1_000;
    private const int Visits = 26;
    private const int Calls = 200;
    private const int CallsAtATime = 10;

    // Until the runtime has compiled the server's code for good.
    private const int WarmUpCalls = 40;
    private const double MedianAim = 50;
    private const double P99Aim = 100;
    private const double RatioAim = 1.5;

    /// <summary>Loads the study and measures each table.</summary>
    /// <param name="quick">A tenth of the subjects and calls.</param>
    /// <param name="data">Folder of the study, which stays; null: one that goes.</param>
    /// <param name="only">Only tables whose name has this.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<Figure>> Run(bool quick, DirectoryInfo? data, string only, CancellationToken cancellation)
    {
        var study = new SyntheticStudy(quick ? Subjects / 10 : Subjects, Visits);
        await using var server = await MeasuredServer.Start(data, cancellation);
        await Console.Out.WriteLineAsync(await LoadedStudy.Load(server, study, RuleSet, cancellation));
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(server.Folder, "labserver.db"), Mode = SqliteOpenMode.ReadOnly }.ToString());
        await connection.OpenAsync(cancellation);

        var figures = new List<Figure>();
        foreach (var table in SummaryTables.All(new SummariesService.SummariesServiceClient(server.Channel)).Where(table => table.Name.Contains(only, StringComparison.Ordinal)))
        {
            figures.AddRange(await Measure(server, connection, table, quick ? Calls / 10 : Calls, study.Results, cancellation));
        }

        return figures;
    }

    // In turns, so that what else the machine does meets both alike.
    private static async Task<IReadOnlyList<Figure>> Measure(
        MeasuredServer server, SqliteConnection connection, SummaryTable table, int calls, long results, CancellationToken cancellation)
    {
        var (served, byHand) = (new List<double>(), new List<double>());
        var processor = TimeSpan.Zero;
        await Spread.Times(() => table.Call(cancellation), WarmUpCalls);
        while (served.Count < calls)
        {
            var before = server.ProcessorTime;
            served.AddRange(await Spread.Times(() => table.Call(cancellation), CallsAtATime));
            processor += server.ProcessorTime - before;
            byHand.AddRange(await Spread.Times(() => ReadAll(connection, table.Sql), CallsAtATime));
        }

        var (own, other) = (Spread.Of(served), Spread.Of(byHand));
        var baseline = table.IsRowsOnly ? "the rows by SQL" : "SQL by hand";
        return
        [
            new($"{table.Name}, median", own.Median, other.Median, "under 50 ms", own.Median < MedianAim, "ms", results),
            new($"{table.Name}, median to {baseline}", own.Median, other.Median, "ratio at most 1.5", own.Median / other.Median <= RatioAim, "ms", results),
            new($"{table.Name}, p99", own.P99, other.P99, "under 100 ms", own.P99 < P99Aim, "ms", results),
            new($"{table.Name}, processor time of the server", processor.TotalMilliseconds / calls, null, null, true, "ms", results),
        ];
    }

    private static Task ReadAll(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new object[reader.FieldCount];
        while (reader.Read())
        {
            reader.GetValues(values);
        }

        return Task.CompletedTask;
    }
}

using LabServer.Api.V1;
using LabServer.Benchmarks.Support;
using Microsoft.Data.Sqlite;

namespace LabServer.Benchmarks.Summary;

/// <summary>
/// How long tables take to be answered, over loopback gRPC, one call after the other. The baseline is the SQL one would
/// write by hand for that one table, run on the same file by a connection of its own.
/// </summary>
internal static class SummaryBenchmark
{
    private const string RuleSet = "ctcae-5.0";
    private const int Subjects = 1_000;
    private const int Visits = 25;
    private const int Calls = 200;
    private const double MedianAim = 50;
    private const double P99Aim = 100;
    private const double RatioAim = 1.5;

    /// <summary>Loads the study and measures each table.</summary>
    /// <param name="quick">A tenth of the subjects.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<Figure>> Run(bool quick, CancellationToken cancellation)
    {
        var study = new SyntheticStudy(quick ? Subjects / 10 : Subjects, Visits);
        await using var server = await MeasuredServer.Start(cancellation);
        await LoadedStudy.Load(server, study, RuleSet, cancellation);
        var summaries = new SummariesService.SummariesServiceClient(server.Channel);
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(server.Folder, "labserver.db"), Mode = SqliteOpenMode.ReadOnly }.ToString());
        await connection.OpenAsync(cancellation);

        var figures = new List<Figure>();
        foreach (var table in SummaryTables.All(summaries))
        {
            var served = await Spread.Of(() => table.Call(cancellation), Calls);
            var byHand = await Spread.Of(() => ReadAll(connection, table.Sql), Calls);
            var ratio = served.Median / byHand.Median;
            figures.Add(new Figure($"{table.Name}, median", served.Median, byHand.Median, "under 50 ms", served.Median < MedianAim, "ms", study.Results));
            figures.Add(new Figure($"{table.Name}, median to SQL by hand", served.Median, byHand.Median, "ratio at most 1.5", ratio <= RatioAim, "ms", study.Results));
            figures.Add(new Figure($"{table.Name}, p99", served.P99, byHand.P99, "under 100 ms", served.P99 < P99Aim, "ms", study.Results));
        }

        return figures;
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

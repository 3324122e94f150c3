using Grpc.Core;
using Grpc.Net.Client;
using LabServer.Api.V1;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace LabServer.Tests.Summaries;

/// <summary>What the server holds while it exports, whoever reads it and however slowly.</summary>
[Collection(Alone.Name)]
public sealed class SlowExportTests
{
    private const int SlowClients = 4;
    private const long Megabyte = 1 << 20;

    [Fact]
    public async Task ExportDataset_ClientsThatStopReading_HoldUpNeitherMemoryNorOthersAndGetTheStateTheyBeganWith()
    {
        await using var server = await ServerFixture.Start();
        var trial = await Filled(server, subjects: 1000);
        // What the server keeps from its first result and grading on is none of the clients' doing.
        await trial.Submit(Trial.Alt("early", "50", subject: "00001"));
        await trial.Grade();
        var connections = new CountedConnections();
        using var channel = server.OpenChannel(new GrpcChannelOptions { HttpHandler = connections.Handler(), DisposeHttpClient = true });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var slow = Enumerable.Range(0, SlowClients).Select(_ => Export(channel, trial)).ToList();
        foreach (var call in slow)
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        // Results come in, are graded and are read, and an export is read from start to end: time enough for the slow ones'
        // rows to pile up, did anybody collect them.
        await trial.Submit(Trial.Alt("late", "50", subject: "00001"));
        await trial.Grade();
        var (rows, bytes) = await ReadOn(Export(server.Channel, trial));

        Assert.Equal(50_002, rows);
        Assert.True(bytes > 5 * Megabyte, $"{bytes} bytes are enough to show that they are not collected");
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(connections.Received < SlowClients * bytes / 4, $"{connections.Received} bytes were sent to clients that do not read");
        Assert.True(held < SlowClients * bytes / 4, $"{held} bytes are held for clients that do not read");
        foreach (var call in slow)
        {
            var first = call.ResponseStream.Current;
            var (rest, more) = await ReadOn(call);
            Assert.Equal((50_001, 50_001), (first.TotalRows, rest));
            Assert.True(first.Content.Length + more < bytes);
        }
    }

    [Fact]
    public async Task ExportDataset_ClientThatHangsUp_LeavesNothingBehind()
    {
        await using var server = await ServerFixture.Start();
        var trial = await Filled(server, subjects: 400);
        using (var call = Export(server.Channel, trial))
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        // A snapshot that stays open would keep the log of the database from being taken up.
        await trial.Submit(Trial.Alt("late", "50", subject: "00001"));
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataFolder, "labserver.db")};Pooling=False");
        await connection.OpenAsync();
        await Eventually.True(() => IsTakenUp(connection), "no reader holds the log of the database");
    }

    [Fact]
    public async Task ExportDataset_ClientThatStopsReading_IsEndedAfterTheTimeSetLetsGoOfTheLogAndIsToldWhenItReadsOn()
    {
        await using var server = await ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Storage:ReaderPartWait"] = "00:00:01" });
        var trial = await Filled(server, subjects: 400);
        using var call = Export(server.Channel, trial);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        // A snapshot that stays open would keep the log of the database from being taken up, and let it grow without bound.
        await trial.Submit(Trial.Alt("late", "50", subject: "00001"));
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataFolder, "labserver.db")};Pooling=False");
        await connection.OpenAsync();
        Assert.False(IsTakenUp(connection));
        await Eventually.True(() => IsTakenUp(connection), "the export lets go of the log of the database");

        await Refused.With(StatusCode.Aborted, "READER_TOO_SLOW", () => ReadOn(call));
    }

    [Fact]
    public async Task SummarizeShifts_ClientThatStopsReading_IsEndedAfterTheTimeSet()
    {
        await using var server = await ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Storage:ReaderPartWait"] = "00:00:01" });
        var trial = await Trial.Create(server);
        // A stratum each, with a long name: tables that are larger than what is sent to a client that does not read.
        string[] subjects = [.. Enumerable.Range(1, 500).Select(i => FormattableString.Invariant($"{i:0000}"))];
        await trial.Register([.. subjects.Select(id => new Subject { SubjectId = id, Arm = "A", FirstDoseAt = "2021-03-01", SiteId = id.PadLeft(200, 's') })]);
        foreach (var visit in Enumerable.Range(2, 8))
        {
            await trial.Submit([.. subjects.Select(id => AtVisit(id, visit))]);
        }

        await trial.Grade();
        using var call = trial.Summaries.SummarizeShifts(
            new SummarizeShiftsRequest { StudyId = trial.StudyId, By = ShiftBy.Indicator, Test = "ALT", SplitBy = "site" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        await trial.Submit(Trial.Alt("late", "50", subject: "0001"));
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataFolder, "labserver.db")};Pooling=False");
        await connection.OpenAsync();
        Assert.False(IsTakenUp(connection));
        await Eventually.True(() => IsTakenUp(connection), "the tables let go of the log of the database");

        await Refused.With(StatusCode.Aborted, "READER_TOO_SLOW", async () => await call.ResponseStream.ReadAllAsync().CountAsync());

        static LabResult AtVisit(string subject, int visit)
        {
            var result = Trial.Alt(FormattableString.Invariant($"{subject}/{visit}"), "30", FormattableString.Invariant($"2021-03-{visit:00}"), subject);
            result.Visit = FormattableString.Invariant($"Day {visit}");
            return result;
        }
    }

    [Fact]
    public async Task ExportDataset_KeyIsRevokedMeanwhile_EndsAtItsNextPart()
    {
        await using var server = await ServerFixture.Start();
        var trial = await Filled(server, subjects: 400);
        var made = await server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "statistician", Role = Role.Statistician });
        using var channel = server.OpenChannel(key: made.Text);
        using var call = Export(channel, trial);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        await server.Access.RevokeKeyAsync(new RevokeKeyRequest { Name = "statistician" });

        await Refused.With(StatusCode.Unauthenticated, "KEY_UNKNOWN", () => ReadOn(call));
    }

    [Fact]
    public async Task ExportDataset_ClientThatReadsAPartNowAndThen_IsEndedWhenItHasKeptTheServerWaitingTooLongInAll()
    {
        await using var server = await ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Storage:ReaderWait"] = "00:00:01" });
        var trial = await Filled(server, subjects: 2000);
        using var call = Export(server.Channel, trial);

        await Refused.With(StatusCode.Aborted, "READER_TOO_SLOW", async () =>
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        });
    }

    [Fact]
    public async Task ExportDataset_TenTimesTheRows_NeedsNoMoreMemory()
    {
        var (rows, held) = await MostHeld(subjects: 400);
        var (moreRows, moreHeld) = await MostHeld(subjects: 4000);

        Assert.Equal((20_000, 200_000), (rows, moreRows));
        Assert.True(moreHeld < Math.Max(held, Megabyte) * 2, $"{rows} rows: {held} bytes held; {moreRows} rows: {moreHeld}");
    }

    // The most bytes that are alive over what was before the export, looked at ten times in its course.
    private static async Task<(long Rows, long Held)> MostHeld(int subjects)
    {
        await using var server = await ServerFixture.Start();
        var trial = await Filled(server, subjects);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var call = Export(server.Channel, trial);
        var (rows, held, next) = (0L, 0L, 0L);
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            rows = call.ResponseStream.Current.Rows;
            if (rows >= next)
            {
                held = Math.Max(held, GC.GetTotalMemory(forceFullCollection: true) - before);
                next += subjects * LargeStudy.ResultsPerSubject / 10;
            }
        }

        return (rows, held);
    }

    private static async Task<Trial> Filled(ServerFixture server, int subjects)
    {
        var trial = await Trial.Create(server);
        await LargeStudy.Write(server.Services.GetRequiredService<Database>(), subjects);
        // What every later call of its kind has warm.
        await ReadOn(Export(server.Channel, trial));
        return trial;
    }

    private static bool IsTakenUp(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using var reader = command.ExecuteReader();
        return reader.Read() && reader.GetInt64(0) == 0;
    }

    private static AsyncServerStreamingCall<ExportDatasetResponse> Export(GrpcChannel channel, Trial trial) =>
        new SummariesService.SummariesServiceClient(channel).ExportDataset(
            new ExportDatasetRequest { StudyId = trial.StudyId, Dataset = Dataset.Lb });

    private static async Task<(long Rows, long Bytes)> ReadOn(AsyncServerStreamingCall<ExportDatasetResponse> call)
    {
        var (rows, bytes) = (0L, 0L);
        await foreach (var part in call.ResponseStream.ReadAllAsync())
        {
            (rows, bytes) = (part.Rows, bytes + part.Content.Length);
        }

        return (rows, bytes);
    }
}

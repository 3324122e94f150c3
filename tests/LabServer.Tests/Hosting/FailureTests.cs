using Dapper;
using Grpc.Core;
using Grpc.Net.Client;
using LabServer.Api;
using LabServer.Api.V1;
using LabServer.Core.Storage;
using LabServer.Limits;
using LabServer.Tests.Support;

namespace LabServer.Tests.Hosting;

/// <summary>What callers see of failures that no service expects.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task Call_ServiceFailsUnexpectedly_IsInternalAndTellsOnlyACorrelation()
    {
        await using var server = await ServerFixture.Start();
        server.ExpectError(entry => entry.EventId == 510);
        Execute(server, "DROP TABLE job_run");

        var failed = await Assert.ThrowsAsync<RpcException>(() => server.Jobs.ListJobRunsAsync(new ListJobRunsRequest()).ResponseAsync);

        var fault = RpcFault.Read(failed);
        Assert.Equal((StatusCode.Internal, "INTERNAL"), (fault.Code, fault.Reason));
        Assert.DoesNotContain("job_run", fault.Message, StringComparison.Ordinal);
        var logged = Assert.Single(server.Log, entry => entry.EventId == 510);
        Assert.Contains(fault.Metadata["correlation_id"], logged.Message, StringComparison.Ordinal);
        Assert.Contains("job_run", logged.Exception!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_ThatFails_IsRecordedAndTheNextOneRuns()
    {
        await using var server = await ServerFixture.Start();
        server.ExpectError(entry => entry.EventId == 4002);
        await SmallTrial.Push(server.Channel, "S", subjects: 1, days: 3);
        Execute(server, "ALTER TABLE grading_state RENAME TO grading_state_away");
        var failed = await Run(server);
        Execute(server, "ALTER TABLE grading_state_away RENAME TO grading_state");

        var next = await Run(server);

        Assert.Equal(Api.V1.JobRunState.Failed, failed.State);
        Assert.Contains("grading_state", failed.Failure, StringComparison.Ordinal);
        Assert.NotNull(failed.EndedAt);
        Assert.Equal((Api.V1.JobRunState.Succeeded, 3L), (next.State, next.Results));
    }

    [Fact]
    public async Task Call_DatabaseIsLocked_WritesAreUnavailableReadsGoOnAndAllGoesOnOnceItIsFree()
    {
        await using var server = await ServerFixture.Start();
        server.ExpectError(entry => entry.EventId == 511);
        await SmallTrial.Push(server.Channel, "S", subjects: 1, days: 3);
        using (var other = new SqliteDialect(Path.Combine(server.DataFolder, "labserver.db")).OpenWriter())
        using (other.BeginTransaction())
        {
            // All at once: none of them waits for those before it.
            var refused = await Task.WhenAll(Enumerable.Range(4, 5).Select(day => Refused.With(
                StatusCode.Unavailable, "DATABASE_BUSY", () => SmallTrial.PushDays(server.Channel, "S", ["0001"], day, days: 1))));
            var counts = await server.Studies.GetStudyAsync(new GetStudyRequest { StudyId = "S" });

            Assert.All(refused, fault => Assert.NotNull(fault.RetryAfter));
            Assert.Equal(3, counts.Results);
        }

        await SmallTrial.PushDays(server.Channel, "S", ["0001"], firstDay: 4, days: 5);
        Assert.Equal((Api.V1.JobRunState.Succeeded, 8L), await Run(server) is var run ? (run.State, run.Results) : default);
    }

    [Fact]
    public async Task Call_DatabaseIsDamagedUnderTheServer_SaysSoAndDoesNotInventAnAnswer()
    {
        await using var server = await ServerFixture.Start();
        server.ExpectError(entry => entry.EventId == 511);
        await SmallTrial.Push(server.Channel, "S", subjects: 20, days: 100);
        var file = Path.Combine(server.DataFolder, "labserver.db");
        Execute(server, "PRAGMA wal_checkpoint(TRUNCATE)");
        await using (var pages = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            // All but the first page, which says only that it is a database.
            pages.Position = 4096;
            await pages.WriteAsync(Enumerable.Repeat((byte)0x5a, (int)pages.Length - 4096).ToArray());
        }

        await Refused.With(
            StatusCode.Unavailable, "DATABASE_DAMAGED", () => SmallTrial.PushDays(server.Channel, "S", ["0001"], firstDay: 101, days: 1));
    }

    [Fact]
    public async Task Call_MessageOverTheLimit_IsResourceExhausted()
    {
        await using var server = await ServerFixture.Start();
        using var channel = server.OpenChannel(new GrpcChannelOptions { MaxSendMessageSize = null });
        var request = new SubmitResultsRequest { StudyId = "S", Laboratory = new string('x', new LimitsOptions().MessageBytes) };

        var refused = await Assert.ThrowsAsync<RpcException>(
            () => new IngestionService.IngestionServiceClient(channel).SubmitResultsAsync(request).ResponseAsync);

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    private static void Execute(ServerFixture server, string sql)
    {
        using var connection = new SqliteDialect(Path.Combine(server.DataFolder, "labserver.db")).OpenWriter();
        connection.Execute(sql);
    }

    private static async Task<Api.V1.JobRun> Run(ServerFixture server)
    {
        using var bound = new CancellationTokenSource(Eventually.Bound);
        var queued = await server.Jobs.RunJobAsync(new RunJobRequest { Job = "grading-incremental", StudyId = "S" });
        using var watch = server.Jobs.WatchJobRun(new WatchJobRunRequest { RunId = queued.Run.RunId }, cancellationToken: bound.Token);
        var last = queued.Run;
        while (await watch.ResponseStream.MoveNext(bound.Token))
        {
            last = watch.ResponseStream.Current.Run;
        }

        return last;
    }
}

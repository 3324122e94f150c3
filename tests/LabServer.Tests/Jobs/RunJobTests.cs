using Grpc.Core;
using LabServer.Api;
using LabServer.Api.V1;
using LabServer.Core.Audit;
using LabServer.Core.Storage;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using JobRunState = LabServer.Api.V1.JobRunState;
using JobTrigger = LabServer.Api.V1.JobTrigger;
using Study = LabServer.Core.Study;

namespace LabServer.Tests.Jobs;

public sealed class RunJobTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("grading-incremental")]
    [InlineData("grading-full")]
    public async Task RunJob_StudyWithoutResults_RunsToItsEnd(string job)
    {
        await CreateStudy("EMPTY");

        var queued = (await server.Jobs.RunJobAsync(new RunJobRequest { Job = job, StudyId = "EMPTY" })).Run;
        var seen = await Watch(queued.RunId);

        Assert.Equal(JobRunState.Queued, queued.State);
        Assert.Null(queued.StartedAt);
        var last = seen[^1];
        Assert.Equal(JobRunState.Succeeded, last.State);
        Assert.Equal((job, "EMPTY", JobTrigger.Requested), (last.Job, last.StudyId, last.Trigger));
        Assert.True(last.StartedAt <= last.EndedAt);
        Assert.Empty(last.Failure);
        Assert.Equal(last, (await server.Jobs.GetJobRunAsync(new GetJobRunRequest { RunId = queued.RunId })).Run);
        Assert.Contains(last, (await server.Jobs.ListJobRunsAsync(new ListJobRunsRequest())).Runs);
    }

    [Fact]
    public async Task RunJob_ManyAtOnce_EachRunsOnce()
    {
        await CreateStudy("MANY");

        var queued = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => server.Jobs.RunJobAsync(new RunJobRequest { Job = "grading-full", StudyId = "MANY" }).ResponseAsync));
        var ended = await Task.WhenAll(queued.Select(answer => Watch(answer.Run.RunId)));

        Assert.All(ended, run => Assert.Equal(JobRunState.Succeeded, run[^1].State));
        Assert.Equal(8, (await server.Jobs.ListJobRunsAsync(new ListJobRunsRequest { StudyId = "MANY" })).Runs.Count);
    }

    [Theory]
    [InlineData("", "", StatusCode.InvalidArgument, "RUN_JOB_INVALID", "job,study_id")]
    [InlineData("grading-full", "", StatusCode.InvalidArgument, "RUN_JOB_INVALID", "study_id")]
    [InlineData("", "S", StatusCode.InvalidArgument, "RUN_JOB_INVALID", "job")]
    [InlineData("grading", "S", StatusCode.NotFound, "JOB_NOT_FOUND", "")]
    [InlineData("grading-full", "NOWHERE", StatusCode.NotFound, "STUDY_NOT_FOUND", "")]
    public async Task RunJob_WrongRequest_IsRefusedWithDetails(
        string job, string study, StatusCode code, string reason, string fields)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(
            () => server.Jobs.RunJobAsync(new RunJobRequest { Job = job, StudyId = study }).ResponseAsync);

        var fault = RpcFault.Read(refused);
        Assert.Equal((code, reason), (fault.Code, fault.Reason));
        Assert.Equal(fields, string.Join(',', fault.Violations.Select(violation => violation.Field)));
    }

    [Fact]
    public async Task WatchJobRun_OfARunThatHasEnded_GivesItOnceAndEnds()
    {
        await CreateStudy("ENDED");
        var queued = (await server.Jobs.RunJobAsync(new RunJobRequest { Job = "grading-full", StudyId = "ENDED" })).Run;
        await Watch(queued.RunId);

        Assert.Equal(JobRunState.Succeeded, Assert.Single(await Watch(queued.RunId)).State);
    }

    [Theory]
    [InlineData("", StatusCode.InvalidArgument)]
    [InlineData("no-such-run", StatusCode.NotFound)]
    public async Task GetAndWatch_UnknownRun_AreRefused(string runId, StatusCode code)
    {
        var get = await Assert.ThrowsAsync<RpcException>(
            () => server.Jobs.GetJobRunAsync(new GetJobRunRequest { RunId = runId }).ResponseAsync);
        var watch = await Assert.ThrowsAsync<RpcException>(() => Watch(runId));

        Assert.Equal(code, get.StatusCode);
        Assert.Equal(code, watch.StatusCode);
    }

    [Fact]
    public async Task WatchJobRun_ServerStops_IsUnavailable()
    {
        await using var own = await ServerFixture.Start();
        using var channel = own.OpenChannel();
        var runs = own.Services.GetRequiredService<JobRunStore>();
        var waiting = await runs.Queue("grading-full", "S", Core.Storage.JobTrigger.Requested, Author.Server, CancellationToken.None);
        using var watch = new JobsService.JobsServiceClient(channel).WatchJobRun(new WatchJobRunRequest { RunId = waiting.RunId });
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));

        var next = watch.ResponseStream.MoveNext(CancellationToken.None);
        var stopped = own.StopServer();

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => next)).StatusCode);
        await stopped;
    }

    private async Task CreateStudy(string studyId) =>
        await server.Services.GetRequiredService<StudyStore>().Create(new Study { StudyId = studyId }, Author.Server, CancellationToken.None);

    private async Task<List<Api.V1.JobRun>> Watch(string runId)
    {
        using var bound = new CancellationTokenSource(Eventually.Bound);
        using var call = server.Jobs.WatchJobRun(new WatchJobRunRequest { RunId = runId }, cancellationToken: bound.Token);
        var seen = new List<Api.V1.JobRun>();
        while (await call.ResponseStream.MoveNext(bound.Token))
        {
            seen.Add(call.ResponseStream.Current.Run);
        }

        return seen;
    }
}

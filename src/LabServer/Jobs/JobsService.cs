using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Audit;
using LabServer.Core.Access;
using LabServer.Core.Storage;
using LabServer.Studies;
using Quartz;
using JobRun = LabServer.Core.Storage.JobRun;
using JobTrigger = LabServer.Core.Storage.JobTrigger;

namespace LabServer.Jobs;

internal sealed class JobsService(
    JobSchedule schedule, JobRunStore runs, JobRunRecorder recorder, JobRunChanges changes, StudyLookup lookup, Dialect dialect,
    IHostApplicationLifetime lifetime)
    : Api.V1.JobsService.JobsServiceBase
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    [Needs(Permission.ReadJobs)]
    public override async Task<ListJobsResponse> ListJobs(ListJobsRequest request, ServerCallContext context)
    {
        try
        {
            var listed = await schedule.List(context.CancellationToken);
            return new ListJobsResponse { Jobs = { listed.Where(job => context.Caller().Sees(job.StudyId)).Select(job => job.ToWire()) } };
        }
        catch (TimeoutException)
        {
            throw RpcErrors.Unavailable("SCHEDULE_WAITS", "The schedule does not answer: its file cannot be written just now.", RetryAfter);
        }
    }

    [Needs(Permission.RunJobs)]
    public override async Task<RunJobResponse> RunJob(RunJobRequest request, ServerCallContext context)
    {
        var missing = new List<(string, string)>();
        if (request.Job.Length == 0)
        {
            missing.Add(("job", $"Name the job: {JobNames.All}."));
        }

        if (JobNames.IsOfAStudy(request.Job) != request.StudyId.Length > 0)
        {
            missing.Add(("study_id", request.StudyId.Length == 0 ? "Name the study." : $"The job {request.Job} is of the whole server: name no study."));
        }

        if (missing.Count > 0)
        {
            throw RpcErrors.InvalidArgument("RUN_JOB_INVALID", missing);
        }

        var by = context.Author(ReasonChecks.Checked(request.Reason));
        if (JobNames.Describe(request.Job) is null)
        {
            throw RpcErrors.NotFound("job", request.Job);
        }

        if (request.StudyId.Length > 0)
        {
            lookup.Find(context, request.StudyId);
        }
        else if (!context.Caller().May(Permission.Operate))
        {
            // What is of no study is of the whole server.
            throw RpcErrors.PermissionMissing(nameof(Permission.Operate));
        }

        if (request.Job == JobNames.Backup && !dialect.IsFile)
        {
            throw RpcErrors.FailedPrecondition("BACKUPS_BY_ENGINE", "The database is backed up by its own engine, and not by LabServer.");
        }

        var run = await runs.Queue(request.Job, request.StudyId, JobTrigger.Requested, by, context.CancellationToken);
        // Not the caller's to cancel: what is queued is fired.
        await schedule.Soon(() => Fire(run));
        return new RunJobResponse { Run = run.ToWire() };
    }

    private async Task Fire(JobRun run)
    {
        try
        {
            await schedule.Fire(run, CancellationToken.None);
        }
        catch (SchedulerException)
        {
            // The schedule's own file could not be written. The caller is told, and the run is not left waiting for ever.
            await recorder.Fail(run, "the schedule could not be written", CancellationToken.None);
            throw;
        }
    }

    [Needs(Permission.ReadJobs)]
    public override Task<GetJobRunResponse> GetJobRun(GetJobRunRequest request, ServerCallContext context) =>
        Task.FromResult(new GetJobRunResponse { Run = Find(context, request.RunId).ToWire() });

    [Needs(Permission.ReadJobs)]
    public override async Task WatchJobRun(
        WatchJobRunRequest request, IServerStreamWriter<WatchJobRunResponse> responseStream, ServerCallContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        JobRun? told = null;
        while (true)
        {
            var changed = changes.Next;
            var run = Find(context, request.RunId);
            context.RequireStillKnown();
            if (run != told)
            {
                await responseStream.WriteUntil(new WatchJobRunResponse { Run = run.ToWire() }, context, end.Token);
                told = run;
            }

            if (run.HasEnded)
            {
                return;
            }

            await changed.WaitAsync(end.Token);
        }
    }

    [Needs(Permission.ReadJobs)]
    public override Task<ListJobRunsResponse> ListJobRuns(ListJobRunsRequest request, ServerCallContext context)
    {
        var size = PageTokens.Size(request.PageSize);
        var before = request.PageToken.Length == 0 ? long.MaxValue : PageTokens.ReadNumber(request.PageToken);
        // One more than asked for says whether there is a next page.
        var found = runs.List(request.Job, request.StudyId, before, size + 1, context.Caller().Studies);
        var response = new ListJobRunsResponse { Runs = { found.Take(size).Select(run => run.ToWire()) } };
        if (found.Count > size)
        {
            response.NextPageToken = PageTokens.Write(found[size - 1].RunKey);
        }

        return Task.FromResult(response);
    }

    private JobRun Find(ServerCallContext context, string runId) => runId.Length == 0
        ? throw RpcErrors.InvalidArgument("RUN_ID_MISSING", "run_id", "Name the run.")
        : runs.Find(runId) is { } run && context.Caller().Sees(run.StudyId) ? run : throw RpcErrors.NotFound("job run", runId);
}

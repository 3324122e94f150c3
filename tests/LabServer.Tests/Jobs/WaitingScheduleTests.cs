using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Core.Storage;
using LabServer.Tests.Support;
using static LabServer.Api.V1.JobRunState;

namespace LabServer.Tests.Jobs;

/// <summary>The file of the schedule takes no change for a time: a full disk, or another program that holds its lock.</summary>
public sealed class WaitingScheduleTests : IAsyncLifetime
{
    private ServerFixture _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Jobs:ScheduleWait"] = "00:00:00.3" });
        _server.ExpectError(entry => entry.Category.StartsWith("Microsoft.Extensions.Diagnostics.HealthChecks", StringComparison.Ordinal));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Calls_WhileTheFileIsHeld_EndAndWhatTheyChangeFollows()
    {
        await Trial.Create(_server);
        var study = new Study { StudyId = "WAITS", FullGradingCron = "0 0 2 * * ?" };
        Api.V1.JobRun run;
        using (var other = new SqliteDialect(Path.Combine(_server.DataFolder, "quartz.db")).OpenWriter())
        using (other.BeginTransaction())
        {
            await _server.Studies.CreateStudyAsync(new CreateStudyRequest { Study = study });
            run = (await _server.Jobs.RunJobAsync(new RunJobRequest { Job = "grading-full", StudyId = study.StudyId })).Run;

            var fault = await Refused.With(StatusCode.Unavailable, "SCHEDULE_WAITS", _server.Jobs.ListJobsAsync(new ListJobsRequest()));
            Assert.NotNull(fault.RetryAfter);
            using var http = new HttpClient();
            using var ready = await http.GetAsync(new Uri(_server.HttpAddress, "/readyz"));
            Assert.Contains("The schedule does not answer", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(Queued, (await _server.Jobs.GetJobRunAsync(new GetJobRunRequest { RunId = run.RunId })).Run.State);
        }

        await Eventually.True(
            async () => (await _server.Jobs.GetJobRunAsync(new GetJobRunRequest { RunId = run.RunId })).Run.State == Succeeded, "the run that waited is done");
        await Eventually.True(Listed, "the nightly job that waited is scheduled");

        async Task<bool> Listed()
        {
            try
            {
                return (await _server.Jobs.ListJobsAsync(new ListJobsRequest())).Jobs.Any(job => job.StudyId == study.StudyId && job.NextFireAt is not null);
            }
            catch (RpcException busy) when (busy.StatusCode == StatusCode.Unavailable)
            {
                return false;
            }
        }
    }
}

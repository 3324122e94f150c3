using System.Net;
using System.Text.Json;
using Dapper;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Core.Storage;
using LabServer.Health;
using LabServer.Jobs;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using static LabServer.Api.Health.HealthCheckResponse.Types;
using Trial = LabServer.Tests.Support.Trial;

namespace LabServer.Tests.Health;

/// <summary>Each check of <c>/readyz</c>, in its good and its bad way, and back.</summary>
public sealed class ReadyTests : IAsyncLifetime
{
    private readonly ShiftedTime _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private ServerFixture _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ServerFixture.Start(time: _time);
        _server.ExpectError(entry => entry.Category.StartsWith("Microsoft.Extensions.Diagnostics.HealthChecks", StringComparison.Ordinal));
        // The scheduler is started once the server has.
        await Eventually.True(async () => (await Ready()).Code == HttpStatusCode.OK, "the server is ready");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Ready_ServerServes_EveryCheckIsOkAndNoKeyIsNeeded()
    {
        var (code, problems) = await Ready();

        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal(["database", "disk", "nightly", "scheduler", "server"], problems.Keys.Order());
        Assert.All(problems.Values, Assert.Empty);
    }

    [Fact]
    public async Task Server_Stopping_IsNotReady()
    {
        _server.Services.GetRequiredService<HealthStatuses>().SetAll(ServingStatus.NotServing);

        await IsNotReady("server", "The server is starting or stopping.");
    }

    [Fact]
    public async Task Database_DoesNotTakeWhatIsWritten_IsNotReadyUntilItDoesThoughNobodySends()
    {
        _server.ExpectError(entry => entry.EventId == 511);
        var trial = await Trial.Create(_server);
        using (var other = new SqliteDialect(Path.Combine(_server.DataFolder, "labserver.db")).OpenWriter())
        using (var transaction = other.BeginTransaction())
        {
            other.Execute("DELETE FROM grading_state WHERE id = 2", transaction: transaction);
            await Refused.With(StatusCode.Unavailable, "DATABASE_BUSY", () => trial.Submit(Trial.Alt("1", "30")));

            await IsNotReady("database", "The database does not take what is written.");
        }

        await Eventually.True(async () => (await Ready()).Code == HttpStatusCode.OK, "it is ready again");
    }

    [Fact]
    public async Task Database_CannotBeRead_IsNotReady()
    {
        Execute("ALTER TABLE grading_state RENAME TO grading_state_away");

        await IsNotReady("database", "The database cannot be read.");

        Execute("ALTER TABLE grading_state_away RENAME TO grading_state");
        Assert.Equal(HttpStatusCode.OK, (await Ready()).Code);
    }

    [Fact]
    public async Task Scheduler_InStandby_IsNotReadyUntilItIsStarted()
    {
        var scheduler = await _server.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.Standby();

        await IsNotReady("scheduler", "The scheduler does not run: no job starts by itself.");

        await scheduler.Start();
        Assert.Equal(HttpStatusCode.OK, (await Ready()).Code);
    }

    [Fact]
    public async Task Nightly_LastRunFailed_IsNotReadyAlsoAfterARestartUntilOneSucceeds()
    {
        _server.ExpectError(entry => entry.EventId == 4002);
        await SmallTrial.Push(_server.Channel, "SECRET-STUDY", subjects: 1, days: 1);
        Execute("ALTER TABLE safety_report RENAME TO safety_report_away");
        await Run(JobNames.Report, "SECRET-STUDY", Api.V1.JobRunState.Failed);

        await IsNotReady("nightly", "The nightly job report of 1 study: failed when last run.");

        await _server.StopServer();
        await _server.StartServer();
        await IsNotReady("nightly", "The nightly job report of 1 study: failed when last run.");

        Execute("ALTER TABLE safety_report_away RENAME TO safety_report");
        await Run(JobNames.Report, "SECRET-STUDY", Api.V1.JobRunState.Succeeded);
        await Eventually.True(async () => (await Ready()).Code == HttpStatusCode.OK, "it is ready again");
    }

    [Fact]
    public async Task Nightly_DidNotStartAtItsTime_IsOverdue()
    {
        await SmallTrial.Push(_server.Channel, "A", subjects: 1, days: 1);
        await SmallTrial.Push(_server.Channel, "B", subjects: 1, days: 1);
        var scheduler = await _server.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.PauseAll();

        _time.Set(new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero));

        await IsNotReady("nightly", "The nightly job grading-full of 2 studies: overdue. The nightly job report of 2 studies: overdue.");
    }

    /// <summary>Waits until the server says this, and checks that nothing else is wrong and nothing of a study is said.</summary>
    private async Task IsNotReady(string check, string problem)
    {
        var ready = await Ready();
        // The last look at the nightly jobs holds for a moment.
        await Eventually.True(async () => (ready = await Ready()).Problems[check].Length > 0, $"{check} is not ok");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, problem), (ready.Code, ready.Problems[check]));
        Assert.All(ready.Problems.Where(other => other.Key != check), other => Assert.Empty(other.Value));
    }

    private Task<(HttpStatusCode Code, Dictionary<string, string> Problems)> Ready() => Ready(_server);

    internal static async Task<(HttpStatusCode Code, Dictionary<string, string> Problems)> Ready(ServerFixture server)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(server.HttpAddress, "/readyz"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(text);
        var checks = json.RootElement.GetProperty("checks").EnumerateObject().ToList();
        Assert.All(checks, check => Assert.Equal(check.Value.GetProperty("ok").GetBoolean(), check.Value.GetProperty("problem").GetString() == ""));
        Assert.Equal(json.RootElement.GetProperty("ready").GetBoolean(), answer.StatusCode == HttpStatusCode.OK);
        return (answer.StatusCode, checks.ToDictionary(check => check.Name, check => check.Value.GetProperty("problem").GetString()!));
    }

    private async Task Run(string job, string study, Api.V1.JobRunState state)
    {
        var queued = await _server.Jobs.RunJobAsync(new RunJobRequest { Job = job, StudyId = study });
        await Eventually.True(
            async () => (await _server.Jobs.GetJobRunAsync(new GetJobRunRequest { RunId = queued.Run.RunId })).Run.State == state, $"{job} has ended {state}");
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteDialect(Path.Combine(_server.DataFolder, "labserver.db")).OpenWriter();
        connection.Execute(sql);
    }
}

using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Jobs;

public sealed class JobsCommandsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task List_OfAStudy_HasItsNightlyGradingInItsZone()
    {
        await LabctlCall.Run(
            "studies", "create", "JOB-1", "--time-zone", "Asia/Shanghai", "--full-grading-cron", "0 30 3 * * ?",
            "--server", server.GrpcAddress.ToString());

        var json = await _subjects.Done("jobs list --format json");
        var csv = await _subjects.Done("jobs list --format csv");
        var table = await _subjects.Done("jobs list");

        var job = json.Json.AsArray().Single(job => $"{job!["study"]} {job["job"]}" == "JOB-1 grading-full")!;
        Assert.Equal(("grading-full", "0 30 3 * * ? (Asia/Shanghai)"), ($"{job["job"]}", $"{job["schedule"]}"));
        Assert.EndsWith("T19:30:00Z", $"{job["nextFireAt"]}", StringComparison.Ordinal);
        Assert.StartsWith("job,study,schedule,next_fire_at,description\n", csv.Output, StringComparison.Ordinal);
        Assert.Contains("\nreport,JOB-1,0 0 5 * * ? (Asia/Shanghai),", csv.Output, StringComparison.Ordinal);
        Assert.Contains("\ngrading-full,JOB-1,0 30 3 * * ? (Asia/Shanghai),", csv.Output, StringComparison.Ordinal);
        Assert.Contains(table.Table, row => row[0] == "grading-full" && row[1] == "JOB-1");
    }

    [Fact]
    public async Task Run_WaitedFor_IsTheRunOfTheHistory()
    {
        await _subjects.Bring("JOB-2");

        var run = (await _subjects.Done("jobs run grading-incremental --study JOB-2 --format json")).Json;
        var full = (await _subjects.Done("jobs run grading-full --study JOB-2")).Record;
        var history = await _subjects.Done("jobs history --study JOB-2 --format json");

        Assert.Equal(("SUCCEEDED", "10"), ($"{run["state"]}", $"{run["results"]}"));
        Assert.Equal(("SUCCEEDED", "0"), (full["state"], full["differences"]));
        Assert.Equal([full["run id"], $"{run["runId"]}"], history.Each("runId"));
        Assert.Equal(run.ToJsonString(), history.Json[1]!.ToJsonString());
    }

    [Fact]
    public async Task Run_NotWaitedFor_GoesOnByItself()
    {
        await _subjects.Bring("JOB-3");

        var fired = (await _subjects.Done("jobs run grading-full --study JOB-3 --no-wait --format json")).Json;

        Assert.Equal("grading-full", $"{fired["job"]}");
        await Eventually.True(
            async () => (await _subjects.Done("jobs history --study JOB-3 --format json")).Each("state")[0] == "SUCCEEDED", "the run ends");
        Assert.Equal("SUCCEEDED", (await _subjects.Done($"jobs watch {fired["runId"]}")).Record["state"]);
        Assert.Equal([$"{fired["runId"]}"], (await _subjects.Done("jobs history --study JOB-3 --format json")).Each("runId"));
    }

    [Fact]
    public async Task History_Filtered_IsNewestFirst()
    {
        await _subjects.BringGraded("JOB-4");
        await _subjects.Done("grading run --study JOB-4 --full");
        await _subjects.Done("grading run --study JOB-4");

        var all = await _subjects.Done("jobs history --study JOB-4 --format json");
        var full = await _subjects.Done("jobs history --study JOB-4 --job grading-full --format json");
        var last = await _subjects.Done("jobs history --study JOB-4 --limit 1");
        var csv = await _subjects.Done("jobs history --study JOB-4 --limit 2 --format csv");
        var none = await _subjects.Done("jobs history --study NONE");

        Assert.Equal(["grading-incremental", "grading-full", "grading-incremental"], all.Each("job"));
        Assert.Equal([all.Each("runId")[1]], full.Each("runId"));
        Assert.Equal([all.Each("runId")[0]], last.Table.Skip(1).Select(row => row[0]));
        Assert.Equal(4, csv.Output.Split('\n').Length);
        Assert.Equal("none\n", none.Output);
    }

    [Fact]
    public async Task Run_JobUnknown_Fails()
    {
        await _subjects.Done("studies create JOB-5");

        await _subjects.Fails("jobs run weekly --study JOB-5", "JOB_NOT_FOUND", "weekly");
        await _subjects.Fails("jobs run weekly --study JOB-5 --no-wait", "JOB_NOT_FOUND", "weekly");
        await _subjects.Fails("jobs watch no-such-run", "JOB_RUN_NOT_FOUND", "no-such-run");
        Assert.Equal("none\n", (await _subjects.Done("jobs history --study JOB-5")).Output);
    }
}

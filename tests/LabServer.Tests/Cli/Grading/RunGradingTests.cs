using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Grading;

public sealed class RunGradingTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Run_ResultsPending_GradesThemOnce()
    {
        await _subjects.Bring("RUN-1");

        var first = await _subjects.Done("grading run --study RUN-1 --format json");
        var second = await _subjects.Done("grading run --study RUN-1 --format json");

        Assert.Equal(
            ("grading-incremental", "RUN-1", "REQUESTED", "SUCCEEDED", ""),
            (Text(first, "job"), Text(first, "study"), Text(first, "trigger"), Text(first, "state"), Text(first, "failure")));
        // Ten results in six series; hemoglobin is graded by two terms; four runs of results are worse than at baseline.
        Assert.Equal(("10", "6", "11", "4"), (Text(first, "results"), Text(first, "series"), Text(first, "grades"), Text(first, "events")));
        Assert.Equal(
            ("SUCCEEDED", "0", "0", "0", "0"),
            (Text(second, "state"), Text(second, "results"), Text(second, "series"), Text(second, "grades"), Text(second, "differences")));
        Assert.NotEqual(Text(first, "runId"), Text(second, "runId"));
    }

    [Fact]
    public async Task RunFull_AfterARun_GradesEverythingAndFindsNoDifference()
    {
        await _subjects.BringGraded("RUN-2");

        var run = (await _subjects.Done("grading run --study RUN-2 --full")).Record;

        Assert.Equal(("grading-full", "SUCCEEDED", "6", "11", "4", "0"),
            (run["job"], run["state"], run["series"], run["grades"], run["events"], run["differences"]));
    }

    [Fact]
    public async Task RunFull_ResultsPending_TakesThemUpToo()
    {
        await _subjects.Bring("RUN-3");

        await _subjects.Done("grading run --study RUN-3 --full");
        var summary = await _subjects.Done("summary adverse-events --study RUN-3 --format json");

        Assert.Equal(0, summary.Json["pending"]!.GetValue<long>());
        Assert.Equal(2, summary.Json["terms"]!.AsArray().Count);
    }

    [Fact]
    public async Task Run_InCsv_IsOneRowUnderItsHeader()
    {
        await _subjects.Bring("RUN-4");

        var lines = (await _subjects.Done("grading run --study RUN-4 --format csv")).Output.Split('\n');

        Assert.Equal("run_id,job,study,trigger,state,started_at,ended_at,seconds,results,series,grades,events,differences,failure,steps,steps_total", lines[0]);
        Assert.Contains(",grading-incremental,RUN-4,REQUESTED,SUCCEEDED,", lines[1], StringComparison.Ordinal);
        Assert.Equal(["", ""], [lines[2], string.Concat(lines[3..])]);
    }

    [Fact]
    public async Task Run_NothingEverPushed_IsDoneAndGradesNothing()
    {
        await _subjects.Done("studies create RUN-5");

        Assert.Equal("0", (await _subjects.Done("grading run --study RUN-5")).Record["grades"]);
        Assert.Equal("0", (await _subjects.Done("grading run --study RUN-5 --full")).Record["grades"]);
    }

    [Theory]
    [InlineData("grading run --study NONE")]
    [InlineData("grading run --study NONE --full")]
    [InlineData("jobs run grading-full --study NONE --no-wait")]
    public Task Run_StudyUnknown_Fails(string line) => _subjects.Fails(line, "STUDY_NOT_FOUND", "NONE");

    [Fact]
    public async Task AddRuleSets_ThenGrading_GradesUnderBoth()
    {
        await _subjects.BringGraded("RUN-6");
        await _subjects.Fails("summary adverse-events --study RUN-6 --rule-set ctcae-4.03", "RULE_SET_NOT_OF_STUDY", "ctcae-4.03");

        await _subjects.Done("studies add-rule-sets RUN-6 --rule-sets ctcae-4.03");
        var waiting = await _subjects.Labctl("summary adverse-events --study RUN-6 --rule-set ctcae-4.03 --format json");
        var run = (await _subjects.Done("grading run --study RUN-6")).Record;
        var graded = await _subjects.Done("summary adverse-events --study RUN-6 --rule-set ctcae-4.03 --format json");
        var events = await _subjects.Done("adverse-events list --study RUN-6 --format json");

        Assert.Contains("6 results or series still wait for grading", waiting.Error, StringComparison.Ordinal);
        Assert.Empty(waiting.Json["terms"]!.AsArray());
        Assert.Equal(("6", "22", "8"), (run["series"], run["grades"], run["events"]));
        Assert.Equal(
            ["Alanine aminotransferase increased", "Anemia"], graded.Json["terms"]!.AsArray().Select(term => term!["term"]!.GetValue<string>()));
        Assert.Equal(4, events.Each("ruleSet").Count(set => set == "ctcae-4.03"));
        Assert.Equal(4, events.Each("ruleSet").Count(set => set == "ctcae-5.0"));
    }

    private static string Text(LabctlCall call, string property) => call.Json[property]!.ToString();
}

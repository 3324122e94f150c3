using System.Text.Json;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Studies;

public sealed class StudiesCommandsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Create_WithEverything_IsListedAndShown()
    {
        var created = await Labctl(
            "studies", "create", "FULL-1", "--title", "A trial", "--time-zone", "Asia/Shanghai",
            "--rule-sets", "ctcae-5.0,ctcae-4.03", "--arms", "MSC, Placebo", "--full-grading-cron", "0 0 3 * * ?", "--report-cron", "0 0 4 * * ?");
        var listed = await Labctl("studies", "list", "--format", "csv");
        var shown = await Labctl("studies", "show", "FULL-1", "--format", "json");

        Assert.Equal((0, ""), (created.ExitCode, created.Error));
        Assert.Contains(
            "\nFULL-1,A trial,Asia/Shanghai,\"ctcae-5.0, ctcae-4.03\",\"MSC, Placebo\",0 0 3 * * ?,0 0 4 * * ?\n", listed.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(shown.Output);
        Assert.Equal("FULL-1", json.RootElement.GetProperty("study").GetString());
        Assert.Equal(["MSC", "Placebo"], json.RootElement.GetProperty("arms").EnumerateArray().Select(arm => arm.GetString()));
        Assert.Equal(0, json.RootElement.GetProperty("results").GetInt64());
        Assert.Equal("0 0 4 * * ?", json.RootElement.GetProperty("reportCron").GetString());
    }

    [Fact]
    public async Task Create_WithNothing_HasTheDefaults()
    {
        var created = await Labctl("studies", "create", "BARE-1", "--format", "csv");

        Assert.Contains("\nBARE-1,,UTC,ctcae-5.0,", created.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Twice_Fails()
    {
        await Labctl("studies", "create", "TWICE-1");

        var again = await Labctl("studies", "create", "TWICE-1");

        Assert.Equal((1, ""), (again.ExitCode, again.Output));
        Assert.Contains("TWICE-1", again.Error, StringComparison.Ordinal);
        Assert.Contains("(STUDY_ALREADY_EXISTS)", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_SeveralFieldsWrong_NamesEachOfThemOnOneLine()
    {
        var refused = await Labctl("studies", "create", "BAD-1", "--time-zone", "Mars/Olympus", "--rule-sets", "ctcae-1");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("time_zone", refused.Error, StringComparison.Ordinal);
        Assert.Contains("rule_sets", refused.Error, StringComparison.Ordinal);
        Assert.Single(refused.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task AddRuleSets_Known_AreAddedOnce()
    {
        await Labctl("studies", "create", "ADD-1");

        var added = await Labctl("studies", "add-rule-sets", "ADD-1", "--rule-sets", "ctcae-5.0,ctcae-4.03", "--format", "csv");
        var unknown = await Labctl("studies", "add-rule-sets", "ADD-1", "--rule-sets", "ctcae-1");

        Assert.Contains(",\"ctcae-5.0, ctcae-4.03\",", added.Output, StringComparison.Ordinal);
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("ctcae-1", unknown.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("studies show NONE")]
    [InlineData("studies add-rule-sets NONE --rule-sets ctcae-5.0")]
    [InlineData("studies set NONE --fasting yes")]
    [InlineData("results flagged --study NONE")]
    [InlineData("subjects list --study NONE")]
    [InlineData("results list --study NONE")]
    [InlineData("results held --study NONE")]
    [InlineData("results rejected --study NONE")]
    [InlineData("results show X --study NONE")]
    [InlineData("grading explain --study NONE --result X --rule-set ctcae-5.0")]
    [InlineData("adverse-events list --study NONE")]
    [InlineData("summary adverse-events --study NONE")]
    public async Task AnyCommand_StudyUnknown_FailsAndNamesIt(string line)
    {
        var call = await Labctl(line.Split(' '));

        Assert.Equal((1, ""), (call.ExitCode, call.Output));
        Assert.Contains("NONE", call.Error, StringComparison.Ordinal);
        Assert.Contains("(STUDY_NOT_FOUND)", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RuleSets_OfTheServer_AreListed()
    {
        var call = await Labctl("grading", "rule-sets", "--format", "csv");

        Assert.Equal(0, call.ExitCode);
        Assert.StartsWith("rule_set,title,terms,sha256,version,extends,built_in,published_by,published_at,reason\nctcae-4.03,", call.Output, StringComparison.Ordinal);
    }

    private Task<LabctlCall> Labctl(params string[] args) => LabctlCall.Run([.. args, "--server", server.GrpcAddress.ToString()]);
}

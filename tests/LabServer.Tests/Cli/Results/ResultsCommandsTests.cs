using System.Text.Json;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Results;

public sealed class ResultsCommandsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Rows = """
        source_result_id,subject_id,test_code,reported_value,reported_unit,reference_low,reference_high,collected_at,visit
        R1,001,ALT,61.60,U/L,7,40,2020-03-01,BASELINE
        R2,001,ALT,130,U/L,7,40,2020-03-10,DAY 10
        R3,001,NOTEST,1,,,,2020-03-10,DAY 10
        R4,002,ALT,20,U/L,7,40,2020-03-10,DAY 10
        R5,001,ALT,"12,5",U/L,7,40,2020-03-10,DAY 10

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Push_GoodHeldAndRejected_AreCountedListedAndDuplicatesTheSecondTime()
    {
        await MakeStudy("RES-1");

        var first = await Push("RES-1", Rows);
        var second = await Push("RES-1", Rows);
        var held = await Labctl("results", "held", "--study", "RES-1", "--format", "json");
        var rejected = await Labctl("results", "rejected", "--study", "RES-1", "--format", "json");
        var ofSubject = await Labctl("results", "list", "--study", "RES-1", "--subject", "001", "--test", "ALT", "--format", "json");
        var limited = await Labctl("results", "list", "--study", "RES-1", "--limit", "1", "--format", "json");

        const string Head = "rows,accepted,amended,duplicate,duplicate_of_held,duplicate_of_rejected,held,rejected\n";
        Assert.Equal((3, Head + "5,2,0,0,0,0,2,1\n"), (first.ExitCode, first.Output));
        Assert.Contains("UNKNOWN_SUBJECT 1, UNKNOWN_TEST 1, VALUE_MALFORMED 1", first.Error, StringComparison.Ordinal);
        Assert.Equal((3, Head + "5,0,0,5,2,1,0,0\n"), (second.ExitCode, second.Output));
        Assert.Equal(["R3", "R4"], Ids(held));
        Assert.Equal(["R5"], Ids(rejected));
        Assert.Equal(["R1", "R2"], Ids(ofSubject));
        Assert.Single(Ids(limited));
    }

    [Fact]
    public async Task Push_WithRejects_WritesHeldAndRejectedRowsAsSent()
    {
        await MakeStudy("RES-2");
        var rejects = Path.Combine(_folder.Path, "rejects.csv");

        await Push("RES-2", Rows, "--rejects", rejects);

        var lines = (await File.ReadAllLinesAsync(rejects))[1..].Order(StringComparer.Ordinal).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Contains(",4,HELD,UNKNOWN_TEST,test_code,", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",R3,001,NOTEST,1,,,,2020-03-10,DAY 10", lines[0], StringComparison.Ordinal);
        Assert.Contains(",6,REJECTED,VALUE_MALFORMED,reported_value,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_AmendedResult_GivesEveryVersionAsSent()
    {
        await MakeStudy("RES-3");
        const string Header = "source_result_id,version,subject_id,test_code,reported_value,reported_unit,collected_at,status\n";
        await Push("RES-3", Header + "V1,1,001,ALT,61.60,U/L,2020-03-01,preliminary\n");

        var amended = await Push("RES-3", Header + "V1,2,001,ALT,61.70,U/L,2020-03-01,corrected\n");
        var shown = await Labctl("results", "show", "V1", "--study", "RES-3", "--format", "json");

        Assert.Equal(0, amended.ExitCode);
        using var json = JsonDocument.Parse(shown.Output);
        Assert.Equal(["61.60", "61.70"], json.RootElement.EnumerateArray().Select(version => version.GetProperty("reportedValue").GetString()));
        Assert.Equal([true, false], json.RootElement.EnumerateArray().Select(version => version.GetProperty("superseded").GetBoolean()));
    }

    [Theory]
    [InlineData("results show NONE --study RES-4")]
    [InlineData("grading explain --study RES-4 --result NONE --rule-set ctcae-5.0")]
    [InlineData("summary adverse-events --study RES-4 --rule-set ctcae-4.03")]
    public async Task AnyCommand_WhatItAsksForIsNotThere_Fails(string line)
    {
        await MakeStudy("RES-4");

        var call = await Labctl(line.Split(' '));

        Assert.Equal((1, ""), (call.ExitCode, call.Output));
        Assert.StartsWith("labctl: ", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingGradedYet_TablesAreEmptyAndSayWhatIsPending()
    {
        await MakeStudy("RES-5");
        await Push("RES-5", Rows);

        var events = await Labctl("adverse-events", "list", "--study", "RES-5");
        var summary = await Labctl("summary", "adverse-events", "--study", "RES-5", "--format", "json");

        Assert.Equal((0, "none\n"), (events.ExitCode, events.Output));
        Assert.Equal(0, summary.ExitCode);
        Assert.Contains("still wait for grading", summary.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(summary.Output);
        Assert.Equal(("RES-5", "ctcae-5.0"), (json.RootElement.GetProperty("study").GetString(), json.RootElement.GetProperty("ruleSet").GetString()));
        Assert.Equal(0, json.RootElement.GetProperty("terms").GetArrayLength());
    }

    private static List<string?> Ids(LabctlCall call)
    {
        using var json = JsonDocument.Parse(call.Output);
        return [.. json.RootElement.EnumerateArray().Select(result => result.GetProperty("sourceResultId").GetString())];
    }

    private async Task MakeStudy(string study)
    {
        await Labctl("studies", "create", study);
        await Labctl(
            "subjects", "import", _folder.Add("subjects.csv", "subject_id,arm,sex,birth_date,first_dose_at\n001,MSC,M,1950,2020-03-02\n"), "--study", study);
    }

    private Task<LabctlCall> Push(string study, string text, params string[] more) => Labctl(
        ["results", "push", _folder.Add("results.csv", text), "--study", study, "--laboratory", "LAB", "--format", "csv", .. more]);

    private Task<LabctlCall> Labctl(params string[] args) => LabctlCall.Run([.. args, "--server", server.GrpcAddress.ToString()]);
}

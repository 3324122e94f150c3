using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Results;

public sealed class ListFlaggedResultsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Doubtful = FourSubjects.Header + """
        K1,001,K,4.2,mmol/L,3.5,5,2020-03-10,DAY 10
        K2,001,K,45,mmol/L,3.5,5,2020-03-11,DAY 10
        T1,002,CRP,QNS,mg/L,0,5,2020-03-10,DAY 10

        """;

    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Flagged_OfAGradedStudy_SaysWhy()
    {
        await _subjects.Bring("FLAG-1");
        await _subjects.Push("FLAG-1", Doubtful);
        await _subjects.Done("grading run --study FLAG-1");

        var all = await _subjects.Done("results flagged --study FLAG-1 --format json");
        var csv = (await _subjects.Done("results flagged --study FLAG-1 --flag delta-check --format csv")).Output;
        var table = (await _subjects.Done("results flagged --study FLAG-1 --limit 1")).Table;

        Assert.Equal(["K2", "T1"], all.Each("sourceResultId"));
        Assert.Equal("""["IMPLAUSIBLE_VALUE","DELTA_CHECK"]""", all.Json[0]!["flags"]!.ToJsonString());
        Assert.Equal("""["","K1"]""", all.Json[0]!["comparedWith"]!.ToJsonString());
        Assert.Contains("45 is not within 1 to 12 mmol/L", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("QNS", csv, StringComparison.Ordinal);
        Assert.Equal(2, table.Count);
    }

    [Theory]
    [InlineData("--subject 002", "T1")]
    [InlineData("--test K", "K2")]
    [InlineData("--flag TEXT_FOR_NUMBER", "T1")]
    [InlineData("--flag spoiled-specimen", "")]
    public async Task Flagged_Filtered_GivesThoseOnly(string filter, string ids)
    {
        var study = $"FLAG-{Guid.NewGuid():N}";
        await _subjects.Bring(study);
        await _subjects.Push(study, Doubtful);
        await _subjects.Done($"grading run --study {study}");

        var listed = await _subjects.Done($"results flagged --study {study} {filter} --format json");

        Assert.Equal(ids, string.Join(' ', listed.Each("sourceResultId")));
    }

    [Fact]
    public async Task Flagged_FlagUnknown_IsAUsageErrorThatNamesTheFlags()
    {
        var call = await _subjects.Labctl("results flagged --study FLAG-1 --flag odd");

        Assert.Equal((2, ""), (call.ExitCode, call.Output));
        Assert.Contains("--flag: odd is none of IMPLAUSIBLE_VALUE, DELTA_CHECK,", call.Error, StringComparison.Ordinal);
    }
}

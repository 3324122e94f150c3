using System.Text;
using System.Text.Json;
using LabServer.Tests.Ingestion;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Results;

public sealed class PushResultsCommandTests : IDisposable
{
    private const string Header = "source_result_id,subject_id,test_code,reported_value,collected_at\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Push_ConnectionsDrop_EveryRowIsCountedOnce()
    {
        var point = 0;
        var service = new FlakyIngestionService(_ => Interlocked.Increment(ref point) % 20 == 0 ? BreakKind.Stream : BreakKind.None);
        await using var server = await LoopbackServer.Start(service, new OneStudyService());

        var call = await Push(server, "S1", _folder.Add("a.csv", Rows(0, 300)), _folder.AddZipped("b.csv.gz", Rows(300, 300)));

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        using var json = JsonDocument.Parse(call.Output);
        Assert.Equal(600, json.RootElement.GetProperty("rows").GetInt32());
        Assert.Equal(
            600, json.RootElement.GetProperty("accepted").GetInt32() + json.RootElement.GetProperty("duplicate").GetInt32());
        Assert.Equal(600, service.Received.Count);
        Assert.True(service.Connections > 2, "No connection dropped: the test shows nothing.");
    }

    [Fact]
    public async Task Push_RaggedRow_IsWrittenToTheRejectsAndTheRestIsSent()
    {
        var service = new FlakyIngestionService(_ => BreakKind.None);
        await using var server = await LoopbackServer.Start(service, new OneStudyService());
        var rejects = Path.Combine(_folder.Path, "rejects.csv");

        var call = await Push(server, "S1", _folder.Add("a.csv", Rows(0, 2) + "ragged\n" + Rows(2, 2, header: false)), "--rejects", rejects);

        Assert.Equal(3, call.ExitCode);
        Assert.Equal(4, service.Received.Count);
        Assert.Contains("ROW_MALFORMED 1", call.Error, StringComparison.Ordinal);
        Assert.Contains(",4,REJECTED,ROW_MALFORMED,", (await File.ReadAllLinesAsync(rejects))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_StudyUnknown_FailsBeforeAnythingIsSent()
    {
        var service = new FlakyIngestionService(_ => BreakKind.None);
        await using var server = await LoopbackServer.Start(service, new OneStudyService());

        var call = await Push(server, "S2", _folder.Add("a.csv", Rows(0, 2)));

        Assert.Equal((1, ""), (call.ExitCode, call.Output));
        Assert.Equal("labctl: There is no study S2. (NOT_FOUND)\n", call.Error);
        Assert.Equal(0, service.Connections);
    }

    [Fact]
    public async Task Push_LastFileLacksAColumn_SendsNothing()
    {
        var service = new FlakyIngestionService(_ => BreakKind.None);
        await using var server = await LoopbackServer.Start(service, new OneStudyService());

        var call = await Push(server, "S1", _folder.Add("a.csv", Rows(0, 2)), _folder.Add("b.csv", "source_result_id,subject_id\n"));

        Assert.Equal(2, call.ExitCode);
        Assert.Equal(0, service.Connections);
    }

    [Fact]
    public async Task ApiKey_InAFile_IsSentAsBearer()
    {
        var study = new OneStudyService();
        await using var server = await LoopbackServer.Start(study);

        var call = await LabctlCall.Run(
            "studies", "show", "S1", "--server", server.Address.ToString(), "--api-key-file", _folder.Add("key", "k-123\n"), "--format", "csv");

        Assert.Equal(0, call.ExitCode);
        Assert.Equal("Bearer k-123", study.Authorization);
        Assert.Equal(
            "study,title,time_zone,rule_sets,arms,full_grading_cron,subjects,safety_subjects,results,held,rejected,pending,derived_results,"
                + "spoiled_specimens,fasting,anticoagulation,hiv,neutralisation_cutoff,panel_tolerance,visits,report_cron\n"
                + "S1,,,ctcae-5.0,,,3,0,0,0,0,0,0,,,,,,,,\n",
            call.Output);
    }

    private static Task<LabctlCall> Push(LoopbackServer server, string study, params string[] filesAndMore) => LabctlCall.Run(
    [
        "results", "push", .. filesAndMore, "--study", study, "--laboratory", "LAB", "--batch-size", "10",
        "--server", server.Address.ToString(), "--format", "json",
    ]);

    private static string Rows(int first, int count, bool header = true)
    {
        var text = new StringBuilder(header ? Header : "");
        for (var row = first; row < first + count; row++)
        {
            text.Append(FormattableString.Invariant($"R{row},S,K,4.{row},2020-01-01\n"));
        }

        return text.ToString();
    }
}

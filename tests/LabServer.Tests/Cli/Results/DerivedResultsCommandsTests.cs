using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Results;

/// <summary>Derived results as labctl shows them: one corrected calcium of 1.80 + 0.02 × (40 − 30) = 2.00 mmol/L.</summary>
public sealed class DerivedResultsCommandsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Id = "CACORR:LAB/CA1";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_AllAndSentOnly_DifferByTheDerivedResult()
    {
        await MakeGraded("DER-1");

        var all = await Labctl("results", "list", "--study", "DER-1", "--format", "json");
        var sent = await Labctl("results", "list", "--study", "DER-1", "--sent-only", "--format", "json");
        var study = await Labctl("studies", "show", "DER-1", "--format", "json");

        Assert.Equal(["CA1", "ALB1", Id], all.Each("sourceResultId"));
        Assert.Equal(["false", "false", "true"], all.Each("derived"));
        Assert.Equal(["CA1", "ALB1"], sent.Each("sourceResultId"));
        Assert.Equal(("2", "1"), (study.Json["results"]!.ToString(), study.Json["derivedResults"]!.ToString()));
    }

    [Fact]
    public async Task Show_DerivedResult_NamesInputsAndComputation()
    {
        await MakeGraded("DER-2");

        var shown = await Labctl("results", "show", Id, "--study", "DER-2", "--format", "json");

        Assert.Equal(
            """["LAB/CA1 v1 (calcium)","LAB/ALB1 v1 (albumin)"]""", shown.Json[0]!["inputs"]!.ToJsonString());
        Assert.Equal("1.8 + 0.02 × (40 − 30) = 2 mmol/L", shown.Json[0]!["computation"]!.GetValue<string>());
    }

    [Fact]
    public async Task Explain_DerivedResult_SaysHowItWasComputed()
    {
        await MakeGraded("DER-3");

        var text = (await Labctl("grading", "explain", "--study", "DER-3", "--result", Id, "--rule-set", "ctcae-5.0")).Output.Split('\n');
        var json = await Labctl("grading", "explain", "--study", "DER-3", "--result", Id, "--rule-set", "ctcae-5.0", "--format", "json");

        Assert.Contains("  computed  1.8 + 0.02 × (40 − 30) = 2 mmol/L", text);
        Assert.Contains("  input     calcium: CA 1.80 mmol/L, collected 2020-03-10, result CA1 of LAB, version 1", text);
        Assert.Contains("  input     albumin: ALB 30 g/L, collected 2020-03-10, result ALB1 of LAB, version 1", text);
        Assert.Equal("corrected-calcium", json.Json[0]!["derivation"]!["formulaId"]!.GetValue<string>());
        Assert.Equal(2, json.Json[0]!["derivation"]!["inputs"]!.AsArray().Count);
    }

    [Fact]
    public async Task Push_UnderTheReservedName_FailsAndSaysWhy()
    {
        await MakeGraded("DER-4");

        var call = await LabctlCall.Run(
            ["--server", server.GrpcAddress.OriginalString, "results", "push", Path.Combine(_folder.Path, "DER-4.csv"), "--study", "DER-4", "--laboratory", "(derived)"]);

        Assert.NotEqual(0, call.ExitCode);
        Assert.Contains("must not start with '('", call.Error, StringComparison.Ordinal);
    }

    private async Task MakeGraded(string study)
    {
        var subjects = Path.Combine(_folder.Path, study + "-subjects.csv");
        var results = Path.Combine(_folder.Path, study + ".csv");
        await File.WriteAllTextAsync(subjects, "subject_id,arm,sex,birth_date,first_dose_at\n001,A,M,1950,2020-03-02\n");
        await File.WriteAllTextAsync(
            results,
            FourSubjects.Header + "CA1,001,CA,1.80,mmol/L,2.2,2.6,2020-03-10,DAY 10\nALB1,001,ALB,30,g/L,35,50,2020-03-10,DAY 10\n");
        await Labctl("studies", "create", study);
        await Labctl("subjects", "import", subjects, "--study", study);
        await Labctl("results", "push", results, "--study", study, "--laboratory", "LAB");
        await Labctl("grading", "run", "--study", study);
    }

    private async Task<LabctlCall> Labctl(params string[] args)
    {
        var call = await LabctlCall.Run(["--server", server.GrpcAddress.OriginalString, .. args]);
        Assert.True(call.ExitCode == 0, $"labctl {string.Join(' ', args)} ended with {call.ExitCode}: {call.Error}");
        return call;
    }
}

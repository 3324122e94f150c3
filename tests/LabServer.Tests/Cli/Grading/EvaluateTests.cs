using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Grading;

public sealed class EvaluateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Evaluate_ColumnsInAnyOrder_GradesEachRowInItsPlace()
    {
        var path = _folder.AddZipped("rows.csv.gz", """
            value,uln,id,lln,term,baseline,baseline_lln,baseline_uln,unit
            100,40,a,10,ALANINE AMINOTRANSFERASE INCREASED,20,10,40,U/L
            121,40,b,10,Alanine aminotransferase increased,20,10,40,U/L
            121,,c,10,Alanine aminotransferase increased,20,10,40,U/L
            12,,d,,No such term,,,,
            """);

        var call = await LabctlCall.Run("grading", "evaluate", path, "--rule-set", "ctcae-5.0");

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        var lines = call.Output.Split('\n');
        Assert.Equal("id,term,direction,grade,reason", lines[0]);
        Assert.Equal("a,Alanine aminotransferase increased,high,1,", lines[1]);
        Assert.Equal("b,Alanine aminotransferase increased,high,2,", lines[2]);
        Assert.Matches("^c,Alanine aminotransferase increased,high,,[A-Z_]+$", lines[3]);
        Assert.Matches("^d,No such term,,,[A-Z_]+$", lines[4]);
    }

    [Fact]
    public async Task Evaluate_ToAFile_WritesTheSameBytesAndNothingElse()
    {
        var path = _folder.Add("rows.csv", "id,term,value\n1,Anemia,90\n");
        var output = Path.Combine(_folder.Path, "out.csv");

        var toFile = await LabctlCall.Run("grading", "evaluate", path, "--rule-set", "ctcae-5.0", "--out", output);
        var toOutput = await LabctlCall.Run("grading", "evaluate", path, "--rule-set", "ctcae-5.0");

        Assert.Equal((0, "", ""), (toFile.ExitCode, toFile.Output, toFile.Error));
        Assert.Equal(toOutput.Output, await File.ReadAllTextAsync(output));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public async Task Evaluate_RaggedRow_KeepsItsPlaceIsReportedAndExitsWithThree()
    {
        var path = _folder.Add("rows.csv", "id,term,value\n1,Anemia\n2,Anemia,90\n");

        var call = await LabctlCall.Run("grading", "evaluate", path, "--rule-set", "ctcae-5.0");

        Assert.Equal(3, call.ExitCode);
        Assert.Equal($"{path}, row 2: The row has 2 fields, the header 3.\n", call.Error);
        Assert.Equal("1,,,,ROW_MALFORMED", call.Output.Split('\n')[1]);
        Assert.StartsWith("2,Anemia,low,", call.Output.Split('\n')[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("term,value", "id")]
    [InlineData("id,value", "term")]
    [InlineData("id,term,unit", "value")]
    public async Task Evaluate_NeededColumnMissing_IsUsageAndNamesIt(string header, string column)
    {
        var call = await LabctlCall.Run("grading", "evaluate", _folder.Add("rows.csv", header + "\n"), "--rule-set", "ctcae-5.0");

        Assert.Equal(2, call.ExitCode);
        Assert.Contains($"the column {column} is missing", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_RuleSetUnknown_IsUsageAndListsThoseThereAre()
    {
        var call = await LabctlCall.Run("grading", "evaluate", _folder.Add("rows.csv", "id,term,value\n"), "--rule-set", "ctcae-1");

        Assert.Equal(2, call.ExitCode);
        Assert.Contains("ctcae-4.03@1, ctcae-4.03@2, ctcae-5.0@1, ctcae-5.0@2, ctcae-6.0, daids-2.1, nct04288102", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_OutputNotWritable_IsUsage()
    {
        var call = await LabctlCall.Run(
            "grading", "evaluate", _folder.Add("rows.csv", "id,term,value\n"), "--rule-set", "ctcae-5.0", "--out", "/no/such/folder/out.csv");

        Assert.Equal(2, call.ExitCode);
    }
}

using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Catalogue;

public sealed class CatalogueCommandsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task List_InAllFormats_HasEachTestOnce()
    {
        var json = await _subjects.Done("catalogue list --format json");
        var csv = await _subjects.Done("catalogue list --format csv");
        var table = await _subjects.Done("catalogue list");

        var tests = json.Each("test");
        Assert.Contains("ALT", tests);
        Assert.Equal(tests.Order(StringComparer.Ordinal).Distinct(), tests);
        Assert.StartsWith("test,name,specimen,standard_unit,units,aliases,loinc\n", csv.Output, StringComparison.Ordinal);
        Assert.Contains("\nALT,Alanine Aminotransferase,BLOOD,U/L,", csv.Output, StringComparison.Ordinal);
        Assert.Equal(tests, table.Table.Where(row => row[0] != "test").Select(row => row[0]));
    }

    [Fact]
    public async Task AddAlias_OfAHeldResult_ReleasesItAndItIsGraded()
    {
        await _subjects.BringGraded("CAT-1");
        var pushed = await _subjects.Push("CAT-1", FourSubjects.Header + "D3,004,GPT-HOUSE,210,U/L,7,40,2020-03-12,DAY 12\n");
        var held = await _subjects.Done("results held --study CAT-1 --format json");

        var added = await _subjects.Done("catalogue add-alias GPT-HOUSE --test ALT --format json");
        var left = await _subjects.Done("results held --study CAT-1");
        await _subjects.Done("grading run --study CAT-1");
        var events = await _subjects.Done("adverse-events list --study CAT-1 --subject 004 --format json");
        var shown = Assert.Single((await _subjects.Done("results show D3 --study CAT-1 --format json")).Json.AsArray())!;

        Assert.Equal(3, pushed.ExitCode);
        Assert.Equal(("D3", """["UNKNOWN_TEST"]"""), (held.Each("sourceResultId")[0], held.Json[0]!["holdReasons"]!.ToJsonString()));
        Assert.Equal(("ALT", "1"), ($"{added.Json["test"]}", $"{added.Json["releasedResults"]}"));
        Assert.Contains("GPT-HOUSE", added.Json["aliases"]!.AsArray().Select(alias => $"{alias}"));
        Assert.Equal("none\n", left.Output);
        Assert.Equal(["3"], events.Each("worstGrade"));
        Assert.Equal(
            ("GPT-HOUSE", "ALT", "210", "[]"),
            ($"{shown["testCode"]}", $"{shown["catalogueTestCode"]}", $"{shown["standardValue"]}", shown["holdReasons"]!.ToJsonString()));
        Assert.Equal(0, (await _subjects.Push("CAT-1", FourSubjects.Header + "D4,004,gpt-house,30,U/L,7,40,2020-03-14,DAY 14\n")).ExitCode);
    }

    [Fact]
    public async Task AddUnit_OfAHeldResult_ReleasesItAndItIsGraded()
    {
        await _subjects.BringGraded("CAT-2");
        await _subjects.Push("CAT-2", FourSubjects.Header + "D3,004,ALT,210,HouseU/L,7,40,2020-03-12,DAY 12\n");
        var held = await _subjects.Done("results held --study CAT-2 --format json");

        var added = (await _subjects.Done("catalogue add-unit HouseU/L --test ALT --means U/L")).Record;
        await _subjects.Done("grading run --study CAT-2");
        var events = await _subjects.Done("adverse-events list --study CAT-2 --subject 004 --format json");
        var shown = Assert.Single((await _subjects.Done("results show D3 --study CAT-2 --format json")).Json.AsArray())!;

        Assert.Equal("""["UNKNOWN_UNIT"]""", held.Json[0]!["holdReasons"]!.ToJsonString());
        Assert.Equal(("ALT", "1"), (added["test"], added["released results"]));
        Assert.Equal(["3"], events.Each("worstGrade"));
        Assert.Equal(("HouseU/L", "U/L", "210"), ($"{shown["reportedUnit"]}", $"{shown["standardUnit"]}", $"{shown["standardValue"]}"));
    }

    [Fact]
    public async Task AddUnit_OfAnotherSize_ConvertsValueAndLimits()
    {
        await _subjects.BringGraded("CAT-3");
        await _subjects.Push("CAT-3", FourSubjects.Header + "D3,004,HGB,9.5,HouseG/dL,12,16,2020-03-12,DAY 12\n");

        await _subjects.Done("catalogue add-unit HouseG/dL --test HGB --means g/dL");
        await _subjects.Done("grading run --study CAT-3");
        var grades = await _subjects.Done("grading explain --study CAT-3 --result D3 --rule-set ctcae-5.0 --format json");
        var shown = await _subjects.Done("results show D3 --study CAT-3 --format json");

        Assert.Equal(["95"], shown.Each("standardValue"));
        Assert.Equal(["2", "0"], grades.Each("grade"));
        Assert.Equal(["US", "US"], grades.Each("unitSystem"));
    }

    [Fact]
    public async Task AddAlias_InTable_SaysWhatTheTestIsNow()
    {
        var added = (await _subjects.Done("catalogue add-alias KALIUM-1 --test K")).Record;

        Assert.Equal(("K", "0"), (added["test"], added["released results"]));
        Assert.Contains("KALIUM-1", added["aliases"].Split(", "));
        Assert.Contains("KALIUM-1", (await _subjects.Done("catalogue list --format csv")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("catalogue add-alias AST --test ALT", "TEST_CODE_ALREADY_EXISTS", "AST")]
    [InlineData("catalogue add-alias alt --test ALT", "TEST_CODE_ALREADY_EXISTS", "alt")]
    [InlineData("catalogue add-alias 1742-6 --test AST", "TEST_CODE_ALREADY_EXISTS", "1742-6")]
    [InlineData("catalogue add-alias NEW-1 --test NOTEST", "TEST_NOT_FOUND", "NOTEST")]
    [InlineData("catalogue add-unit new --test NOTEST --means U/L", "TEST_NOT_FOUND", "NOTEST")]
    [InlineData("catalogue add-unit new --test ALT --means g/L", "UNIT_NOT_OF_TEST", "U/L")]
    [InlineData("catalogue add-unit U/L --test ALT --means U/L", "UNIT_SPELLING_ALREADY_EXISTS", "U/L")]
    public Task Add_NotPossible_Fails(string line, string reason, string named) => _subjects.Fails(line, reason, named);

    [Theory]
    [InlineData("catalogue add-alias --test ALT", "ALIAS")]
    [InlineData("catalogue add-alias NEW-2", "--test")]
    [InlineData("catalogue add-unit new --test ALT", "--means")]
    public async Task Add_NotSaidWhat_IsUsage(string line, string named)
    {
        var call = await _subjects.Labctl(line);

        Assert.Equal((2, ""), (call.ExitCode, call.Output));
        Assert.Contains(named, call.Error, StringComparison.Ordinal);
    }
}

using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Ranges;

/// <summary>Subject 003, a man born in 1955, has an AST of 50 U/L without limits (C3); all other results bring theirs.</summary>
public sealed class RangesCommandsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Header =
        "test_code,sex,age_from,age_from_unit,age_to,age_to_unit,method,effective_from,effective_to,low,low_inclusive,high,high_inclusive,unit\n";

    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Import_AppliedThenRun_GradesTheResultAndExplainSaysByWhat()
    {
        await _subjects.BringGraded("RNG-1");

        var imported = await _subjects.Done($"ranges import {File("AST,M,18,years,,,,2020-01-01,,5,,40,,U/L\n")} --study RNG-1 --laboratory LAB --apply --reason first --format json");
        var run = await _subjects.Done("grading run --study RNG-1 --format json");
        var json = (await _subjects.Done("grading explain --study RNG-1 --result C3 --rule-set ctcae-5.0 --format json")).Json[0]!;
        var text = await _subjects.Done("grading explain --study RNG-1 --result C3 --rule-set ctcae-5.0");

        Assert.Equal(("LAB", "1", "true", "1", "true"), ($"{imported.Json["laboratory"]}", $"{imported.Json["version"]}", $"{imported.Json["created"]}", $"{imported.Json["ranges"]}", $"{imported.Json["inForce"]}"));
        Assert.True(run.Json["differences"]!.GetValue<long>() > 0, run.Output);
        Assert.Equal(("1", "LABORATORY", "1", "18 years"), ($"{json["grade"]}", $"{json["value"]!["rangeSource"]}", $"{json["value"]!["laboratoryRange"]!["version"]}", $"{json["value"]!["laboratoryRange"]!["ageFrom"]}"));
        Assert.Contains("lower limit 5, upper limit 40, HIGH, limits of LAB, version 1, in force from 2020-01-01; reported as 50 U/L", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_FaultyRows_StoresNothingAndNamesEachByRowAndColumn()
    {
        await _subjects.Bring("RNG-2");
        var path = File("""
            AST,X,18,years,,,,,,5,,40,,U/L
            NOTEST,,,,,,,,,5,,40,,U/L
            ALT,,,,,,,,,5,,40,,U/L
            ALT,F,old,years,,,,,,5,maybe,40,,U/L
            ALT,M,,,,,,2021-13-01,,50,,40,,U/L
            ALT,M,,,,,,,,5,,41,,U/L

            """);

        var call = await _subjects.Labctl($"ranges import {path} --study RNG-2 --laboratory LAB --apply");
        var versions = await _subjects.Done("ranges versions --study RNG-2");

        Assert.Equal((1, ""), (call.ExitCode, call.Output));
        var lines = call.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(
            [
                "row 2, column sex WORD_UNKNOWN", "row 3, column test_code TEST_UNKNOWN", "row 5, column low_inclusive WORD_UNKNOWN", "row 5, column age_from AGE_INVALID",
                "row 6, column effective_from DATE_MALFORMED", "row 6, column low RANGE_INVERTED", "row 7, column test_code RANGE_OVERLAP",
            ],
            lines[..^1].Select(line => $"{line[(path.Length + 2)..line.IndexOf(": ", StringComparison.Ordinal)]} {line[(line.LastIndexOf('(') + 1)..^1]}"));
        Assert.Contains("The other is row 4.", lines[^2], StringComparison.Ordinal);
        Assert.Contains("Nothing was imported", lines[^1], StringComparison.Ordinal);
        Assert.Equal("none\n", versions.Output);
    }

    [Fact]
    public async Task Import_FaultyRowsAsJson_HasThemInTheObject()
    {
        await _subjects.Bring("RNG-3");

        var call = await _subjects.Labctl($"ranges import {File("NOTEST,,,,,,,,,5,,40,,U/L\n")} --study RNG-3 --laboratory LAB --format json");

        Assert.Equal((1, "0", "TEST_UNKNOWN", "2"), (call.ExitCode, $"{call.Json["version"]}", $"{call.Json["faults"]![0]!["code"]}", $"{call.Json["faults"]![0]!["row"]}"));
    }

    [Fact]
    public async Task Import_WithoutTheTestColumnOrRows_IsRefused()
    {
        await _subjects.Bring("RNG-4");

        var noColumn = await _subjects.Labctl($"ranges import {_subjects.File("r.csv", "sex,low,high,unit\nM,5,40,U/L\n")} --study RNG-4 --laboratory LAB");
        await _subjects.Fails($"ranges import {File("")} --study RNG-4 --laboratory LAB", "IMPORT_INVALID", "ranges");

        Assert.Equal(2, noColumn.ExitCode);
        Assert.Contains("test_code", noColumn.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListAndVersions_AfterAddAndApply_ShowWhatIsInForceSinceWhenAndWhy()
    {
        await _subjects.Bring("RNG-5");
        await _subjects.Done($"ranges import {File("ALT,F,,,,,IFCC,,2021-01-01,5,,40,false,U/L\n")} --study RNG-5 --laboratory LAB --apply");
        await _subjects.Done($"ranges import {File("AST,,,,12,months,,,,,,40,,U/L\n")} --study RNG-5 --laboratory LAB --add");

        var inForce = await _subjects.Done("ranges list --study RNG-5 --format csv");
        var second = await _subjects.Done("ranges list --study RNG-5 --laboratory LAB --version 2 --test AST --format json");
        var applied = (await _subjects.Done("ranges apply --study RNG-5 --laboratory LAB --version 2 --reason checked")).Record;
        var versions = await _subjects.Done("ranges versions --study RNG-5 --laboratory LAB --format json");

        Assert.Equal($"laboratory,version,{Header}LAB,1,ALT,female,,,,,IFCC,,2021-01-01,5,true,40,false,U/L\n", inForce.Output);
        var ast = Assert.Single(second.Json.AsArray())!;
        Assert.Equal(("AST", "2", "12", "months"), ($"{ast["testCode"]}", $"{ast["version"]}", $"{ast["ageTo"]}", $"{ast["ageToUnit"]}"));
        Assert.Equal(("2", "1"), (applied["version"], applied["version before"]));
        Assert.Equal(["0", "1", "2"], versions.Each("version"));
        Assert.Equal(["false", "false", "true"], versions.Each("inForce"));
        Assert.Equal("checked", $"{versions.Json[2]!["applications"]![0]!["reason"]}");
    }

    [Theory]
    [InlineData("ranges apply --study RNG-6 --laboratory LAB --version 7 --reason r", "REFERENCE_RANGE_VERSION_NOT_FOUND", "7 of LAB")]
    [InlineData("ranges list --study RNG-6 --test NOTEST", "TEST_NOT_FOUND", "NOTEST")]
    [InlineData("ranges list --study NO-SUCH", "STUDY_NOT_FOUND", "NO-SUCH")]
    [InlineData("ranges versions --study NO-SUCH", "STUDY_NOT_FOUND", "NO-SUCH")]
    [InlineData("ranges outdated --study NO-SUCH", "STUDY_NOT_FOUND", "NO-SUCH")]
    public async Task Command_NotPossible_Fails(string line, string reason, string named)
    {
        await _subjects.Labctl("studies create RNG-6");

        await _subjects.Fails(line, reason, named);
    }

    [Fact]
    public async Task Outdated_InAllFormats_NamesResultsByLaboratoryTestAndReason()
    {
        await _subjects.BringGraded("RNG-7");
        await _subjects.Done($"ranges import {File("ALT,,,,,,,,,7,,45,,U/L\n")} --study RNG-7 --laboratory LAB --apply");

        var json = await _subjects.Done("ranges outdated --study RNG-7 --format json");
        var csv = await _subjects.Done("ranges outdated --study RNG-7 --format csv");
        var table = await _subjects.Done("ranges outdated --study RNG-7");

        Assert.Equal(["DIFFERS ALT 8 2020-03-10 45", "NONE AST 1 2020-03-10 "], json.Json.AsArray()
            .Select(row => $"{row!["reason"]} {row["testCode"]} {row["results"]} {row["lastCollectedAt"]} {row["high"]}"));
        Assert.StartsWith($"laboratory,reason,results,last_collected_at,version,{Header}LAB,DIFFERS,8,2020-03-10,1,ALT,", csv.Output, StringComparison.Ordinal);
        Assert.Equal(["DIFFERS", "NONE"], table.Table.Skip(1).Select(row => row[1]));
    }

    private string File(string rows) => _subjects.File($"ranges-{Guid.NewGuid():N}.csv", Header + rows);
}

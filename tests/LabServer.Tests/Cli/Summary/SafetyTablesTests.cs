using System.Text.Json.Nodes;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Summary;

/// <summary>
/// <c>summary shift</c>, <c>liver</c> and <c>profile</c> on four subjects, to whom bilirubin of three times its limit is
/// added for 002. ALT over 3 × ULN: 001 (3.25) and 002 (6.25).
/// </summary>
public sealed class SafetyTablesTests(ServerFixture server) : IClassFixture<ServerFixture>, IAsyncLifetime, IDisposable
{
    private const string Study = "SAFETY";
    private const string Term = "Alanine aminotransferase increased";

    private readonly FourSubjects _subjects = new(server);

    public async Task InitializeAsync()
    {
        if ((await _subjects.Labctl($"studies show {Study}")).ExitCode == 0)
        {
            return;
        }

        await _subjects.Bring(Study);
        Assert.Equal(0, (await _subjects.Push(Study, FourSubjects.Header + "E1,002,BILI,60,umol/L,3,20,2020-03-12,DAY 10\n")).ExitCode);
        await _subjects.Done($"grading run --study {Study}");
        await _subjects.Done($"doses import {_subjects.File("ex.csv", "USUBJID,EXSEQ,EXTRT,EXDOSE,EXDOSU,EXSTDTC\n002,1,MSC,4e7,CELLS,2020-03-02\n")} --study {Study}");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _subjects.Dispose();

    [Theory]
    [InlineData("grade", "MSC", "0>2 1, 0>3 1")]
    [InlineData("grade", "Placebo", "0>0 1, 0>1 1")]
    [InlineData("indicator", "MSC", "NORMAL>HIGH 2")]
    [InlineData("indicator", "Placebo", "NORMAL>NORMAL 1, NORMAL>HIGH 1")]
    public async Task Shift_OfAlt_IsFromBaselineToTheWorstAndToTheVisit(string by, string arm, string shifts)
    {
        var worst = (await Json("shift", "--test", "ALT", "--by", by, "--worst"))["tables"]!.AsArray();
        var visit = (await Json("shift", "--test", "ALT", "--by", by, "--visit", "DAY 10"))["tables"]!.AsArray();

        // By indicator the worst is told twice: to the lowest, and to the highest.
        Assert.Equal(by == "grade" ? 1 : 2, worst.Count);
        Assert.Equal(shifts, Shifts(worst[^1]!, arm));
        Assert.Equal(("DAY 10", shifts), (Assert.Single(visit)!["visit"]!.ToString(), Shifts(visit[0]!, arm)));
        Assert.Equal(4, visit[0]!["total"]!["subjects"]!.GetValue<int>());
    }

    [Fact]
    public async Task Shift_ByTermSplitBySexInOneArm_IsThatArmAndItsStrata()
    {
        var table = Assert.Single((await Json("shift", "--term", Term, "--worst", "--arms", "MSC", "--split-by", "sex"))["tables"]!.AsArray())!;

        Assert.Equal("MSC", Assert.Single(table["arms"]!.AsArray())!["arm"]!.ToString());
        Assert.Equal(["F: 0>3 1", "M: 0>2 1"], table["strata"]!.AsArray().Select(stratum => $"{stratum!["stratum"]}: {Shifts(stratum, "MSC")}"));
    }

    [Fact]
    public async Task Shift_ForPeopleAndAsCsv_HasEverySubjectInOneCell()
    {
        var text = await _subjects.Words("summary", "shift", "--study", Study, "--term", Term, "--worst");
        var csv = await _subjects.Words("summary", "shift", "--study", Study, "--term", Term, "--worst", "--format", "csv");

        Assert.Contains("ALT: Alanine aminotransferase increased, high, grade under ctcae-5.0, baseline to worst", text.Output, StringComparison.Ordinal);
        Assert.Contains(text.Table, row => row is ["Total (N = 4)", "0", "1 (25.0)", "1 (25.0)", "1 (25.0)", "1 (25.0)", "0", "0", "0", "4 (100.0)"]);
        var cells = csv.Output.TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal([(2, "MSC"), (2, "Placebo"), (4, "")], cells.GroupBy(cell => cell[6]).Select(arm => (arm.Sum(cell => int.Parse(cell[11], null)), arm.Key)));
    }

    [Theory]
    [InlineData("--term;Nonsense", "SHIFT_INVALID", "term")]
    [InlineData("--test;NONSENSE", "SHIFT_INVALID", "test")]
    [InlineData("--test;AST;--term;Alanine aminotransferase increased", "SHIFT_INVALID", "test")]
    [InlineData("--by;indicator;--term;Anemia", "SHIFT_INVALID", "term")]
    [InlineData("--worst;--visit;DAY 10", "SHIFT_INVALID", "worst_only")]
    [InlineData("--test;ALT;--visit;DAY 99", "VISIT_UNKNOWN", "visit")]
    [InlineData("--arms;X", "ARM_UNKNOWN", "arms")]
    [InlineData("--split-by;nothing", "ATTRIBUTE_UNKNOWN", "split_by")]
    [InlineData("--rule-set;ctcae-6.0", "RULE_SET_NOT_OF_STUDY", "ctcae-6.0")]
    public async Task Shift_OfWhatThereIsNot_FailsAndNamesTheField(string options, string reason, string named)
    {
        var call = await _subjects.Words(["summary", "shift", "--study", Study, .. options.Split(';')]);

        Assert.Equal((1, ""), (call.ExitCode, call.Output.Replace("none\n", "", StringComparison.Ordinal)));
        Assert.EndsWith($" ({reason})\n", call.Error, StringComparison.Ordinal);
        Assert.Contains(named, call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Liver_OneSubjectOverBothBounds_IsInHysLawRangeAndTheOthersAreCountedWithTheReason()
    {
        var summary = await Json("liver", "--split-by", "sex");

        Assert.Equal(
            (4, 1, 3, 1, 1),
            (Total("subjects"), Total("hysLaw"), Total("notMeasurable"), Total("notMeasurableOverBound"), Total("candidates")));
        var point = summary["points"]!.AsArray().Single(subject => subject!["subject"]!.ToString() == "002")!;
        Assert.Equal((6.25, 3, "HYS_LAW"), (point["x"]!.GetValue<double>(), point["y"]!.GetValue<double>(), point["quadrant"]!.ToString()));
        var gap = Assert.Single(summary["total"]!["notMeasurableReasons"]!.AsArray())!;
        Assert.Equal(("BILIRUBIN", "NO_RESULT", 3), (gap["test"]!.ToString(), gap["reason"]!.ToString(), gap["subjects"]!.GetValue<int>()));
        Assert.Equal(["001", "002"], summary["points"]!.AsArray().Where(subject => subject!["overBound"]!.GetValue<bool>()).Select(subject => subject!["subject"]!.ToString()));
        Assert.Equal(["F 1", "M 0"], summary["strata"]!.AsArray().Select(stratum => $"{stratum!["stratum"]} {stratum["total"]!["hysLaw"]}"));

        int Total(string name) => summary["total"]![name]!.GetValue<int>();
    }

    [Fact]
    public async Task Liver_ForPeopleAndAsCsv_ShowsWhoIsOverABoundAndEverySubject()
    {
        var text = await _subjects.Done($"summary liver --study {Study} --arms MSC");
        var csv = await _subjects.Done($"summary liver --study {Study} --format csv");

        Assert.Contains(text.Table, row => row is ["Hy's law range", "1 (50.0)", "1 (50.0)"]);
        Assert.Contains(text.Table, row => row is ["... with the other over its bound", "1 (50.0)", "1 (50.0)"]);
        Assert.Contains(text.Table, row => row is ["001", "MSC", "", "ALT 3.25", ..]);
        Assert.Contains(text.Table, row => row is ["002", "MSC", "HYS_LAW", "ALT 6.25", ..]);
        Assert.Equal(["001", "002", "003", "004"], csv.Output.TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public async Task Liver_OfWhatThereIsNot_FailsAndNamesIt()
    {
        await _subjects.Fails($"summary liver --study {Study} --arms X", "ARM_UNKNOWN", "arms");
        await _subjects.Fails($"summary liver --study {Study} --split-by nothing", "ATTRIBUTE_UNKNOWN", "split_by");
        await _subjects.Fails("summary liver --study NO-SUCH", "STUDY_NOT_FOUND", "NO-SUCH");
    }

    [Fact]
    public async Task Profile_OfASubject_IsResultsDosesAndEventsInTimeOrder()
    {
        var entries = (await _subjects.Done($"summary profile --study {Study} --subject 002 --format json")).Json.AsArray();

        Assert.Equal(
            [
                "2020-03-01 -1 result ALT 30",
                "2020-03-02 1 dose MSC 4e7",
                "2020-03-10 9 result ALT 250",
                $"2020-03-10 9 event {Term} ",
                "2020-03-12 11 result BILI 60",
                "2020-03-12 11 event Blood bilirubin increased ",
            ],
            entries.Select(entry => $"{entry!["at"]} {entry["studyDay"]} {entry["kind"]} {entry["what"]} {entry["value"]}"));
        Assert.Equal("Y", entries[0]!["baseline"]!.ToString());
    }

    [Fact]
    public async Task Profile_OfWhomOrUnderWhatThereIsNot_FailsAndNamesIt()
    {
        await _subjects.Fails($"summary profile --study {Study} --subject 099", "SUBJECT_NOT_FOUND", "'099'");
        await _subjects.Fails($"summary profile --study {Study} --subject 001 --rule-set ctcae-6.0", "RULE_SET_NOT_OF_STUDY", "ctcae-6.0");
        await _subjects.Fails("summary profile --study NO-SUCH --subject 001", "STUDY_NOT_FOUND", "NO-SUCH");
    }

    private async Task<JsonNode> Json(string table, params string[] options)
    {
        var call = await _subjects.Words(["summary", table, "--study", Study, "--format", "json", .. options]);
        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        return call.Json;
    }

    // "from>to subjects" of the cells of an arm that hold somebody.
    private static string Shifts(JsonNode table, string arm) => string.Join(
        ", ",
        from row in table["arms"]!.AsArray().Single(counts => counts!["arm"]!.ToString() == arm)!["rows"]!.AsArray()
        from cell in row!["counts"]!.AsObject()
        where cell.Value!.GetValue<int>() > 0
        select $"{row["baseline"]}>{cell.Key} {cell.Value}");
}

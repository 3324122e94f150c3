using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.AdverseEvents;

public sealed class ListAdverseEventsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task List_AsTable_HasARowAnEvent()
    {
        await _subjects.BringGraded("AE-1");

        var table = (await _subjects.Done("adverse-events list --study AE-1")).Table;

        Assert.Equal(
            [
                "rule set / subject id / term / direction / onset / end / baseline grade / worst grade",
                "ctcae-5.0 / 001 / Alanine aminotransferase increased / high / 2020-03-10 /  / 0 / 2",
                "ctcae-5.0 / 001 / Anemia / low / 2020-03-10 /  /  / 2",
                "ctcae-5.0 / 002 / Alanine aminotransferase increased / high / 2020-03-10 /  / 0 / 3",
                "ctcae-5.0 / 003 / Alanine aminotransferase increased / high / 2020-03-10 /  / 0 / 1",
            ],
            table.Select(row => string.Join(" / ", row)));
    }

    [Fact]
    public async Task List_EventThatGotWorseAndEnded_HasItsHistoryAndEnd()
    {
        await _subjects.BringGraded("AE-2");
        await _subjects.Push("AE-2", FourSubjects.Header + """
            C4,003,ALT,210,U/L,7,40,2020-03-12,DAY 12
            C5,003,ALT,30,U/L,7,40,2020-03-14,DAY 14

            """);
        await _subjects.Done("grading run --study AE-2");

        var call = await _subjects.Done("adverse-events list --study AE-2 --subject 003 --format json");

        var found = Assert.Single(call.Json.AsArray())!;
        Assert.Equal(
            ("003", "Investigations", "2020-03-10", "2020-03-14", "3"),
            ($"{found["subjectId"]}", $"{found["systemOrganClass"]}", $"{found["onset"]}", $"{found["end"]}", $"{found["worstGrade"]}"));
        Assert.StartsWith("AE-", $"{found["eventId"]}", StringComparison.Ordinal);
        Assert.Equal(["C2: 1", "C4: 3"], found["history"]!.AsArray().Take(2).Select(point => $"{point!["sourceResultId"]}: {point["grade"]}"));
    }

    [Fact]
    public async Task List_AsCsv_HasEveryColumn()
    {
        await _subjects.BringGraded("AE-3");

        var lines = (await _subjects.Done("adverse-events list --study AE-3 --subject 002 --format csv")).Output.Split('\n');

        Assert.Equal("event_id,rule_set,subject_id,term,system_organ_class,direction,onset,end,baseline_grade,worst_grade,history,"
            + "source,review_state,relatedness,serious,outcome,removed,fingerprint,rule_set_version", lines[0]);
        Assert.Contains(
            """,ctcae-5.0,002,Alanine aminotransferase increased,Investigations,high,2020-03-10,,0,3,"[{""collectedAt"":""2020-03-10"",""grade"":3,""laboratory"":""LAB"",""sourceResultId"":""B2""}]",graded,not_reviewed,,,,false,""",
            lines[1], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public async Task List_Filters_Combine()
    {
        await _subjects.BringGraded("AE-4");

        async Task Gives(string filters, string subjects) => Assert.Equal(
            $"{filters}: {subjects}",
            $"{filters}: {string.Join(' ', (await _subjects.Done($"adverse-events list --study AE-4 --format json {filters}")).Each("subjectId"))}");

        await Gives("--subject 001", "001 001");
        await Gives("--subject 004", "");
        await Gives("--subject 999", "");
        await Gives("--minimum-grade 0", "001 001 002 003");
        await Gives("--minimum-grade 2", "001 001 002");
        await Gives("--minimum-grade 3", "002");
        await Gives("--minimum-grade 5", "");
        await Gives("--rule-set ctcae-5.0 --minimum-grade 2 --subject 001", "001 001");
        await Gives("--limit 3", "001 001 002");
    }

    [Fact]
    public async Task List_RuleSetNotOfTheStudy_Fails()
    {
        await _subjects.Done("studies create AE-5");

        await _subjects.Fails("adverse-events list --study AE-5 --rule-set ctcae-4.03", "RULE_SET_NOT_OF_STUDY", "ctcae-4.03");
    }
}

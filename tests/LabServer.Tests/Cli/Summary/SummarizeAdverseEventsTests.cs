using System.Text.Json.Nodes;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Summary;

public sealed class SummarizeAdverseEventsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Json_OfAGradedStudy_HasWhatScriptsRelyOn()
    {
        await _subjects.BringGraded("SUM-1");

        var json = (await _subjects.Done("summary adverse-events --study SUM-1 --format json")).Json.AsObject();

        const string Expected = """
            {
              "study": "SUM-1",
              "ruleSet": "ctcae-5.0",
              "arms": [{ "arm": "MSC", "subjects": 2 }, { "arm": "Placebo", "subjects": 2 }],
              "terms": [
                { "term": "Alanine aminotransferase increased", "arms": [
                  { "arm": "MSC", "grade1": 0, "grade2": 1, "grade3": 1, "grade4": 0, "grade5": 0, "grade12": 1, "grade34": 1, "any": 2 },
                  { "arm": "Placebo", "grade1": 1, "grade2": 0, "grade3": 0, "grade4": 0, "grade5": 0, "grade12": 1, "grade34": 0, "any": 1 }] },
                { "term": "Anemia", "arms": [
                  { "arm": "MSC", "grade1": 0, "grade2": 1, "grade3": 0, "grade4": 0, "grade5": 0, "grade12": 1, "grade34": 0, "any": 1 },
                  { "arm": "Placebo", "grade1": 0, "grade2": 0, "grade3": 0, "grade4": 0, "grade5": 0, "grade12": 0, "grade34": 0, "any": 0 }] }
              ],
              "any": { "arms": [
                { "arm": "MSC", "grade1": 0, "grade2": 1, "grade3": 1, "grade4": 0, "grade5": 0, "grade12": 1, "grade34": 1, "any": 2 },
                { "arm": "Placebo", "grade1": 1, "grade2": 0, "grade3": 0, "grade4": 0, "grade5": 0, "grade12": 1, "grade34": 0, "any": 1 }] },
              "notGradable": [{ "reason": "UPPER_LIMIT_MISSING", "results": 1 }]
            }
            """;
        // Fields may be added to the promised ones, so those that are there beside them are no fault.
        Assert.Equal(0, json["pending"]!.GetValue<long>());
        json.Remove("pending");
        foreach (var term in json["terms"]!.AsArray())
        {
            term!.AsObject().Remove("systemOrganClass");
            term.AsObject().Remove("direction");
        }

        Assert.Equal(JsonNode.Parse(Expected)!.ToJsonString(), json.ToJsonString());
    }

    [Fact]
    public async Task Table_OfAGradedStudy_HasSharesByArm()
    {
        await _subjects.BringGraded("SUM-2");

        var call = await _subjects.Done("summary adverse-events --study SUM-2");

        Assert.StartsWith("Adverse events of SUM-2 under ctcae-5.0: subjects, n (%)\n", call.Output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "term / MSC / MSC / MSC / Placebo / Placebo / Placebo",
                " / N = 2 / N = 2 / N = 2 / N = 2 / N = 2 / N = 2",
                " / grade 1-2 / grade 3-4 / any / grade 1-2 / grade 3-4 / any",
                "Any adverse event / 1 (50.0) / 1 (50.0) / 2 (100.0) / 1 (50.0) / 0 / 1 (50.0)",
                "Alanine aminotransferase increased / 1 (50.0) / 1 (50.0) / 2 (100.0) / 1 (50.0) / 0 / 1 (50.0)",
                "Anemia / 1 (50.0) / 0 / 1 (50.0) / 0 / 0 / 0",
            ],
            call.Table.Select(row => string.Join(" / ", row)));
        Assert.EndsWith("Not gradable, UPPER_LIMIT_MISSING: 1 results\n", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_OfAGradedStudy_IsARowATermAndArm()
    {
        await _subjects.BringGraded("SUM-3");

        var call = await _subjects.Done("summary adverse-events --study SUM-3 --rule-set ctcae-5.0 --format csv");

        Assert.Equal(
            """
            study,rule_set,system_organ_class,term,direction,arm,subjects,grade1,grade2,grade3,grade4,grade5,grade12,grade34,any
            SUM-3,ctcae-5.0,,,,MSC,2,0,1,1,0,0,1,1,2
            SUM-3,ctcae-5.0,,,,Placebo,2,1,0,0,0,0,1,0,1
            SUM-3,ctcae-5.0,Investigations,Alanine aminotransferase increased,high,MSC,2,0,1,1,0,0,1,1,2
            SUM-3,ctcae-5.0,Investigations,Alanine aminotransferase increased,high,Placebo,2,1,0,0,0,0,1,0,1
            SUM-3,ctcae-5.0,Blood and lymphatic system disorders,Anemia,low,MSC,2,0,1,0,0,0,1,0,1
            SUM-3,ctcae-5.0,Blood and lymphatic system disorders,Anemia,low,Placebo,2,0,0,0,0,0,0,0,0

            """,
            call.Output);
    }

    [Fact]
    public async Task Summary_OfASubjectGradedTwice_CountsItOnceAtItsWorst()
    {
        await _subjects.BringGraded("SUM-4");
        await _subjects.Push("SUM-4", FourSubjects.Header + "C4,003,ALT,210,U/L,7,40,2020-03-12,DAY 12\n");
        await _subjects.Done("grading run --study SUM-4");

        var json = (await _subjects.Done("summary adverse-events --study SUM-4 --format json")).Json;

        var placebo = json["terms"]![0]!["arms"]![1]!;
        Assert.Equal(("0", "1", "1"), ($"{placebo["grade1"]}", $"{placebo["grade3"]}", $"{placebo["any"]}"));
    }
}

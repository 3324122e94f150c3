using System.Text.Json.Nodes;
using LabServer.Api.V1;
using LabServer.Cli.Output;
using LabServer.Cli.Summary;

namespace LabServer.Tests.Cli.Summary;

public sealed class IncidenceTests
{
    private static readonly string[] Named = ["term", "arm", "any", "subjects"];

    private static readonly SummarizeAdverseEventsResponse Summary = new()
    {
        StudyId = "S1",
        RuleSetId = "ctcae-5.0",
        Arms = { new ArmSize { Arm = "MSC", Subjects = 65 }, new ArmSize { Arm = "Placebo", Subjects = 35 } },
        Terms =
        {
            new TermIncidence
            {
                Term = "Blood lactate dehydrogenase increased",
                SystemOrganClass = "Investigations",
                Direction = ToxicityDirection.High,
                Total = new GradeCounts { Grade1 = 17, Grade2 = 3, Grade3 = 1, Any = 21 },
                Arms = { new GradeCounts { Arm = "MSC", Grade1 = 10, Grade2 = 3, Grade3 = 1, Any = 14 }, new GradeCounts { Arm = "Placebo", Grade1 = 7, Any = 7 } },
            },
        },
        Any = { new GradeCounts { Arm = "MSC", Grade1 = 20, Grade4 = 2, Any = 22 }, new GradeCounts { Arm = "Placebo" } },
        AnyTotal = new GradeCounts { Grade1 = 20, Grade4 = 2, Any = 22 },
        Subjects = 100,
        RuleSetIds = { "ctcae-5.0" },
        NotGradable = { new NotGradableCount { Reason = "UPPER_LIMIT_MISSING", Results = 12 } },
    };

    [Fact]
    public void Json_OfASummary_HasThePromisedShape()
    {
        const string Expected = """
            {
              "study": "S1",
              "ruleSet": "ctcae-5.0",
              "arms": [{ "arm": "MSC", "subjects": 65 }, { "arm": "Placebo", "subjects": 35 }],
              "terms": [{
                "term": "Blood lactate dehydrogenase increased",
                "arms": [
                  { "arm": "MSC", "grade1": 10, "grade2": 3, "grade3": 1, "grade4": 0, "grade5": 0, "grade12": 13, "grade34": 1, "any": 14 },
                  { "arm": "Placebo", "grade1": 7, "grade2": 0, "grade3": 0, "grade4": 0, "grade5": 0, "grade12": 7, "grade34": 0, "any": 7 }
                ],
                "total": { "grade1": 17, "grade2": 3, "grade3": 1, "grade4": 0, "grade5": 0, "grade12": 20, "grade34": 1, "any": 21 },
                "systemOrganClass": "Investigations",
                "direction": "high"
              }],
              "any": { "arms": [
                { "arm": "MSC", "grade1": 20, "grade2": 0, "grade3": 0, "grade4": 2, "grade5": 0, "grade12": 20, "grade34": 2, "any": 22 },
                { "arm": "Placebo", "grade1": 0, "grade2": 0, "grade3": 0, "grade4": 0, "grade5": 0, "grade12": 0, "grade34": 0, "any": 0 }
              ], "total": { "grade1": 20, "grade2": 0, "grade3": 0, "grade4": 2, "grade5": 0, "grade12": 20, "grade34": 2, "any": 22 } },
              "notGradable": [{ "reason": "UPPER_LIMIT_MISSING", "results": 12 }],
              "subjects": 100,
              "systemOrganClasses": [],
              "unassessed": [],
              "excluded": [],
              "pending": 0,
              "ruleSets": ["ctcae-5.0"]
            }
            """;

        Assert.Equal(JsonNode.Parse(Expected)!.ToJsonString(), IncidenceJson.Of(Summary).ToJsonString());
    }

    [Fact]
    public void Table_OfASummary_ShowsDenominatorsAndShares()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var terminal = new Terminal(output, TextWriter.Null, TimeProvider.System);

        IncidenceTable.Write(terminal, new SummarizeAdverseEventsRequest(), Summary, singleGrades: false);

        var lines = output.ToString().Split('\n').Select(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(lines, line => line.SequenceEqual(["N = 65", "N = 65", "N = 65", "N = 35", "N = 35", "N = 35", "N = 100", "N = 100", "N = 100"]));
        Assert.Contains(lines, line => line.SequenceEqual(
            ["Blood lactate dehydrogenase increased", "13 (20.0)", "1 (1.5)", "14 (21.5)", "7 (20.0)", "0", "7 (20.0)", "20 (20.0)", "1 (1.0)", "21 (21.0)"]));
        Assert.Contains(lines, line => line.SequenceEqual(["Any adverse event", "20 (30.8)", "2 (3.1)", "22 (33.8)", "0", "0", "0", "20 (20.0)", "2 (2.0)", "22 (22.0)"]));
        Assert.Contains("Not gradable, UPPER_LIMIT_MISSING: 12 results", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_OfASummary_AreOneATermAndArm() => Assert.Equal(
        ["/MSC/22/65", "/Placebo/0/35", "Blood lactate dehydrogenase increased/MSC/14/65", "Blood lactate dehydrogenase increased/Placebo/7/35"],
        IncidenceRow.Of(new SummarizeAdverseEventsRequest(), Summary).Select(row => string.Join('/', Named.Select(
            name => Cell.Text(IncidenceRow.Columns.Single(column => column.Name == name).Value(row))))));
}

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
        foreach (var added in (string[])["pending", "subjects", "systemOrganClasses", "unassessed", "excluded", "ruleSets"])
        {
            Assert.True(json.Remove(added), added);
        }

        json["any"]!.AsObject().Remove("total");
        foreach (var term in json["terms"]!.AsArray())
        {
            term!.AsObject().Remove("total");
            term.AsObject().Remove("systemOrganClass");
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
                "term / MSC / MSC / MSC / Placebo / Placebo / Placebo / Total / Total / Total",
                " / N = 2 / N = 2 / N = 2 / N = 2 / N = 2 / N = 2 / N = 4 / N = 4 / N = 4",
                " / grade 1-2 / grade 3-4 / any / grade 1-2 / grade 3-4 / any / grade 1-2 / grade 3-4 / any",
                "Any adverse event / 1 (50.0) / 1 (50.0) / 2 (100.0) / 1 (50.0) / 0 / 1 (50.0) / 2 (50.0) / 1 (25.0) / 3 (75.0)",
                "Alanine aminotransferase increased / 1 (50.0) / 1 (50.0) / 2 (100.0) / 1 (50.0) / 0 / 1 (50.0) / 2 (50.0) / 1 (25.0) / 3 (75.0)",
                "Anemia / 1 (50.0) / 0 / 1 (50.0) / 0 / 0 / 0 / 1 (25.0) / 0 / 1 (25.0)",
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
            study,rule_set,system_organ_class,term,direction,arm,subjects,grade1,grade2,grade3,grade4,grade5,grade12,grade34,any,level,split_by,stratum,total_subjects,total_any,risk_difference,risk_difference_low,risk_difference_high,odds_ratio,odds_ratio_low,odds_ratio_high,odds_ratio_method,test,p
            SUM-3,ctcae-5.0,,,,MSC,2,0,1,1,0,0,1,1,2,any,,,4,3,,,,,,,,,
            SUM-3,ctcae-5.0,,,,Placebo,2,1,0,0,0,0,1,0,1,any,,,4,3,,,,,,,,,
            SUM-3,ctcae-5.0,Investigations,Alanine aminotransferase increased,high,MSC,2,0,1,1,0,0,1,1,2,term,,,4,3,,,,,,,,,
            SUM-3,ctcae-5.0,Investigations,Alanine aminotransferase increased,high,Placebo,2,1,0,0,0,0,1,0,1,term,,,4,3,,,,,,,,,
            SUM-3,ctcae-5.0,Blood and lymphatic system disorders,Anemia,low,MSC,2,0,1,0,0,0,1,0,1,term,,,4,1,,,,,,,,,
            SUM-3,ctcae-5.0,Blood and lymphatic system disorders,Anemia,low,Placebo,2,0,0,0,0,0,0,0,0,term,,,4,1,,,,,,,,,

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

    [Fact]
    public async Task Table_ByClassWithComparison_HasClassesAndStatisticsAndSaysWhatItIsOf()
    {
        await _subjects.BringGraded("SUM-5");

        var call = await _subjects.Done("summary adverse-events --study SUM-5 --order soc --arms Placebo,MSC --statistics --from-day 2 --to-day 28");

        Assert.Contains("\nOnly events begun from day 2 on; begun up to day 28\n", call.Output, StringComparison.Ordinal);
        var rows = call.Table.Select(row => string.Join(" / ", row)).ToList();
        Assert.EndsWith(" / Total / Total / Total / risk difference, % / odds ratio / p", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("Placebo", rows[0]["term / ".Length..], StringComparison.Ordinal);
        Assert.Equal(
            ["Any adverse event", "Blood and lymphatic system disorders", "Anemia", "Investigations", "Alanine aminotransferase increased"],
            rows.Skip(3).Select(row => row.Split(" / ")[0]));
        // 1 of 2 against 2 of 2: the mirror of 0 and 1 of 2.
        Assert.EndsWith(" / 1.00 (0.00 to 19.00, exact) / 1.000 (Fisher)", rows[^1], StringComparison.Ordinal);
        Assert.Contains(" / -50.0 (", rows[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_SingleGradesOfStrata_IsOneTableEach()
    {
        await _subjects.BringGraded("SUM-6");

        var call = await _subjects.Done("summary adverse-events --study SUM-6 --split-by sex --single-grades --arms MSC");

        Assert.Contains("\nsex: F\n", call.Output, StringComparison.Ordinal);
        Assert.Contains("\nsex: M\n", call.Output, StringComparison.Ordinal);
        var rows = call.Table.Select(row => string.Join(" / ", row)).ToList();
        Assert.Equal(" / grade 1 / grade 2 / grade 3 / grade 4 / grade 5 / any", rows[2]);
        Assert.Equal(
            ["Any adverse event / 0 / 1 (50.0) / 1 (50.0) / 0 / 0 / 2 (100.0)", "Any adverse event / 0 / 0 / 1 (100.0) / 0 / 0 / 1 (100.0)",
                "Any adverse event / 0 / 1 (100.0) / 0 / 0 / 0 / 1 (100.0)"],
            rows.Where(row => row.StartsWith("Any", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Table_OfWhatWasAssessed_TellsWhatWasNotAndWhatIsLeftOut()
    {
        await _subjects.BringGraded("SUM-7");

        var call = await _subjects.Words(
            "summary", "adverse-events", "--study", "SUM-7", "--serious", "no", "--relatedness", "related,unlikely", "--laboratory-only", "--without-term", "Anemia");
        var csv = await _subjects.Words("summary", "adverse-events", "--study", "SUM-7", "--serious", "no", "--format", "csv");

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        Assert.Contains("Only events not serious; related: possible or probable or definite or unlikely; found by grading\n", call.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            "Not assessed yet, and not in the table: events of MSC 2 of 2 subjects, Placebo 1 of 1 subjects\n"
                + "Left out, Anemia: MSC 0 subjects (0 grade 3-4, 0 grade 5), Placebo 0 subjects (0 grade 3-4, 0 grade 5)\n",
            call.Output, StringComparison.Ordinal);
        Assert.Equal("Not assessed yet, and not in the table: events of MSC 3 of 2 subjects, Placebo 1 of 1 subjects\n", csv.Error);
    }

    [Fact]
    public async Task Json_OfStrataAndComparison_RepeatsTheShapeAndNamesReasons()
    {
        await _subjects.BringGraded("SUM-8");

        var json = (await _subjects.Done("summary adverse-events --study SUM-8 --split-by sex --arms MSC,Placebo --statistics --format json")).Json;

        Assert.Equal(["F", "M"], json["strata"]!.AsArray().Select(stratum => (string)stratum!["stratum"]!));
        var women = json["strata"]![0]!;
        Assert.Equal(
            ["stratum", "arms", "terms", "any", "notGradable", "subjects", "systemOrganClasses", "unassessed", "excluded"],
            women.AsObject().Select(field => field.Key));
        Assert.Equal("""["MSC","Placebo"]""", women["any"]!["comparison"]!["arms"]!.ToJsonString());
        var ratio = women["any"]!["comparison"]!["oddsRatio"]!;
        Assert.Equal(1.0 / 19, (double)ratio["low"]!, 1e-12);
        Assert.Equal((true, "exact logistic"), ((bool)ratio["unbounded"]!, (string)ratio["method"]!));
        Assert.Null(ratio["high"]);
        Assert.Equal("ALL_EVENTS", (string?)json["strata"]![1]!["any"]!["comparison"]!["test"]!["reason"]);
        Assert.Null(json["strata"]![1]!["any"]!["comparison"]!["test"]!["p"]);
    }

    [Fact]
    public async Task Csv_OfStrata_HasRowsOfEachBehindThoseOfTheWhole()
    {
        await _subjects.BringGraded("SUM-9");

        var call = await _subjects.Done("summary adverse-events --study SUM-9 --split-by sex --order soc --arms MSC,Placebo --statistics --format csv");

        var rows = call.Output.TrimEnd('\n').Split('\n').Skip(1).Select(row => row.Split(',')).ToList();
        Assert.Equal(["", "sex"], rows.Select(row => row[16]).Distinct());
        Assert.Equal(["", "F", "M"], rows.Select(row => row[17]).Distinct());
        Assert.Equal(["any", "system-organ-class", "term"], rows.Select(row => row[15]).Distinct());
        Assert.All(rows, row => Assert.Equal(29, row.Length));
        Assert.Equal(["MSC", "Placebo"], rows.Take(2).Select(row => row[5]));
        Assert.Equal("fisher", rows[0][27]);
    }

    [Theory]
    [InlineData("--arms MSC --statistics", "ARMS_NOT_TWO", "arms")]
    [InlineData("--arms MSC,Verum", "ARM_UNKNOWN", "Verum")]
    [InlineData("--split-by ward", "ATTRIBUTE_UNKNOWN", "ward")]
    [InlineData("--from-day 0", "PERIOD_INVALID", "from_day")]
    [InlineData("--to-day 0", "PERIOD_INVALID", "to_day")]
    [InlineData("--rule-set ctcae-5.0,none", "RULE_SET_NOT_OF_STUDY", "none")]
    public async Task Options_TheServerRefuses_AreNamed(string options, string reason, string named)
    {
        await _subjects.Labctl("studies create SUM-10 --arms MSC,Placebo");

        await _subjects.Fails($"summary adverse-events --study SUM-10 {options}", reason, named);
    }

    [Theory]
    [InlineData("--relatedness possible,perhaps", "perhaps")]
    [InlineData("--serious maybe", "maybe")]
    [InlineData("--order size", "size")]
    [InlineData("--from-day soon", "soon")]
    public async Task Options_ThatAreNone_AreUsage(string options, string named)
    {
        var call = await _subjects.Labctl($"summary adverse-events --study SUM-10 {options}");

        Assert.Equal(2, call.ExitCode);
        Assert.Contains(named, call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_StudyThatIsNotTheTrial_FailsAndSaysHowManyRowsMatch()
    {
        await _subjects.Done("studies create SUM-11 --arms MSC,Placebo --rule-sets ctcae-5.0,nct04288102");

        var call = await _subjects.Labctl("sample-trial compare --study SUM-11 --format csv");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("\n0 of 60 published rows match.\n", call.Error, StringComparison.Ordinal);
        Assert.StartsWith("published_term,rule_set,our_term,msc_published,msc_ours,", call.Output, StringComparison.Ordinal);
        Assert.Contains("\nAny adverse event,,,53 | 1,0 | 0,26 | 0,0 | 0,no\n", call.Output, StringComparison.Ordinal);
    }
}

using LabServer.Core.Access;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Grading;

/// <summary>The way from stored results to events: ALT, ULN 40, CTCAE 5.0 (over 3 × ULN = 120 is grade 2, over 200 grade 3).</summary>
public sealed class GradingRunTests
{
    [Fact]
    public async Task Grading_RunOfHighResultsAfterDose_IsOneEventWithOnsetWorstGradeAndEnd()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(
            Alt("b", "30", "2021-02-28"), Alt("d1", "30", "2021-03-02"), Alt("d2", "50", "2021-03-05"), Alt("d3", "210", "2021-03-09"),
            Alt("d4", "125", "2021-03-12"), Alt("d5", "38", "2021-03-20"));

        await study.Grade();

        var found = Assert.Single(study.AllEvents());
        Assert.Equal("Alanine aminotransferase increased", found.Term.Name);
        Assert.Equal(("2021-03-05", "2021-03-20", 3, 0), (found.Onset, found.EndedAt, found.WorstGrade, found.BaselineGrade));
        Assert.Equal([1, 3, 2], found.History.Select(point => point.Grade));
    }

    [Fact]
    public async Task Grading_SecondRunOfHighResults_IsASecondEventAndStaysOngoing()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("a", "50", "2021-03-02"), Alt("b", "30", "2021-03-05"), Alt("c", "60", "2021-03-09"));

        await study.Grade();

        Assert.Equal([("2021-03-02", "2021-03-05"), ("2021-03-09", null)], study.AllEvents().Select(e => (e.Onset, e.EndedAt)));
    }

    [Theory]
    // Results of one moment, id=value; ALT over 40, 120 and 200 is grade 1, 2 and 3.
    [InlineData("a=30 b=130", "2021-03-05", null, 2, "b")]
    [InlineData("a=130 b=30", "2021-03-05", null, 2, "a")]
    [InlineData("a=50 b=210", "2021-03-05", null, 3, "a,b")]
    public async Task Grading_DrawMeasuredTwice_TheWorstDecides(string draw, string onset, string? end, int worst, string members)
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push([.. draw.Split(' ').Select(one => Alt(one[..1], one[2..], "2021-03-05T08:00"))]);

        await study.Grade();

        var found = Assert.Single(study.AllEvents());
        Assert.Equal((onset + "T08:00", end, worst), (found.Onset, found.EndedAt, found.WorstGrade));
        Assert.Equal(members, string.Join(",", found.History.Select(point => point.SourceResultId)));
    }

    [Fact]
    public async Task Grading_DrawMeasuredTwiceWithinARun_NeitherEndsItNorCountsTheLesser()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(
            Alt("a", "130", "2021-03-05"), Alt("b1", "30", "2021-03-07"), Alt("b2", "60", "2021-03-07"), Alt("c", "50", "2021-03-09"), Alt("d", "30", "2021-03-11"));

        await study.Grade();

        var found = Assert.Single(study.AllEvents());
        Assert.Equal(("2021-03-05", "2021-03-11", "a,b2,c"), (found.Onset, found.EndedAt, string.Join(",", found.History.Select(point => point.SourceResultId))));
    }

    [Fact]
    public async Task Grading_HighBeforeFirstDoseAndNotWorseAfter_IsNoEvent()
    {
        await using var study = await Create("UTC", "ctcae-4.03");
        await study.Register("01");
        await study.Push(Alt("b", "70", "2021-02-28"), Alt("d", "80", "2021-03-05"));

        await study.Grade();

        Assert.Empty(study.AllEvents());
    }

    [Fact]
    public async Task Grading_ResultOnTheDayOfADoseWithoutTime_CountsAsBaseline()
    {
        await using var study = await Create("UTC", "ctcae-4.03");
        await study.Register("01", firstDoseAt: "2021-03-01");
        await study.Push(Alt("b", "70", "2021-03-01T15:00"));

        await study.Grade();

        Assert.Empty(study.AllEvents());
        Assert.True(Assert.Single(study.Adlb.Rows(study.Study, ArmSight.Unblinded, "ctcae-4.03")).IsBaseline);
    }

    [Fact]
    public async Task Grading_ResultAfterTheDoseOfTheSameDayByTime_IsNotBaseline()
    {
        await using var study = await Create("UTC", "ctcae-4.03");
        await study.Register("01", firstDoseAt: "2021-03-01T09:00");
        await study.Push(Alt("b", "70", "2021-03-01T15:00"));

        await study.Grade();

        Assert.Single(study.AllEvents());
    }

    [Fact]
    public async Task Grading_SubjectWithoutFirstDose_IsGradedAndHasNoEvent()
    {
        await using var study = await Create();
        await study.Register("01", firstDoseAt: "");
        await study.Push(Alt("a", "210", "2021-03-02"));

        var counts = await study.Grade();

        Assert.Equal(1, counts.Grades);
        Assert.Empty(study.AllEvents());
    }

    [Fact]
    public async Task Grading_WithoutUpperLimit_IsNotGradableAndCounted()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("a", "210", "2021-03-02") with { ReferenceHigh = "" });

        await study.Grade();

        Assert.Empty(study.AllEvents());
        var reason = Assert.Single(study.Incidence().NotGradable);
        Assert.Equal((Core.Grading.NotGradableReason.UpperLimitMissing, 1), (reason.Reason, reason.Results));
    }

    [Fact]
    public async Task Grading_LateBaseline_ChangesLaterGradesAndTheEventGoes()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("d", "50", "2021-03-05"));
        await study.Grade();
        Assert.Single(study.AllEvents());

        // CTCAE 5.0 judges a high baseline by multiples of itself: 50 is under 1.5 × 45.
        await study.Push(Alt("b", "45", "2021-02-20"));
        await study.Grade();

        Assert.Empty(study.AllEvents());
    }

    [Fact]
    public async Task Grading_Amendment_RaisesTheGradeAndKeepsTheEventId()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("b", "30", "2021-02-28"), Alt("d", "50", "2021-03-05"));
        await study.Grade();
        var before = Assert.Single(study.AllEvents());

        await study.Push(Alt("d", "210", "2021-03-05", version: 2));
        await study.Grade();

        var after = Assert.Single(study.AllEvents());
        Assert.Equal((before.EventId, 1, 3), (after.EventId, before.WorstGrade, after.WorstGrade));
    }

    [Fact]
    public async Task Grading_EarlierResultMovesTheOnset_KeepsTheEventId()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("d2", "50", "2021-03-05"));
        await study.Grade();
        var before = Assert.Single(study.AllEvents());

        await study.Push(Alt("d1", "60", "2021-03-03"));
        await study.Grade();

        var after = Assert.Single(study.AllEvents());
        Assert.Equal((before.EventId, "2021-03-03"), (after.EventId, after.Onset));
    }

    [Fact]
    public async Task Grading_CancelledByALaterVersion_LeavesTheSeries()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("d", "210", "2021-03-05"));
        await study.Grade();

        await study.Push(Alt("d", "", "2021-03-05", version: 2) with { Status = ResultStatus.Cancelled });
        await study.Grade();

        Assert.Empty(study.AllEvents());
        Assert.Empty(study.Adlb.Rows(study.Study, ArmSight.Unblinded, Study.DefaultRuleSet));
        Assert.Equal(0, (await study.GradeFully()).Differences);
    }

    [Fact]
    public async Task Grading_CorrectionMovesTheResultToAnotherSubject_GradesBothSeriesAgain()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Register("02");
        await study.Push(Alt("d", "210", "2021-03-05", "01"));
        await study.Grade();

        await study.Push(Alt("d", "210", "2021-03-05", "02", version: 2));
        await study.Grade();

        Assert.Equal("02", Assert.Single(study.AllEvents()).SubjectId);
    }

    [Fact]
    public async Task Grading_OlderVersionArrivesLast_TheNewerStaysInForce()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("d", "210", "2021-03-05", version: 2));
        await study.Grade();

        await study.Push(Alt("d", "30", "2021-03-05"));
        await study.Grade();

        Assert.Equal(3, Assert.Single(study.AllEvents()).WorstGrade);
    }

    [Fact]
    public async Task Grading_HeldResultOfASubjectRegisteredLater_IsTakenUpByItself()
    {
        await using var study = await Create();
        await study.Push(Alt("d", "210", "2021-03-05"));
        await study.Grade();
        Assert.Empty(study.AllEvents());

        var import = await study.Register("01");
        await study.Grade();

        Assert.Equal(1, import.Released);
        Assert.Single(study.AllEvents());
        Assert.Empty(study.Results.ListHeld(study.Study.StudyKey, 0, 10));
    }

    [Fact]
    public async Task Grading_ChangedFirstDose_GradesTheSubjectAgain()
    {
        await using var study = await Create();
        await study.Register("01", firstDoseAt: "2021-03-01");
        await study.Push(Alt("d", "50", "2021-03-05"));
        await study.Grade();
        Assert.Single(study.AllEvents());

        await study.Register("01", firstDoseAt: "2021-03-10");
        await study.Grade();

        Assert.Empty(study.AllEvents());
    }

    [Fact]
    public async Task Explanation_BaselineInAnotherUnit_IsShownInTheUnitOfTheResult()
    {
        await using var study = await Create("UTC", "ctcae-4.03");
        await study.Register("01");
        var glucose = Alt("b", "90", "2021-02-20") with { TestCode = "GLUC", ReportedUnit = "mg/dL", ReferenceLow = "70", ReferenceHigh = "100" };
        await study.Push(
            glucose,
            glucose with { SourceResultId = "d", ReportedValue = "2.5", ReportedUnit = "mmol/L", ReferenceLow = "3.9", ReferenceHigh = "5.6", CollectedAt = "2021-03-05" });
        await study.Grade();
        var result = study.Results.Versions(study.Study.StudyKey, "", "d")[0];

        var explained = study.Explanations.Explain(result.ResultKey, "ctcae-4.03").Single(grade => grade.Term.Name == "Hypoglycemia");

        Assert.Equal((2, "mmol/L", 2.5), (explained.Grade, explained.Value.Unit, explained.Value.Value));
        Assert.Equal(("mmol/L", "90", "mg/dL"), (explained.Baseline!.Unit, explained.Baseline.ReportedValue, explained.Baseline.ReportedUnit));
        Assert.Equal(4.9959, explained.Baseline.Value!.Value, 4);
        Assert.Equal(5.551, explained.Baseline.UpperLimit!.Value, 3);
    }

    [Fact]
    public async Task Grading_ResultsBeforeTheDoseAmongThoseOfAnEvent_AreNotInItsHistory()
    {
        await using var study = await Create("UTC", "ctcae-4.03");
        await study.Register("01", firstDoseAt: "2021-03-10");
        await study.Push(Alt("m", "210", "2021-03"), Alt("h", "125", "2021-03-04"), Alt("b", "30", "2021-03-09"), Alt("d", "210", "2021-03-20"));

        await study.Grade();

        Assert.Equal(["m", "d"], Assert.Single(study.AllEvents()).History.Select(point => point.SourceResultId));
    }

    [Fact]
    public async Task FullRun_AfterIncrementalRuns_FindsNoDifference()
    {
        await using var study = await Create("Europe/Berlin", "ctcae-4.03", "ctcae-5.0");
        await study.Register("01");
        for (var day = 1; day < 28; day++)
        {
            await study.Push(Alt($"r{day}", $"{(day * 37) % 260}", $"2021-03-{day:00}T08:30"));
            if (day % 5 == 0)
            {
                await study.Grade();
            }
        }

        await study.Grade();

        Assert.Equal(0, (await study.GradeFully()).Differences);
        Assert.Equal(0, (await study.Grade()).Series);
    }

    [Fact]
    public async Task Grading_AnyOrderOfArrival_GivesTheSameEvents()
    {
        LabResult[] results = [.. Enumerable.Range(1, 20).Select(day => Alt($"r{day}", $"{(day * 53) % 300}", $"2021-03-{(day / 2) + 1:00}"))];
        var inOrder = await EventsOf(results, gradeEach: 20);
        var backwards = await EventsOf([.. results.Reverse()], gradeEach: 3);

        Assert.NotEmpty(inOrder);
        Assert.Equal(inOrder, backwards);
    }

    private static async Task<List<string>> EventsOf(LabResult[] results, int gradeEach)
    {
        await using var study = await Create();
        await study.Register("01");
        foreach (var chunk in results.Chunk(gradeEach))
        {
            await study.Push(chunk);
            await study.Grade();
        }

        return [.. study.AllEvents().Select(e => $"{e.Onset} {e.EndedAt} {e.WorstGrade} {string.Join(",", e.History.Select(p => p.SourceResultId))}")];
    }
}

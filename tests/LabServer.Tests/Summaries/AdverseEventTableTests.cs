using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Summaries;

/// <summary>Each thing a table can be asked for. Rows are <c>term: A B</c>, each arm as subjects of grade 1-2 | grade 3-4.</summary>
public sealed class AdverseEventTableTests(EventTableStudy study) : IClassFixture<EventTableStudy>
{
    private const string Alt = "Alanine aminotransferase increased";
    private const string Ldh = "Blood lactate dehydrogenase increased";
    private const string Urate = "Blood uric acid increased";

    [Fact]
    public async Task RuleSets_Several_AreOneTableWithTheWorstGradeOverAll()
    {
        var table = await study.Table(_ => { });

        Assert.Equal(
            [
                "any: 1|1 1|1", $"{Alt}: 1|0 0|0", $"{Ldh}: 0|0 1|0", $"{Urate}: 1|0 0|0", "COUGH: 0|0 1|0", "Headache: 1|0 0|0",
                "Hyperuricemia: 0|1 0|0", "Pneumothorax: 0|0 0|1",
            ],
            Rows(table));
        Assert.Equal("ctcae-5.0,nct04288102", table.RuleSetId);
        Assert.Equal(["ctcae-5.0", "nct04288102"], table.RuleSetIds);
        Assert.Equal((4, 4, 2), (table.Subjects, table.AnyTotal.Any, table.AnyTotal.Grade3));
        Assert.Equal("UPPER_LIMIT_MISSING 1", string.Join(", ", table.NotGradable.Select(row => $"{row.Reason} {row.Results}")));
        Assert.Empty(table.Unassessed);
        Assert.Empty(table.Strata);
        Assert.Null(table.AnyComparison);
    }

    [Fact]
    public async Task RuleSets_OneInEitherField_IsThatOneAlone()
    {
        var table = await study.Table(request =>
        {
            request.RuleSetIds.Clear();
            request.RuleSetId = "nct04288102";
        });

        Assert.Equal(["any: 2|0 1|1", $"{Ldh}: 0|0 1|0", $"{Urate}: 1|0 0|0", "COUGH: 0|0 1|0", "Headache: 1|0 0|0", "Pneumothorax: 0|0 0|1"], Rows(table));
        Assert.Equal("nct04288102", table.RuleSetId);
    }

    [Fact]
    public async Task ExcludeTerms_OneThatAnotherSetCounts_IsOutOfAnyEventTooAndToldApart()
    {
        var table = await study.Table(request => request.ExcludeTerms.Add(["HYPERURICEMIA", "No such term"]));

        Assert.Equal("any: 2|0 1|1", Rows(table)[0]);
        Assert.DoesNotContain(table.Terms, term => term.Term == "Hyperuricemia");
        Assert.Equal(["HYPERURICEMIA: 0|1 0|0", "No such term: 0|0 0|0"], table.Excluded.Select(Row));
    }

    [Theory]
    [InlineData(null, 28, $"any: 1|0 1|1; {Alt}: 1|0 0|0; {Ldh}: 0|0 1|0; COUGH: 0|0 1|0; Pneumothorax: 0|0 0|1")]
    [InlineData(29, null, $"any: 1|1 0|0; {Urate}: 1|0 0|0; Headache: 1|0 0|0; Hyperuricemia: 0|1 0|0")]
    [InlineData(5, 5, $"any: 1|0 0|0; {Alt}: 1|0 0|0")]
    [InlineData(-3, 1, "any: 0|0 1|0; COUGH: 0|0 1|0")]
    [InlineData(47, null, "any: 0|0 0|0")]
    public async Task Period_ByDayOfOnset_PartialOnesAtTheirEarliest(int? from, int? to, string expected)
    {
        var table = await study.Table(request =>
        {
            if (from is { } first)
            {
                request.FromDay = first;
            }

            if (to is { } last)
            {
                request.ToDay = last;
            }
        });

        Assert.Equal(expected, string.Join("; ", Rows(table)));
    }

    [Theory]
    [InlineData(YesNo.Yes, "", "any: 0|0 0|1; Pneumothorax: 0|0 0|1", "A 3/2, B 2/1")]
    [InlineData(YesNo.No, "", $"any: 1|0 1|0; {Alt}: 1|0 0|0; COUGH: 0|0 1|0", "A 3/2, B 2/1")]
    [InlineData(YesNo.Unspecified, "Possible,Probable,Definite", $"any: 1|0 1|0; {Alt}: 1|0 0|0; COUGH: 0|0 1|0", "A 3/2, B 2/1")]
    [InlineData(YesNo.Unspecified, "Unlikely", "any: 0|0 0|1; Pneumothorax: 0|0 0|1", "A 3/2, B 2/1")]
    [InlineData(YesNo.Yes, "Possible", "any: 0|0 0|0", "A 3/2, B 2/1")]
    public async Task Assessed_BySeriousnessAndRelatedness_CountsWhatNobodyHasSaidByItself(YesNo serious, string relatedness, string rows, string unassessed)
    {
        var table = await study.Table(request =>
        {
            request.Serious = serious;
            request.Relatedness.Add(relatedness.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Relatedness>));
        });

        Assert.Equal(rows, string.Join("; ", Rows(table)));
        Assert.Equal(unassessed, string.Join(", ", table.Unassessed.Select(count => $"{count.Arm} {count.Events}/{count.Subjects}")));
    }

    [Fact]
    public async Task Reported_Excluded_AreNotCounted()
    {
        var table = await study.Table(request => request.ExcludeReported = true);

        Assert.Equal(["any: 1|1 1|0", $"{Alt}: 1|0 0|0", $"{Ldh}: 0|0 1|0", $"{Urate}: 1|0 0|0", "Hyperuricemia: 0|1 0|0"], Rows(table));
    }

    [Fact]
    public async Task Arms_OneNamed_IsShownAlone()
    {
        var table = await study.Table(request => request.Arms.Add("B"));

        Assert.Equal(["any: 1|1", $"{Ldh}: 1|0", "COUGH: 1|0", "Pneumothorax: 0|1"], Rows(table));
        Assert.Equal((2, 2), (table.Subjects, table.AnyTotal.Any));
        Assert.Equal("B 2", string.Join(", ", table.Arms.Select(arm => $"{arm.Arm} {arm.Subjects}")));
    }

    [Fact]
    public async Task Comparison_OfTwoArms_IsOfTheFirstAgainstTheSecondAndSaysWhatCannotBeComputed()
    {
        var table = await study.Table(request =>
        {
            request.Arms.Add(["B", "A"]);
            request.CompareArms = true;
        });

        // LDH in 1 of 2 against 0 of 2. Fisher: every table is as probable as this one, or more. Exact logistic: the odds
        // ratio under which 1 of 2 against 0 has probability 0.5 is 1, and 0.05 is 1/19.
        Assert.Equal("B 2, A 2", string.Join(", ", table.Arms.Select(arm => $"{arm.Arm} {arm.Subjects}")));
        var ldh = table.Terms.Single(term => term.Term == Ldh).Comparison;
        Assert.Equal((0.5, "fisher", 1.0, "exact logistic"), (ldh.RiskDifference, ldh.Test, Math.Round(ldh.P, 12), ldh.OddsRatioMethod));
        Assert.Equal((1.0, Math.Round(1.0 / 19, 12)), (Math.Round(ldh.OddsRatio, 12), Math.Round(ldh.OddsRatioInterval.Low, 12)));
        Assert.True(ldh.OddsRatioInterval is { Unbounded: true, HasHigh: false });
        Assert.True(ldh.Newcombe.Low < 0.5 && ldh.Newcombe.High > 0.5);
        var any = table.AnyComparison;
        Assert.Equal((false, "ALL_EVENTS", false, "ALL_EVENTS"), (any.HasOddsRatio, any.OddsRatioReason, any.HasP, any.TestReason));
        Assert.Equal((0.0, "NO_VARIATION"), (any.RiskDifference, any.RiskDifferenceReason));
        Assert.Null(any.Wald);
        Assert.NotNull(any.Newcombe);
        Assert.All(table.SystemOrganClasses, row => Assert.NotNull(row.Comparison));
    }

    [Theory]
    [InlineData("severity", "[] 0+1: any: 0|0 1|0; [moderate] 1+0: any: 0|1 0|0; [severe] 1+1: any: 1|0 0|1")]
    [InlineData("sex", "[] 0+1: any: 0|0 1|0; [F] 1+0: any: 0|1 0|0; [M] 1+1: any: 1|0 0|1")]
    [InlineData("site", "[] 2+2: any: 1|1 1|1")]
    public async Task Strata_OfWhatSubjectsHave_AddUpToTheWhole(string splitBy, string expected)
    {
        var table = await study.Table(request => request.SplitBy = splitBy);

        Assert.Equal(expected, string.Join("; ", table.Strata.Select(stratum =>
            $"[{stratum.Stratum}] {string.Join('+', stratum.Arms.Select(arm => arm.Subjects))}: {Row("any", stratum.Any)}")));
        Assert.Equal(table.AnyTotal.Any, table.Strata.Sum(stratum => stratum.AnyTotal.Any));
        Assert.Equal(table.NotGradable.Sum(row => row.Results), table.Strata.Sum(stratum => stratum.NotGradable.Sum(row => row.Results)));
        Assert.All(table.Terms, term => Assert.Equal(
            term.Total.Any, table.Strata.SelectMany(stratum => stratum.Terms).Where(row => row.Term == term.Term).Sum(row => row.Total.Any)));
    }

    [Fact]
    public async Task Order_BySystemOrganClass_HasTermsUnderTheirClassAndEachSubjectOnceAClass()
    {
        var table = await study.Table(request => request.Order = IncidenceOrder.SystemOrganClass);

        Assert.Equal(
            [
                "Investigations: 2|0 1|0", "Metabolism and nutrition disorders: 0|1 0|0", "Nervous system disorders: 1|0 0|0",
                "respiratory disorders: 0|0 1|1",
            ],
            table.SystemOrganClasses.Select(row => Row(row.SystemOrganClass, row.Arms)));
        Assert.Equal([Alt, Ldh, Urate, "Hyperuricemia", "Headache", "COUGH", "Pneumothorax"], table.Terms.Select(term => term.Term));
    }

    [Fact]
    public async Task Request_WithFaults_NamesTheFieldAndWhatThereIs()
    {
        await Refuses("PERIOD_INVALID", "from_day", request => request.FromDay = 0);
        await Refuses("PERIOD_INVALID", "to_day", request => request.ToDay = 0);
        await Refuses("PERIOD_INVALID", "to_day", request => (request.FromDay, request.ToDay) = (29, 28));
        await Refuses("SERIOUSNESS_UNKNOWN", "serious", request => request.Serious = (YesNo)9);
        await Refuses("RELATEDNESS_UNKNOWN", "relatedness", request => request.Relatedness.Add((Relatedness)9));
        await Refuses("RELATEDNESS_UNKNOWN", "relatedness", request => request.Relatedness.Add(Relatedness.Unspecified));
        await Refuses("ATTRIBUTE_UNKNOWN", "split_by", request => request.SplitBy = "ward");
        await Refuses("ARM_UNKNOWN", "arms", request => request.Arms.Add("C"));
        await Refuses("ARM_REPEATED", "arms", request => request.Arms.Add(["A", "A"]));
        await Refuses("ARMS_NOT_TWO", "arms", request => request.CompareArms = true);
        await Refuses("RULE_SET_MISSING", "rule_set_id", request => request.RuleSetIds.Clear());
        await Refused.With(
            StatusCode.FailedPrecondition, "RULE_SET_NOT_OF_STUDY",
            study.Trial.Summaries.SummarizeAdverseEventsAsync(study.Request(request => request.RuleSetIds.Add("daids-2.1"))));
    }

    private async Task Refuses(string reason, string field, Action<SummarizeAdverseEventsRequest> change)
    {
        var fault = await Refused.With(
            StatusCode.InvalidArgument, reason, study.Trial.Summaries.SummarizeAdverseEventsAsync(study.Request(change)));
        Assert.Equal([field], fault.Fields());
    }

    private static List<string> Rows(SummarizeAdverseEventsResponse table) => [Row("any", table.Any), .. table.Terms.Select(Row)];

    private static string Row(TermIncidence term) => Row(term.Term, term.Arms);

    private static string Row(string name, IEnumerable<GradeCounts> arms) =>
        $"{name}: {string.Join(' ', arms.Select(counts => $"{counts.Grade1 + counts.Grade2}|{counts.Grade3 + counts.Grade4}"))}";
}

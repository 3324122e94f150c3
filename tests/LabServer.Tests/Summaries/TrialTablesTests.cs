using System.Globalization;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Summaries;

/// <summary>The trial's printed tables, out of raw results through the real server.</summary>
public sealed class TrialTablesTests(TrialTables tables) : IClassFixture<TrialTables>
{
    /// <summary>
    /// Rows of table 3 that contradict their own printed counts: what is computed from the counts, in the columns that
    /// differ, and why the print differs. All other columns and rows come out to the printed digits.
    /// </summary>
    private static readonly Dictionary<(string Symptom, string Visit), (string[] Computed, string Why)> Contradictions = new()
    {
        [("Loss of appetite", "Month 1")] = (["p_value 0.540"], "Fisher's test gives 0.540; 0.450 is no p of these counts, but 0.540 with two digits exchanged"),
        [("Loss of appetite", "Month 6")] = (["msc_pct 5.66"], "5.77 is 3/52; counts and odds ratio are of 3/53"),
        [("Pain or discomfort", "Month 6")] = (["odds_ratio 0.42", "ci_high 1.13"], "odds ratio of all assessed (12/53, 12/29), p of the printed counts"),
        [("Fatigue or muscle weakness", "Month 1")] = (["odds_ratio 0.51", "ci_low 0.21", "ci_high 1.20"], "odds ratio of all assessed (27/60, 21/35), p of the printed counts"),
        [("Decreased usual activity", "Month 6")] = (["odds_ratio 0.42", "ci_high 1.51", "p_value 0.193"], "odds ratio of all assessed (5/53, 6/29); p is 0.1935, printed as rounded twice"),
        [("Decreased usual activity", "Month 12")] = (["odds_ratio 0.14", "ci_high 0.77"], "odds ratio of all assessed (2/56, 6/30), p of the printed counts"),
        [("Anxiety or depression", "Month 1")] = (["p_value 0.164"], "an expected count is under 5, so Fisher; 0.120 is the Wald p of the odds ratio"),
        [("Anxiety or depression", "Month 6")] = (["odds_ratio 0.56"], "0.59 is of 1/51 and 0/30, those assessed at month 3; p of the printed counts"),
        [("Anxiety or depression", "Month 12")] = (["p_value 0.181"], "an expected count is under 5, so Fisher; 0.152 is the Wald p of the odds ratio"),
    };

    [SharedDataFact(TrialTables.Symptoms)]
    public async Task Outcomes_OfTheSymptoms_AreThePrintedRowsButForThoseThatContradictTheirCounts()
    {
        var found = new Dictionary<(string, string), string[]>();
        foreach (var symptom in TrialTables.Rows(TrialTables.Symptoms).GroupBy(row => row["symptom"]))
        {
            var summary = await Outcomes(TrialTables.Tests[symptom.Key]);
            Assert.Equal(symptom.Select(row => row["visit"]), summary.Visits.Select(visit => visit.Visit));
            foreach (var (row, visit) in symptom.Zip(summary.Visits))
            {
                var computed = Printed(visit);
                Assert.Equal(row["method"], visit.Comparison.OddsRatio.Method);
                Assert.Equal(
                    (row["msc_events"], row["msc_n"], row["placebo_events"], row["placebo_n"]),
                    (computed["msc_events"], computed["msc_n"], computed["placebo_events"], computed["placebo_n"]));
                string[] different = [.. row.Where(cell => cell.Key != "symptom" && computed[cell.Key] != cell.Value).Select(cell => $"{cell.Key} {computed[cell.Key]}")];
                if (different.Length > 0)
                {
                    found.Add((symptom.Key, row["visit"]), different);
                }
            }
        }

        Assert.Equal(
            Contradictions.Select(row => $"{row.Key}: {string.Join(", ", row.Value.Computed)}").Order(StringComparer.Ordinal),
            found.Select(row => $"{row.Key}: {string.Join(", ", row.Value)}").Order(StringComparer.Ordinal));
    }

    [SharedDataFact(TrialTables.NormalCt)]
    public async Task Outcomes_OfNormalCt_AreThePrintedRowsAndTheMisprintIsPositive()
    {
        var summary = await Outcomes("CTNORM");
        var rows = TrialTables.Rows(TrialTables.NormalCt);

        Assert.Equal(rows.Select(row => row["visit"]), summary.Visits.Select(visit => visit.Visit));
        Assert.Equal("NO_EVENTS", summary.Visits[0].Comparison.OddsRatio.Reason);
        Assert.False(summary.Visits[0].Comparison.OddsRatio.HasEstimate);
        foreach (var (row, visit) in rows.Zip(summary.Visits).Skip(1))
        {
            var ratio = visit.Comparison.OddsRatio;
            Assert.Equal((row["msc_events"], row["msc_n"]), (Text(visit.Arms[0].Events), Text(visit.Arms[0].N)));
            Assert.Equal((row["placebo_events"], row["placebo_n"]), (Text(visit.Arms[1].Events), Text(visit.Arms[1].N)));
            Assert.Equal(
                (row["odds_ratio"], row["ci_low"].TrimStart('-'), "inf", row["method"], row["p_value"]),
                (Two(ratio.Estimate), Two(ratio.Low), ratio.Unbounded ? "inf" : Two(ratio.High), ratio.Method, Three(ratio.P)));
        }
    }

    [SharedDataFact(TrialTables.Baseline)]
    public async Task Biomarkers_OfTheBaselineRows_AreThePrintedNumbers()
    {
        foreach (var row in TrialTables.Rows(TrialTables.Baseline))
        {
            var summary = await tables.Trial.Summaries.SummarizeBiomarkersAsync(new SummarizeBiomarkersRequest
            {
                StudyId = tables.Trial.StudyId,
                Test = TrialTables.Tests.GetValueOrDefault(row["test"], row["test"]),
                Visit = "baseline",
                Arms = { "A", "B" },
            });

            var visit = Assert.Single(summary.Visits);
            foreach (var (arm, name, subjects) in new[] { (visit.Arms[0], "msc", 65), (visit.Arms[1], "placebo", 35) })
            {
                var n = TrialTables.Whole(row[name + "_n"]);
                Assert.Equal((n, subjects - n, subjects), (arm.N, arm.Missing, arm.Subjects));
                Assert.Equal(
                    $"{row["test"]} {row[name + "_value"]} ({row[name + "_q1_or_sd"]} {row[name + "_q3"]})",
                    row["statistic"] == "mean (SD)"
                        ? $"{row["test"]} {Two(arm.Mean)} ({Two(arm.Sd)} )"
                        : $"{row["test"]} {Two(arm.Median)} ({Two(arm.Q1)} {Two(arm.Q3)})");
            }

            Assert.InRange(visit.Comparison.RankSum.P, 0, 1);
        }
    }

    [SharedDataFact(TrialTables.Pain)]
    public async Task Categories_OfPainAtMonth12_AreThePublishedOddsRatioWithinTheLastDigit()
    {
        var summary = await tables.Trial.Summaries.SummarizeCategoriesAsync(
            new SummarizeCategoriesRequest { StudyId = tables.Trial.StudyId, Test = "PAINNRS", Arms = { "A", "B" } });

        var visit = Assert.Single(summary.Visits);
        Assert.Equal(["NONE", "MILD", "MODERATE", "SEVERE"], summary.Categories);
        Assert.Equal(("Month 12", 55, 30), (visit.Visit, visit.Arms[0].N, visit.Arms[1].N));
        Assert.Equal([36, 18, 1, 0], visit.Arms[0].Counts);
        Assert.Equal([13, 12, 4, 1], visit.Arms[1].Counts);

        // R's polr gives 0.34 (0.14, 0.84), p 0.019; the paper prints 0.83 and 0.018.
        var odds = visit.Comparison;
        Assert.Equal(("0.34", "0.14", "0.84", "0.019"), (Two(odds.OddsRatio), Two(odds.Low), Two(odds.High), Three(odds.P)));
    }

    private async Task<SummarizeOutcomesResponse> Outcomes(string test) => await tables.Trial.Summaries.SummarizeOutcomesAsync(
        new SummarizeOutcomesRequest { StudyId = tables.Trial.StudyId, Test = test, Arms = { "A", "B" } });

    private static Dictionary<string, string> Printed(OutcomeVisit visit)
    {
        var (a, b, ratio) = (visit.Arms[0], visit.Arms[1], visit.Comparison.OddsRatio);
        return new Dictionary<string, string>
        {
            ["visit"] = visit.Visit,
            ["msc_events"] = Text(a.Events),
            ["msc_n"] = Text(a.N),
            ["msc_pct"] = Two(100.0 * a.Events / a.N),
            ["placebo_events"] = Text(b.Events),
            ["placebo_n"] = Text(b.N),
            ["placebo_pct"] = Two(100.0 * b.Events / b.N),
            ["odds_ratio"] = Two(ratio.Estimate),
            ["ci_low"] = Two(ratio.Low),
            ["ci_high"] = ratio.Unbounded ? "+∞" : Two(ratio.High),
            ["method"] = ratio.Method,
            ["p_value"] = Three(ratio.Method == "exact logistic" ? ratio.P : visit.Comparison.Test.P),
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Two(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Three(double number) => number.ToString("0.000", CultureInfo.InvariantCulture);
}

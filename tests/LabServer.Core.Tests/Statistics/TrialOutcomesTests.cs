using LabServer.Core.Statistics;

namespace LabServer.Core.Tests.Statistics;

/// <summary>
/// Rows of the trial's tables (NCT04288102, MSC against placebo), from their printed counts to their printed odds ratio,
/// interval and p.
/// </summary>
public class TrialOutcomesTests
{
    // Two printed numbers are not those of their own counts. Normal CT at month 6 has a lower limit of −0.86, which no odds
    // ratio can have; it is 0.86. Anxiety at month 6 has 0.59: with one event, in the larger arm, the median-unbiased
    // estimate is the ratio of the arms, 29/52 = 0.56, as months 3 and 9 have it (30/50, 27/52).
    [Theory]
    [InlineData("Normal CT, month 3", 3, 50, 0, 30, "2.38", "0.35", "0.239")]
    [InlineData("Normal CT, month 6", 6, 51, 0, 27, "4.72", "0.86", "0.070")]
    [InlineData("Normal CT, month 9", 6, 53, 0, 27, "4.52", "0.82", "0.076")]
    [InlineData("Normal CT, month 12", 10, 56, 0, 30, "8.75", "1.72", "0.010")]
    [InlineData("Anxiety or depression, month 3", 1, 50, 0, 30, "0.60", "0.03", "0.625")]
    [InlineData("Anxiety or depression, month 6", 1, 52, 0, 29, "0.56", "0.03", "0.642")]
    [InlineData("Anxiety or depression, month 9", 1, 52, 0, 27, "0.52", "0.03", "0.658")]
    public void ExactLogistic_OfAPrintedRow_GivesItsNumbers(
        string row, int events, int n, int placeboEvents, int placeboN, string estimate, string low, string p)
    {
        var odds = new TwoByTwo(events, n, placeboEvents, placeboN).OddsRatio();

        Assert.Equal(
            (row, estimate, low, true, p),
            (row, Printed(odds.Estimate, 2), Printed(odds.Interval?.Low, 2), odds.Interval!.IsUnbounded, Printed(odds.P, 3)));
        Assert.Equal((OutcomeMethod.ExactLogistic, true), (odds.Method, odds.IsOneSided));

        // The mirror image: 1 / estimate, from 0 to 1 / limit, the same p.
        var mirrored = new TwoByTwo(placeboEvents, placeboN, events, n).OddsRatio();
        Assert.Equal(1 / odds.Estimate!.Value, mirrored.Estimate!.Value, 1e-12);
        Assert.Equal((0, false), (mirrored.Interval!.Low, mirrored.Interval.IsUnbounded));
        Assert.Equal(1 / odds.Interval.Low, mirrored.Interval.High!.Value, 1e-9);
        Assert.Equal(odds.P, mirrored.P);
    }

    [Theory]
    [InlineData("Loss of appetite, month 3", 5, 51, 6, 30, "0.43", "0.12", "1.57", OutcomeMethod.FisherExact, "0.313")]
    [InlineData("Loss of appetite, month 6", 3, 53, 2, 29, "0.81", "0.13", "5.15", OutcomeMethod.FisherExact, "1.000")]
    [InlineData("Sleep difficulties, month 3", 14, 51, 20, 30, "0.19", "0.07", "0.50", OutcomeMethod.ChiSquare, "0.001")]
    [InlineData("Fatigue or muscle weakness, month 12", 20, 56, 15, 30, "0.56", "0.23", "1.37", OutcomeMethod.ChiSquare, "0.199")]
    [InlineData("Decreased usual activity, month 9", 1, 53, 2, 27, "0.24", "0.02", "2.78", OutcomeMethod.FisherExact, "0.262")]
    public void Logistic_OfAPrintedRow_GivesItsNumbers(
        string row, int events, int n, int placeboEvents, int placeboN, string estimate, string low, string high, OutcomeMethod test, string p)
    {
        var table = new TwoByTwo(events, n, placeboEvents, placeboN);
        var odds = table.OddsRatio();

        Assert.Equal(
            (row, estimate, low, high, test, p),
            (row, Printed(odds.Estimate, 2), Printed(odds.Interval?.Low, 2), Printed(odds.Interval?.High, 2), table.Test().Method, Printed(table.Test().P, 3)));
        Assert.Equal((OutcomeMethod.Logistic, false), (odds.Method, odds.IsOneSided));
    }

    // Rows whose print is not what their printed counts give; docs/summaries.md says what each print is.
    [Theory]
    [InlineData("Loss of appetite, month 1", 7, 60, 6, 35, "0.64", "2.08", "0.540", "p 0.450")]
    [InlineData("Decreased usual activity, month 12", 2, 55, 6, 29, "0.14", "0.77", "0.018", "odds ratio 0.15, upper limit 0.79")]
    [InlineData("Anxiety or depression, month 1", 4, 60, 6, 35, "0.35", "1.32", "0.164", "p 0.120")]
    [InlineData("Anxiety or depression, month 12", 5, 56, 6, 30, "0.39", "1.41", "0.181", "p 0.152")]
    public void Logistic_OfARowThatContradictsItsCounts_GivesWhatTheCountsSay(
        string row, int events, int n, int placeboEvents, int placeboN, string estimate, string high, string p, string printed)
    {
        var table = new TwoByTwo(events, n, placeboEvents, placeboN);
        var odds = table.OddsRatio();

        // All four have an expected count under 5: Fisher's test, also where chi-square comes closer to the print.
        Assert.True(table.SmallestExpected < 5, $"{row}, printed {printed}");
        Assert.Equal(
            (row, estimate, high, OutcomeMethod.FisherExact, p),
            (row, Printed(odds.Estimate, 2), Printed(odds.Interval?.High, 2), table.Test().Method, Printed(table.Test().P, 3)));
    }

    [Fact]
    public void ProportionalOdds_OfThePainScaleAtMonth12_IsWhatPolrSays()
    {
        // None, mild, moderate, severe. R's polr: 0.34 (0.1383–0.8361), p 0.01877. The paper prints 0.34 (0.14–0.83), p 0.018.
        var fit = ProportionalOdds.Fit([36, 18, 1, 0], [13, 12, 4, 1]);

        Assert.Equal(
            ("0.34", "0.14", "0.84", "0.019"),
            (Printed(fit.OddsRatio, 2), Printed(fit.Interval?.Low, 2), Printed(fit.Interval?.High, 2), Printed(fit.P, 3)));
    }

    private static string? Printed(double? number, int digits) =>
        number?.ToString($"F{digits}", System.Globalization.CultureInfo.InvariantCulture);
}

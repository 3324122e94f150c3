using FsCheck;
using FsCheck.Fluent;
using LabServer.Core.Statistics;
using Interval = LabServer.Core.Statistics.Interval;

namespace LabServer.Core.Tests.Statistics;

/// <summary>What must hold for any two arms, tried on random ones: small and tied, and of any doubles.</summary>
public class StatisticsPropertiesTests
{
    // Tenths are tied and rounded, thirds have no end: differences of both are rounded.
    private static readonly Gen<double> Value = Gen.OneOf(
        Gen.Choose(-60, 60).Select(v => v / 10.0), Gen.Choose(-1000, 1000).Select(v => v / 3.0), Gen.Elements(0.0, -0.0, 1e-12, -1e9));

    private static readonly Gen<(double[] A, double[] B)> Arms =
        from a in Value.ArrayOf() from b in Value.ArrayOf() where a.Length > 0 && b.Length > 0 select (a, b);

    private static readonly Gen<TwoByTwo> Tables =
        from n in Gen.Choose(0, 40)
        from m in Gen.Choose(0, 40)
        from e in Gen.Choose(0, n)
        from f in Gen.Choose(0, m)
        select new TwoByTwo(e, n, f, m);

    private static readonly Gen<(int[] A, int[] B)> Categories =
        from k in Gen.Choose(1, 6)
        from a in Gen.Choose(0, 9).ArrayOf(k)
        from b in Gen.Choose(0, 9).ArrayOf(k)
        select (a, b);

    [Fact]
    public void HodgesLehmann_OfAnyArms_IsThatOfAllDifferencesSorted() => Check(Arms, arms =>
    {
        double[] differences = [.. arms.A.SelectMany(a => arms.B.Select(b => a - b + 0.0)).Order()];
        var middle = differences.Length / 2;
        var median = differences.Length % 2 == 1 ? differences[middle] : (differences[middle - 1] + differences[middle]) / 2;
        var index = HodgesLehmann.LimitIndex(arms.A.Length, arms.B.Length);
        var limits = index < 1 ? null : new Interval(differences[index - 1], differences[^(int)index]);
        return HodgesLehmann.Of(Sample.Of(arms.A), Sample.Of(arms.B))
            == new HodgesLehmann(median, limits, limits is null ? NotComputed.TooFewValues : NotComputed.None);
    });

    [Fact]
    public void OrderedDifference_OfAnyRank_IsThatOfAllDifferencesSorted()
    {
        var ranks = from arms in Arms from k in Gen.Choose(1, arms.A.Length * arms.B.Length) select (arms.A, arms.B, k);
        Check(ranks, c =>
        {
            double[] differences = [.. c.A.SelectMany(a => c.B.Select(b => a - b)).Order()];
            return PairwiseDifferences.Ordered(Sample.Of(c.A).Sorted, Sample.Of(c.B).Sorted, c.k) == differences[c.k - 1];
        });
    }

    [Fact]
    public void Statistics_OfValuesInAnotherOrder_AreTheSameToTheLastBit() => Check(Arms, arms =>
        All(arms.A, arms.B).Equals(All([.. arms.A.Reverse()], [.. arms.B.OrderDescending()])));

    [Fact]
    public void Statistics_OfArmsExchanged_AreMirrored() => Check(Arms, arms =>
    {
        var (a, b) = (Sample.Of(arms.A), Sample.Of(arms.B));
        var (shift, mirrored) = (HodgesLehmann.Of(a, b), HodgesLehmann.Of(b, a));
        var (rank, other) = (RankSumTest.Of(a, b), RankSumTest.Of(b, a));
        return -shift.Estimate == mirrored.Estimate
            && -shift.Interval?.Low == mirrored.Interval?.High
            && rank.W + other.W == (double)a.Count * b.Count
            && Close(rank.P, other.P)
            && IsMirrored(TTest.Pooled(a, b), TTest.Pooled(b, a))
            && IsMirrored(TTest.Welch(a, b), TTest.Welch(b, a));
    });

    [Fact]
    public void Statistics_OfAllValuesShifted_KeepTheirP()
    {
        // Whole numbers, so that nothing is rounded.
        var whole = from a in Gen.Choose(-50, 50).ArrayOf() from b in Gen.Choose(-50, 50).ArrayOf() from shift in Gen.Choose(-1000, 1000) select (a, b, shift);
        Check(whole, c =>
        {
            var (a, b) = (Sample.Of(c.a.Select(v => (double)v)), Sample.Of(c.b.Select(v => (double)v)));
            var (c1, c2) = (Sample.Of(c.a.Select(v => (double)v + c.shift)), Sample.Of(c.b.Select(v => (double)v + c.shift)));
            return HodgesLehmann.Of(a, b) == HodgesLehmann.Of(c1, c2)
                && RankSumTest.Of(a, b) == RankSumTest.Of(c1, c2)
                && Close(TTest.Welch(a, b).P, TTest.Welch(c1, c2).P)
                && Close(TTest.Pooled(a, b).P, TTest.Pooled(c1, c2).P);
        });
    }

    [Fact]
    public void Table_WithArmsExchanged_IsMirrored() => Check(Tables, t =>
    {
        var mirrored = new TwoByTwo(t.EventsB, t.TotalB, t.EventsA, t.TotalA);
        return Close(t.OddsRatio().Estimate, 1 / mirrored.OddsRatio().Estimate)
            && t.OddsRatio().Method == mirrored.OddsRatio().Method
            && Close(t.OddsRatio().P, mirrored.OddsRatio().P)
            && Close(t.FisherExact().P, mirrored.FisherExact().P)
            && Close(t.ChiSquare().P, mirrored.ChiSquare().P)
            && Close(t.RiskDifference().Estimate, -mirrored.RiskDifference().Estimate)
            && Close(t.RiskDifference().Newcombe?.Low, -mirrored.RiskDifference().Newcombe?.High);
    });

    [Fact]
    public void ProportionalOdds_WithArmsOrCategoriesReversed_IsTheReciprocal() => Check(Categories, c =>
    {
        var fit = ProportionalOdds.Fit(c.A, c.B);
        var exchanged = ProportionalOdds.Fit(c.B, c.A);
        var reversed = ProportionalOdds.Fit([.. c.A.Reverse()], [.. c.B.Reverse()]);
        return fit.Reason != NotComputed.NoConvergence
            && fit.Reason == exchanged.Reason
            && fit.Reason == reversed.Reason
            && Close(fit.OddsRatio, 1 / exchanged.OddsRatio)
            && Close(fit.OddsRatio, 1 / reversed.OddsRatio)
            && Close(fit.P, exchanged.P)
            && Close(fit.StandardError, reversed.StandardError);
    });

    [Fact]
    public void ProportionalOdds_OfTwoCategories_IsLogisticRegression() => Check(Tables, t =>
    {
        var odds = t.OddsRatio();
        var fit = ProportionalOdds.Fit([t.TotalA - t.EventsA, t.EventsA], [t.TotalB - t.EventsB, t.EventsB]);
        return odds.Method == OutcomeMethod.Logistic
            ? Close(fit.OddsRatio, odds.Estimate) && Close(fit.Interval?.Low, odds.Interval!.Low) && Close(fit.P, odds.P)
            : fit.OddsRatio is null;
    });

    [Fact]
    public void Numbers_OfAnyTable_AreFinite() => Check(Tables, t =>
        new[]
        {
            t.ChiSquare().P, t.ChiSquare().Statistic, t.FisherExact().P, t.Test().P, t.OddsRatio().Estimate, t.OddsRatio().P,
            t.OddsRatio().Interval?.Low, t.OddsRatio().Interval?.High, t.RiskDifference().Estimate, t.RiskDifference().Wald?.Low,
            t.RiskDifference().Newcombe?.Low, t.RiskDifference().Newcombe?.High,
        }.All(number => number is null || double.IsFinite(number.Value)));

    [Fact]
    public void Numbers_OfAnyArms_AreFiniteOrHaveAReason()
    {
        // Empty arms, and sizes at both ends of what a sample takes.
        var value = Gen.OneOf(Value, Gen.Elements(1e150, -1e150, 1e-300, -5e-324, 3.3e-160));
        Check(from a in value.ArrayOf() from b in value.ArrayOf() select (a, b), arms =>
        {
            var (a, b) = (Sample.Of(arms.a), Sample.Of(arms.b));
            var (summary, rank, shift) = (SampleSummary.Of(a), RankSumTest.Of(a, b), HodgesLehmann.Of(a, b));
            return AreFinite(
                    summary.Reason, summary.Mean, summary.Sd, summary.Median, summary.Q1, summary.Q3, summary.Min, summary.Max)
                && AreFinite(rank.Reason, rank.W, rank.P)
                && AreFinite(shift.Reason, shift.Estimate, shift.Interval?.Low, shift.Interval?.High)
                && new[] { TTest.Pooled(a, b), TTest.Welch(a, b) }.All(test => AreFinite(
                    test.Reason, test.Difference, test.Statistic, test.Df, test.P, test.Interval?.Low, test.Interval?.High));
        });
    }

    // A number is missing exactly where there is a reason.
    private static bool AreFinite(NotComputed reason, params double?[] numbers) =>
        numbers.All(number => number is null || double.IsFinite(number.Value))
        && (reason == NotComputed.None) == numbers.All(number => number is not null);

    private static (SampleSummary, TTest, TTest, RankSumTest, HodgesLehmann) All(double[] a, double[] b)
    {
        var (x, y) = (Sample.Of(a), Sample.Of(b));
        return (SampleSummary.Of(x), TTest.Pooled(x, y), TTest.Welch(x, y), RankSumTest.Of(x, y), HodgesLehmann.Of(x, y));
    }

    private static bool IsMirrored(TTest test, TTest other) =>
        -test.Difference == other.Difference
        && test.Reason == other.Reason
        && Close(test.P, other.P)
        && Close(test.Df, other.Df)
        && Close(-test.Interval?.Low, other.Interval?.High);

    private static bool Close(double? one, double? other) =>
        one is { } x && other is { } y ? Math.Abs(x - y) <= 1e-10 * (1e-3 + Math.Abs(x)) : one is null && other is null;

    private static void Check<T>(Gen<T> cases, Func<T, bool> holds) =>
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
}

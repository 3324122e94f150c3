using FsCheck;
using FsCheck.Fluent;
using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

/// <summary>What must hold for any numbers, tried on random ones.</summary>
public class ComparisonProperties
{
    private static readonly decimal[] Times = [1m, 1.1m, 1.25m, 1.5m, 2.5m, 3m, 0.75m, 0.25m, 20m, 1.66m];

    [Fact]
    public void FastComparison_CloseToAThreshold_AgreesWithTheExactOne()
    {
        var cases = from cents in Gen.Choose(1, 5_000_000)
                    from digits in Gen.Choose(0, 6)
                    from times in Gen.Elements(Times)
                    from plus in Gen.Elements(0m, 0m, 2m, 20m)
                    from ulps in Gen.Choose(-60, 60)
                    select (Limit: cents / Math.Pow(10, digits), Threshold: new Threshold(ThresholdBasis.UpperLimit, times, 0m, plus), Ulps: ulps);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            // Around the threshold by single steps of a double: within 1e-14 of it, on both sides.
            var value = Step((double)((c.Threshold.Times * (decimal)c.Limit) + c.Threshold.Plus), c.Ulps);
            return Math.Sign(ThresholdComparison.Compare(value, c.Limit, c.Threshold, UnitFactor.One))
                == Math.Sign(ThresholdComparison.CompareExactly(value, c.Limit, c.Threshold, 1m));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void FastComparison_AnyConvertedNumbers_AgreesWithTheExactOne()
    {
        var factors = new[] { 1m, 10m, 0.01m, 16.114m, 0.2495m, 1m / 3m };
        var cases = from cents in Gen.Choose(1, 5_000_000)
                    from digits in Gen.Choose(0, 6)
                    from number in Gen.Choose(1, 100_000)
                    from factor in Gen.Elements(factors)
                    from near in Gen.Choose(0, 1)
                    from ulps in Gen.Choose(-60, 60)
                    select (Value: near == 1 ? Step((double)(number / 100m / factor), ulps) : cents / Math.Pow(10, digits), Number: number / 100m, Factor: factor);

        Prop.ForAll(cases.ToArbitrary(), c =>
            Math.Sign(ThresholdComparison.Compare(c.Value, 0, Threshold.Of(c.Number), new UnitFactor((double)c.Factor, c.Factor)))
            == Math.Sign(ThresholdComparison.CompareExactly(c.Value, 0, Threshold.Of(c.Number), c.Factor))).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void Product_OfAnyTwoDecimalLimit_EqualsTheThreshold()
    {
        var cases = from cents in Gen.Choose(1, 1_000_000)
                    from times in Gen.Elements(Times)
                    select (Limit: cents / 100m, Times: times);

        Prop.ForAll(cases.ToArbitrary(), c =>
            ThresholdComparison.Compare((double)(c.Limit * c.Times), (double)c.Limit, new Threshold(ThresholdBasis.UpperLimit, c.Times, 0m, 0m), UnitFactor.One) == 0)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void Round_AnyDecimal_HasFifteenDigitsAndStaysClose()
    {
        var cases = from high in Gen.Choose(0, int.MaxValue)
                    from middle in Gen.Choose(0, int.MaxValue)
                    from low in Gen.Choose(0, int.MaxValue)
                    from scale in Gen.Choose(0, 28)
                    select new decimal(low, middle, high % 1000 == 0 ? high : 0, false, (byte)scale);

        Prop.ForAll(cases.ToArbitrary(), number =>
        {
            var rounded = FifteenDigits.Round(number);
            return FifteenDigits.Round(rounded) == rounded && Math.Abs(rounded - number) <= (number * 5e-15m) + 1e-28m;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    private static double Step(double number, int ulps) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(number) + ulps);
}

using LabServer.Core.Statistics;

namespace LabServer.Core.Tests.Statistics;

/// <summary>Distributions far out in their tails and close to their middle, against R's <c>pnorm</c>, <c>pt</c>, <c>qt</c> and <c>pwilcox</c>.</summary>
public class TailsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1e-9, 0.999999999202115)]
    [InlineData(0.5, 0.617075077451974)]
    [InlineData(1.959963984540054, 0.05)]
    [InlineData(5, 5.73303143758388e-07)]
    [InlineData(8, 1.24419211485436e-15)]
    [InlineData(20, 5.50724823721247e-89)]
    [InlineData(37, 1.14511424450492e-299)]
    public void NormalP_AtAnyDistance_IsThatOfR(double z, double p)
    {
        AssertClose(p, Tails.Normal(z));
        AssertClose(p, Tails.Normal(-z));
        AssertClose(p, Tails.ChiSquareOne(z * z));
    }

    [Theory]
    [InlineData(1e-8, 10, 0.999999992217832)]
    [InlineData(0.5, 1, 0.704832764699134)]
    [InlineData(1, 1, 0.5)]
    [InlineData(2.3, 7.25, 0.0537382859879497)]
    [InlineData(8, 110, 1.37214322264931e-12)]
    [InlineData(7, 2000, 3.48046898800954e-12)]
    [InlineData(40, 5, 1.8411962171773e-07)]
    [InlineData(30, 98, 3.4663523234648e-51)]
    [InlineData(5, 1e6, 5.73399787089074e-07)]
    [InlineData(1.7, 40, 0.0968954576235747)]
    [InlineData(1.7, 63, 0.0940634179232079)]
    [InlineData(1.7, 65, 0.0939117743845806)]
    [InlineData(1.7, 1e9, 0.0891309258280596)]
    public void StudentP_AtAnyDistance_IsThatOfR(double t, double df, double p)
    {
        AssertClose(p, Tails.Student(t, df));
        AssertClose(p, Tails.Student(-t, df));
    }

    [Fact]
    public void StudentP_OfOneAndTwoDegrees_IsThatOfTheirClosedForms()
    {
        for (var t = 1e-6; t < 1e9; t *= 1.3)
        {
            var root = Math.Sqrt(2 + (t * t));
            AssertClose(2 / Math.PI * Math.Atan(1 / t), Tails.Student(t, 1));
            AssertClose(2 / (root * (root + t)), Tails.Student(t, 2));
        }
    }

    [Fact]
    public void StudentP_OfAnyDegrees_FallsWithTheDistance()
    {
        for (var df = 1.0; df < 1e9; df *= 1.17)
        {
            var before = 1.0;
            for (var t = 1e-6; t < 1e7; t *= 1.19)
            {
                var p = Tails.Student(t, df);
                Assert.True(p >= 0 && p <= before * (1 + 1e-14), $"t {t:R}, df {df:R}: {p:R} after {before:R}");
                before = p;
            }
        }
    }

    [Theory]
    [InlineData(1, 12.7062047361747)]
    [InlineData(1.37, 6.88507315664172)]
    [InlineData(2, 4.30265272974946)]
    [InlineData(8.5, 2.28260489339245)]
    [InlineData(63, 1.99834054252074)]
    [InlineData(65, 1.997137908392)]
    [InlineData(98, 1.98446745450848)]
    [InlineData(1e4, 1.96020123989063)]
    [InlineData(1e6, 1.95996635681411)]
    [InlineData(1e9, 1.95996398691232)]
    public void StudentQuantile_OfAnyDegrees_IsThatOfR(double df, double t) => AssertClose(t, Tails.Student975(df));

    [Theory]
    [InlineData(0, 1, 1, 1)]
    [InlineData(0, 3, 3, 0.1)]
    [InlineData(2, 3, 4, 0.228571428571429)]
    [InlineData(12, 5, 5, 1)]
    [InlineData(5, 2, 49, 0.0188235294117647)]
    [InlineData(0, 49, 49, 7.85002919296329e-29)]
    [InlineData(600, 49, 49, 1.21635413743064e-05)]
    [InlineData(1200, 49, 49, 0.999999999999995)]
    [InlineData(2401, 49, 49, 7.85002919296329e-29)]
    public void RankSumP_UpToTheLargestExactSamples_IsThatOfR(int w, int n, int m, double p) =>
        AssertClose(p, RankSumDistribution.TwoSided(w, n, m));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1e-20, 1e-20, 1e-20)]
    [InlineData(2.5e-05, 2.499968750520824e-05, 2.500031250260419e-05)]
    [InlineData(0.3, 0.2623642644674911, 0.3498588075760031)]
    [InlineData(40, 3.713572066704308, 2.353852668370200e17)]
    public void SmallArguments_OfLogarithmAndExponential_AreThoseOfR(double x, double log, double exp)
    {
        AssertClose(log, NearZero.LogOfOnePlus(x));
        AssertClose(exp, NearZero.ExpMinusOne(x));
    }

    [Fact]
    public void ExpMinusOne_FarBelowZero_IsMinusOne() =>
        Assert.Equal((-1, -1), (NearZero.ExpMinusOne(-800), NearZero.ExpMinusOne(double.NegativeInfinity)));

    private static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-12 * expected, $"R {expected:R}, here {actual:R}");
}

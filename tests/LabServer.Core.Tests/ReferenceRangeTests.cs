using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests;

public sealed class ReferenceRangeTests
{
    [Theory]
    [InlineData(3.4, 3.5, 5.3, RangeIndicator.Low)]
    [InlineData(3.5, 3.5, 5.3, RangeIndicator.Normal)]
    [InlineData(4.2, 3.5, 5.3, RangeIndicator.Normal)]
    [InlineData(5.3, 3.5, 5.3, RangeIndicator.Normal)]
    [InlineData(5.4, 3.5, 5.3, RangeIndicator.High)]
    // One side only.
    [InlineData(3.4, 3.5, null, RangeIndicator.Low)]
    [InlineData(900d, 3.5, null, RangeIndicator.Normal)]
    [InlineData(-900d, null, 5.3, RangeIndicator.Normal)]
    [InlineData(5.4, null, 5.3, RangeIndicator.High)]
    // No range, no number: nothing is said.
    [InlineData(4.2, null, null, null)]
    [InlineData(null, 3.5, 5.3, null)]
    [InlineData(double.NaN, 3.5, 5.3, null)]
    [InlineData(double.PositiveInfinity, 3.5, 5.3, null)]
    public void Indicate_TellsWhereAValueLies(double? value, double? low, double? high, RangeIndicator? expected) =>
        Assert.Equal(expected, new ReferenceRange(low, high).Indicate(value));

    [Theory]
    [InlineData(ValueQualifier.Less, 3.5, 3.5, 5.3, RangeIndicator.Low)]
    [InlineData(ValueQualifier.LessOrEqual, 3.5, 3.5, 5.3, null)]
    [InlineData(ValueQualifier.LessOrEqual, 3.4, 3.5, 5.3, RangeIndicator.Low)]
    [InlineData(ValueQualifier.Less, 4d, 3.5, 5.3, null)]
    [InlineData(ValueQualifier.Greater, 5.3, 3.5, 5.3, RangeIndicator.High)]
    [InlineData(ValueQualifier.GreaterOrEqual, 5.3, 3.5, 5.3, null)]
    [InlineData(ValueQualifier.GreaterOrEqual, 5.4, 3.5, 5.3, RangeIndicator.High)]
    [InlineData(ValueQualifier.Greater, 4d, 3.5, 5.3, null)]
    // Open on one side, or bounded by nothing at 0.
    [InlineData(ValueQualifier.Less, 0.5, null, 5d, RangeIndicator.Normal)]
    [InlineData(ValueQualifier.Less, 0.5, 0d, 5d, RangeIndicator.Normal)]
    [InlineData(ValueQualifier.Less, 6d, 0d, 5d, null)]
    [InlineData(ValueQualifier.Greater, 90d, 60d, null, RangeIndicator.Normal)]
    [InlineData(ValueQualifier.Greater, 50d, 60d, null, null)]
    [InlineData(ValueQualifier.Less, 0.5, null, null, null)]
    public void Indicate_Bound_TellsOnlyWhatHoldsForEveryValueItAllows(ValueQualifier qualifier, double bound, double? low, double? high, RangeIndicator? expected) =>
        Assert.Equal(expected, new ReferenceRange(low, high).Indicate(bound, qualifier));

    [Fact]
    public void Indicate_AtFifteenDigits_EqualMeansEqual()
    {
        Assert.Equal(RangeIndicator.Normal, new ReferenceRange(null, 0.3).Indicate(0.1 + 0.2));
        Assert.Equal(RangeIndicator.Normal, new ReferenceRange(1.21, null).Indicate(1.1 * 1.1));
        Assert.Equal(RangeIndicator.High, new ReferenceRange(null, 0.3).Indicate(0.30000000000001));
    }

    [Theory]
    [InlineData(5, 5d, 40d, RangeIndicator.Low)]
    [InlineData(5.0000001, 5d, 40d, RangeIndicator.Normal)]
    [InlineData(40, 5d, 40d, RangeIndicator.High)]
    [InlineData(39.9999999, 5d, 40d, RangeIndicator.Normal)]
    [InlineData(40, null, 40d, RangeIndicator.High)]
    [InlineData(5, 5d, null, RangeIndicator.Low)]
    public void Indicate_LimitsThatAreNotNormalThemselves_TellsThemApart(double value, double? low, double? high, RangeIndicator expected) =>
        Assert.Equal(expected, Exclusive(low, high).Indicate(value));

    // A bound says something only where it is the same for every value it allows.
    [Theory]
    [InlineData(ValueQualifier.Less, 5, 5d, 40d, RangeIndicator.Low)]
    [InlineData(ValueQualifier.LessOrEqual, 5, 5d, 40d, RangeIndicator.Low)]
    [InlineData(ValueQualifier.Less, 5.1, 5d, 40d, null)]
    [InlineData(ValueQualifier.Less, 40, null, 40d, RangeIndicator.Normal)]
    [InlineData(ValueQualifier.LessOrEqual, 40, null, 40d, null)]
    [InlineData(ValueQualifier.Less, 40, 0d, 40d, null)]
    [InlineData(ValueQualifier.Greater, 40, 5d, 40d, RangeIndicator.High)]
    [InlineData(ValueQualifier.GreaterOrEqual, 40, 5d, 40d, RangeIndicator.High)]
    [InlineData(ValueQualifier.GreaterOrEqual, 39.9, 5d, 40d, null)]
    [InlineData(ValueQualifier.Greater, 5, 5d, null, RangeIndicator.Normal)]
    [InlineData(ValueQualifier.GreaterOrEqual, 5, 5d, null, null)]
    public void Indicate_BoundAgainstLimitsThatAreNotNormalThemselves_IsCertainOrNothing(
        ValueQualifier qualifier, double bound, double? low, double? high, RangeIndicator? expected) =>
        Assert.Equal(expected, Exclusive(low, high).Indicate(bound, qualifier));

    [Theory]
    [InlineData(ValueQualifier.LessOrEqual, 5, 5d, 40d, null)]
    [InlineData(ValueQualifier.LessOrEqual, 40, 0d, 40d, RangeIndicator.Normal)]
    [InlineData(ValueQualifier.GreaterOrEqual, 40, 5d, 40d, null)]
    [InlineData(ValueQualifier.GreaterOrEqual, 5, 5d, null, RangeIndicator.Normal)]
    public void Indicate_BoundAgainstLimitsThatAreNormal_IsCertainOrNothing(
        ValueQualifier qualifier, double bound, double? low, double? high, RangeIndicator? expected) =>
        Assert.Equal(expected, new ReferenceRange(low, high).Indicate(bound, qualifier));

    private static ReferenceRange Exclusive(double? low, double? high) => new(low, high) { LowExclusive = true, HighExclusive = true };
}

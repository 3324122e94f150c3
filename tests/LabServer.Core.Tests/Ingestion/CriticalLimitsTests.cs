using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Ingestion;

public sealed class CriticalLimitsTests
{
    // The source of each is in the README of the folder.
    [Theory]
    [InlineData("K", 2.5, 6.5)]
    [InlineData("SODIUM", 120.0, 160.0)]
    [InlineData("GLUC", 2.5, 25.0)]
    [InlineData("CACORR", 1.8, 3.5)]
    [InlineData("MG", 0.4, null)]
    [InlineData("PHOS", 0.3, null)]
    [InlineData("CREAT", null, 354.0)]
    [InlineData("UREA", null, 30.0)]
    [InlineData("BUN", null, 30.0)]
    [InlineData("CK", null, 5000.0)]
    [InlineData("CRP", null, 300.0)]
    [InlineData("HGB", 70.0, 190.0)]
    [InlineData("PLAT", 30.0, 1000.0)]
    [InlineData("NEUT", 0.5, 50.0)]
    [InlineData("WBC", null, 50.0)]
    [InlineData("INR", null, 6.5)]
    [InlineData("FIBRINO", 0.5, null)]
    public void Catalogue_CriticalLimits_AreThoseOfTheSource(string test, double? low, double? high) =>
        Assert.Equal(new CriticalLimits(low, high), TestCatalogue.Default.FindKey(test)!.Critical);

    [Theory]
    [InlineData(6.5, ValueQualifier.None, null)]
    [InlineData(6.50000000000001, ValueQualifier.None, CriticalSide.High)]
    [InlineData(6.5, ValueQualifier.Greater, CriticalSide.High)]
    [InlineData(6.5, ValueQualifier.GreaterOrEqual, null)]
    [InlineData(6.6, ValueQualifier.GreaterOrEqual, CriticalSide.High)]
    [InlineData(9, ValueQualifier.Less, null)]
    [InlineData(2.5, ValueQualifier.None, null)]
    [InlineData(2.49, ValueQualifier.None, CriticalSide.Low)]
    [InlineData(2.5, ValueQualifier.Less, CriticalSide.Low)]
    [InlineData(2.5, ValueQualifier.LessOrEqual, null)]
    [InlineData(1, ValueQualifier.Greater, null)]
    public void Beyond_OfAValue_IsTheLimitItIsCertainlyBeyond(double value, ValueQualifier qualifier, CriticalSide? side) =>
        Assert.Equal(side, new CriticalLimits(2.5, 6.5).Beyond(value, qualifier));
}

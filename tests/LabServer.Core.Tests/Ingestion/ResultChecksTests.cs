using LabServer.Core.Ingestion;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Ingestion;

public sealed class ResultChecksTests
{
    private static readonly CheckContext Context = new(new FixedTime("2014-02-01T12:00:00Z"), TimeZoneInfo.Utc, TestCatalogue.Default);

    [Fact]
    public void Check_OfASoundResult_UnderstandsAllOfIt()
    {
        var result = SampleResult.Alt with { TestCode = "GLUC", ReportedValue = "<100", ReportedUnit = "mg/dL", ReferenceLow = "70", ReferenceHigh = "110" };

        var found = ResultChecks.Check(result, Context);

        Assert.Empty(found.Faults);
        Assert.False(found.IsRejected);
        Assert.Same(result, found.Result);
        Assert.Equal(HoldReasons.None, found.HoldReasons);
        Assert.Equal("GLUC", found.Test?.Key);
        Assert.Equal("mg/dL", found.Unit?.Code);
        Assert.Equal(new ReportedValue(100m, ValueQualifier.Less, null), found.Value);
        Assert.Equal(5.551, found.StandardValue);
        Assert.Equal(new ReferenceRange(70, 110), found.ReportedRange);
        Assert.Equal(new ReferenceRange(3.8857, 6.1061), found.StandardRange);
        Assert.Equal(("2014-01-16T13:17", DatePrecision.Minute), (found.CollectedAt.Text, found.CollectedAt.Precision));
        Assert.Equal(Clock.ToUs(new DateTimeOffset(2014, 1, 16, 13, 17, 0, TimeSpan.Zero)), found.CollectedUs);
        Assert.Equal("2014-01-17T08:00", found.ResultedAt?.Text);
    }

    [Fact]
    public void Check_OfOnlyWhatIsRequired_IsSound()
    {
        var found = ResultChecks.Check(
            new LabResult { Laboratory = "L", SourceResultId = "1", SubjectId = "S", TestCode = "INR", ReportedValue = "1.1", CollectedAt = "2014" },
            Context);

        Assert.Empty(found.Faults);
        Assert.Equal(1.1, found.StandardValue);
        Assert.True(found.StandardRange.IsEmpty);
        Assert.Null(found.ResultedAt);
    }

    [Theory]
    // Test code, specimen, value, unit; what it waits for.
    [InlineData("ALT", "SERUM", "27", "U/L", HoldReasons.None)]
    [InlineData("XYZ", "SERUM", "27", "U/L", HoldReasons.UnknownTest)]
    [InlineData("ALT", "URINE", "27", "U/L", HoldReasons.UnknownTest)]
    [InlineData("ALT", "SAP", "27", "U/L", HoldReasons.UnknownTest)]
    [InlineData("ALT", "SERUM", "27", "furlong", HoldReasons.UnknownUnit)]
    [InlineData("ALT", "SERUM", "27", "", HoldReasons.UnknownUnit)]
    [InlineData("ALT", "SERUM", "HEMOLYZED", "", HoldReasons.None)]
    [InlineData("ALT", "SERUM", "QNS", "furlong", HoldReasons.None)]
    [InlineData("KETONES", "URINE", "15", "mg/dL", HoldReasons.UnknownUnit)]
    [InlineData("KETONES", "URINE", "TRACE", "", HoldReasons.None)]
    public void Check_OfWhatIsNotKnown_HoldsAndNeverGuesses(string test, string specimen, string value, string unit, HoldReasons reasons)
    {
        var found = ResultChecks.Check(SampleResult.Alt with { TestCode = test, Specimen = specimen, Category = "", ReportedValue = value, ReportedUnit = unit }, Context);

        Assert.Empty(found.Faults);
        Assert.Equal(reasons, found.HoldReasons);
        if (reasons != HoldReasons.None)
        {
            Assert.Null(found.StandardValue);
            Assert.True(found.StandardRange.IsEmpty);
        }
    }

    [Theory]
    [InlineData("HEMOLYZED")]
    [InlineData("QNS")]
    [InlineData("2+")]
    public void Check_OfATextForANumericTest_KeepsItUngraded(string value)
    {
        var found = ResultChecks.Check(SampleResult.Alt with { ReportedValue = value }, Context);

        Assert.Empty(found.Faults);
        Assert.Equal((value, null, null), (found.Value.Text, found.Value.Number, found.StandardValue));
    }

    [Theory]
    [InlineData("")]
    [InlineData("27")]
    [InlineData("2,7")]
    [InlineData("CANCELLED")]
    public void Check_OfACancelledResult_NeedsNoValue(string value)
    {
        var found = ResultChecks.Check(SampleResult.Alt with { Status = ResultStatus.Cancelled, ReportedValue = value, ReportedUnit = "" }, Context);

        Assert.Empty(found.Faults);
        Assert.Equal((HoldReasons.None, null), (found.HoldReasons, found.StandardValue));
    }

    [Theory]
    [InlineData("2014-02-01T12:05:00Z", true)]
    [InlineData("2014-02-01T12:05:01Z", false)]
    [InlineData("2014-02-01", true)]
    [InlineData("2014-02-02", false)]
    [InlineData("2014-02", true)]
    [InlineData("2014-03", false)]
    [InlineData("2014", true)]
    [InlineData("2015", false)]
    public void Check_OfTheFuture_AllowsForClocksThatDiffer(string collected, bool sound)
    {
        var found = ResultChecks.Check(SampleResult.Alt with { CollectedAt = collected, ResultedAt = "" }, Context);

        Assert.Equal(sound ? [] : [(FaultCode.DateInFuture, "collected_at")], found.Faults.Select(fault => (fault.Code, fault.Field)));
    }

    [Fact]
    public void Check_OfLocalTimes_IsInTheZoneOfTheStudy()
    {
        var shanghai = TimeZoneInfo.CreateCustomTimeZone("Test/Shanghai", TimeSpan.FromHours(8), "Shanghai", "CST");
        var result = SampleResult.Alt with { CollectedAt = "2014-02-01T20:00", ResultedAt = "" };

        Assert.Equal(FaultCode.DateInFuture, Assert.Single(ResultChecks.Check(result, Context).Faults).Code);
        Assert.Empty(ResultChecks.Check(result, Context with { Zone = shanghai }).Faults);
    }

    [Theory]
    // Collected, resulted; sound unless certainly the wrong way round.
    [InlineData("2014-01-16T13:17", "2014-01-16T13:17", true)]
    [InlineData("2014-01-16T13:17", "2014-01-16T13:16", false)]
    [InlineData("2014-01-16T13:17", "2014-01-16", true)]
    [InlineData("2014-01-16T13:17", "2014-01-15", false)]
    [InlineData("2014-01-16", "2014-01", true)]
    [InlineData("2014-01", "2013", false)]
    [InlineData("2014-01-16T13:17Z", "2014-01-16T14:00+01:00", false)]
    public void Check_OfResultedBeforeCollected_IsAFaultOnlyWhenCertain(string collected, string resulted, bool sound)
    {
        var found = ResultChecks.Check(SampleResult.Alt with { CollectedAt = collected, ResultedAt = resulted }, Context);

        Assert.Equal(sound ? [] : [(FaultCode.ResultedBeforeCollected, "resulted_at")], found.Faults.Select(fault => (fault.Code, fault.Field)));
    }

    [Theory]
    [InlineData("6", "34", 6d, 34d)]
    [InlineData("6", "", 6d, null)]
    [InlineData("", "34", null, 34d)]
    [InlineData(" 6 ", " 34.50 ", 6d, 34.5)]
    [InlineData("34", "34", 34d, 34d)]
    public void Check_OfARange_KeepsTheLimitsThatAreThere(string low, string high, double? expectedLow, double? expectedHigh)
    {
        var found = ResultChecks.Check(SampleResult.Alt with { ReferenceLow = low, ReferenceHigh = high }, Context);

        Assert.Empty(found.Faults);
        Assert.Equal(new ReferenceRange(expectedLow, expectedHigh), found.ReportedRange);
    }

    [Fact]
    public void Check_OfAWordAsRangeOfACodedValue_IsSound()
    {
        var found = ResultChecks.Check(
            SampleResult.Alt with { TestCode = "KETONES", Specimen = "URINE", Category = "", ReportedValue = "NEGATIVE", ReportedUnit = "", ReferenceLow = "NEGATIVE", ReferenceHigh = "TRACE" },
            Context);

        Assert.Empty(found.Faults);
        Assert.True(found.ReportedRange.IsEmpty);
    }
}

using LabServer.Core.Ingestion;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Ingestion;

/// <summary>Every fault by itself, the border where it begins, and several at once.</summary>
public sealed class ResultFaultsTests
{
    private static readonly CheckContext Context = new(new FixedTime("2014-02-01T12:00:00Z"), TimeZoneInfo.Utc, TestCatalogue.Default);

    [Fact]
    public void SampleResult_HasNoFault() => Assert.Empty(Faults(SampleResult.Alt));

    [Theory]
    [InlineData("Laboratory", "laboratory")]
    [InlineData("SourceResultId", "source_result_id")]
    [InlineData("SubjectId", "subject_id")]
    [InlineData("TestCode", "test_code")]
    [InlineData("ReportedValue", "reported_value")]
    [InlineData("CollectedAt", "collected_at")]
    public void RequiredField_MissingOrBlank_IsAFault(string property, string field)
    {
        Assert.Equal([(FaultCode.FieldMissing, field)], Faults(SampleResult.With(SampleResult.Alt, property, "")));
        Assert.Equal([(FaultCode.FieldMissing, field)], Faults(SampleResult.With(SampleResult.Alt, property, "   ")));
        Assert.Equal([(FaultCode.FieldMissing, field)], Faults(SampleResult.With(SampleResult.Alt, property, null!)));
    }

    [Theory]
    [InlineData("StudyId")]
    [InlineData("Specimen")]
    [InlineData("Category")]
    [InlineData("ReferenceLow")]
    [InlineData("ReferenceHigh")]
    [InlineData("ResultedAt")]
    [InlineData("Visit")]
    [InlineData("VisitNumber")]
    [InlineData("Instrument")]
    [InlineData("Method")]
    [InlineData("SpecimenCondition")]
    public void OtherField_Missing_IsNoFault(string property)
    {
        Assert.Empty(Faults(SampleResult.With(SampleResult.Alt, property, "")));
        Assert.Empty(Faults(SampleResult.With(SampleResult.Alt, property, null!)));
    }

    [Theory]
    [InlineData("StudyId", "study_id", ResultChecks.MaxStudyIdLength)]
    [InlineData("Laboratory", "laboratory", ResultChecks.MaxTextLength)]
    [InlineData("SourceResultId", "source_result_id", ResultChecks.MaxTextLength)]
    [InlineData("SubjectId", "subject_id", ResultChecks.MaxTextLength)]
    [InlineData("TestCode", "test_code", ResultChecks.MaxTextLength)]
    [InlineData("ReportedValue", "reported_value", ResultChecks.MaxTextLength)]
    [InlineData("ReportedUnit", "reported_unit", ResultChecks.MaxTextLength)]
    [InlineData("Specimen", "specimen", ResultChecks.MaxTextLength)]
    [InlineData("Category", "category", ResultChecks.MaxTextLength)]
    [InlineData("Visit", "visit", ResultChecks.MaxTextLength)]
    [InlineData("VisitNumber", "visit_number", ResultChecks.MaxTextLength)]
    [InlineData("Instrument", "instrument", ResultChecks.MaxTextLength)]
    [InlineData("Method", "method", ResultChecks.MaxTextLength)]
    [InlineData("SpecimenCondition", "specimen_condition", ResultChecks.MaxTextLength)]
    public void Text_OverItsLimit_IsAFault(string property, string field, int limit)
    {
        Assert.Empty(Faults(SampleResult.With(SampleResult.Alt, property, new string('X', limit))));
        Assert.Equal([(FaultCode.FieldTooLong, field)], Faults(SampleResult.With(SampleResult.Alt, property, new string('X', limit + 1))));
    }

    [Theory]
    [InlineData("reference_low", "ReferenceLow")]
    [InlineData("reference_high", "ReferenceHigh")]
    [InlineData("collected_at", "CollectedAt")]
    [InlineData("resulted_at", "ResultedAt")]
    public void NumberOrDate_OverItsLimit_IsThatFaultAlone(string field, string property) =>
        Assert.Equal([(FaultCode.FieldTooLong, field)], Faults(SampleResult.With(SampleResult.Alt, property, new string('1', 201))));

    [Theory]
    [InlineData("specimen", "Specimen")]
    [InlineData("visit", "Visit")]
    [InlineData("reference_low", "ReferenceLow")]
    [InlineData("resulted_at", "ResultedAt")]
    public void Text_OfMoreBlanksThanItsLimit_IsAFault(string field, string property)
    {
        Assert.Empty(Faults(SampleResult.With(SampleResult.Alt, property, new string(' ', 200))));
        Assert.Equal([(FaultCode.FieldTooLong, field)], Faults(SampleResult.With(SampleResult.Alt, property, new string(' ', 201))));
    }

    [Fact]
    public void Text_WithControlCharactersOrBrokenUnicode_IsAFault()
    {
        foreach (var property in SampleResult.TextFields)
        {
            foreach (var bad in (string[])["A\0B", "A\tB", "A\nB", "A\u007FB", "A\u0085B", "A\uD800B", "\uDC00"])
            {
                var fault = Assert.Single(ResultChecks.Check(SampleResult.With(SampleResult.Alt, property, bad), Context).Faults);
                Assert.Equal(FaultCode.TextMalformed, fault.Code);
            }
        }
    }

    [Theory]
    [InlineData("Müller-Labor")]
    [InlineData("实验室")]
    [InlineData("a\u00A0b")]
    [InlineData("\uD83E\uDDEA")]
    public void Text_OfAnyLanguage_IsNoFault(string text) => Assert.Empty(Faults(SampleResult.Alt with { Laboratory = text }));

    [Theory]
    [InlineData("1,5")]
    [InlineData("1,000")]
    [InlineData("4.1.2")]
    [InlineData("<")]
    [InlineData("NaN")]
    public void Value_Malformed_IsAFault(string value) =>
        Assert.Equal([(FaultCode.ValueMalformed, "reported_value")], Faults(SampleResult.Alt with { ReportedValue = value }));

    [Theory]
    [InlineData("<6")]
    [InlineData("6,0")]
    [InlineData("6-34")]
    [InlineData("NEGATIVE")]
    public void Limit_NotAPlainNumber_IsAFault(string limit)
    {
        Assert.Equal([(FaultCode.RangeMalformed, "reference_low")], Faults(SampleResult.Alt with { ReferenceLow = limit }));
        Assert.Equal([(FaultCode.RangeMalformed, "reference_high")], Faults(SampleResult.Alt with { ReferenceHigh = limit }));
    }

    [Theory]
    [InlineData("35", "34")]
    [InlineData("34.000000000000001", "34")]
    public void Limits_TheWrongWayRound_AreAFault(string low, string high) =>
        Assert.Equal([(FaultCode.RangeInverted, "reference_low")], Faults(SampleResult.Alt with { ReferenceLow = low, ReferenceHigh = high }));

    [Theory]
    [InlineData("2014-02-30")]
    [InlineData("16/01/2014")]
    public void Date_Malformed_IsAFault(string date)
    {
        Assert.Equal([(FaultCode.DateMalformed, "collected_at")], Faults(SampleResult.Alt with { CollectedAt = date }));
        Assert.Equal([(FaultCode.DateMalformed, "resulted_at")], Faults(SampleResult.Alt with { ResultedAt = date }));
    }

    [Fact]
    public void Date_InTheFuture_IsAFault() =>
        Assert.Equal(
            [(FaultCode.DateInFuture, "collected_at"), (FaultCode.DateInFuture, "resulted_at")],
            Faults(SampleResult.Alt with { CollectedAt = "2014-03-01", ResultedAt = "2014-03-02" }));

    [Theory]
    [InlineData(1, true)]
    [InlineData(long.MaxValue, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void Version_UnderOne_IsAFault(long version, bool sound) =>
        Assert.Equal(sound ? [] : [(FaultCode.VersionInvalid, "version")], Faults(SampleResult.Alt with { Version = version }));

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(0, false)]
    [InlineData(5, false)]
    [InlineData(-1, false)]
    public void Status_NotKnown_IsAFault(int status, bool sound) =>
        Assert.Equal(sound ? [] : [(FaultCode.StatusUnknown, "status")], Faults(SampleResult.Alt with { Status = (ResultStatus)status }));

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(-1, false)]
    public void Fasting_NotKnown_IsAFault(int fasting, bool sound) =>
        Assert.Equal(sound ? [] : [(FaultCode.FastingUnknown, "fasting")], Faults(SampleResult.Alt with { Fasting = (Fasting)fasting }));

    [Fact]
    public void Result_WithEverythingWrong_HasEveryFaultAtOnce()
    {
        var found = Faults(new LabResult
        {
            StudyId = new string('X', 65),
            SourceResultId = "a\nb",
            ReportedValue = "1,5",
            ReferenceLow = "x",
            ReferenceHigh = "<2",
            CollectedAt = "yesterday",
            ResultedAt = "2099",
            Visit = new string('X', 201) + "\t",
            Version = 0,
            Status = (ResultStatus)9,
            Fasting = (Fasting)9,
        });

        Assert.Equal(
            [
                (FaultCode.FieldTooLong, "study_id"),
                (FaultCode.FieldMissing, "laboratory"),
                (FaultCode.TextMalformed, "source_result_id"),
                (FaultCode.FieldMissing, "subject_id"),
                (FaultCode.FieldMissing, "test_code"),
                (FaultCode.FieldTooLong, "visit"),
                (FaultCode.TextMalformed, "visit"),
                (FaultCode.VersionInvalid, "version"),
                (FaultCode.StatusUnknown, "status"),
                (FaultCode.FastingUnknown, "fasting"),
                (FaultCode.ValueMalformed, "reported_value"),
                (FaultCode.RangeMalformed, "reference_low"),
                (FaultCode.RangeMalformed, "reference_high"),
                (FaultCode.DateMalformed, "collected_at"),
                (FaultCode.DateInFuture, "resulted_at"),
            ],
            found);
    }

    [Fact]
    public void Fault_OfEveryCode_HasItsOwnNameOnTheWireAndNoValueInItsMessage()
    {
        var names = Enum.GetValues<FaultCode>().Select(code => new Fault(code, "", "").WireCode).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[A-Z]+(_[A-Z]+)*$", name));
        Assert.DoesNotContain("1,5", Assert.Single(ResultChecks.Check(SampleResult.Alt with { ReportedValue = "1,5" }, Context).Faults).Message, StringComparison.Ordinal);
    }

    private static List<(FaultCode Code, string Field)> Faults(LabResult result)
    {
        var found = ResultChecks.Check(result, Context);
        Assert.Equal(found.Faults.Count > 0, found.IsRejected);
        Assert.All(found.Faults, fault => Assert.NotEmpty(fault.Message));
        return [.. found.Faults.Select(fault => (fault.Code, fault.Field))];
    }
}

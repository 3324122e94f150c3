using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Ingestion;

public sealed class DoseChecksTests
{
    private static readonly Dose Good = new() { SubjectId = "01", DoseId = "1", Treatment = "MSC", Amount = "40", StartAt = "2021-03-01" };
    private static readonly long Now = Clock.ToUs(new DateTimeOffset(2021, 6, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("0")]
    [InlineData("54")]
    [InlineData("1.5e7")]
    [InlineData("")]
    public void Check_SoundDose_HasNoFault(string amount) => Assert.Empty(DoseChecks.Check(Good with { Amount = amount }, TimeZoneInfo.Utc, Now));

    [Fact]
    public void Check_DoseNotGiven_NeedsNoDate() =>
        Assert.Empty(DoseChecks.Check(Good with { StartAt = "", NotGiven = true }, TimeZoneInfo.Utc, Now));

    [Theory]
    [InlineData("subject_id", "", "FIELD_MISSING")]
    [InlineData("dose_id", " ", "FIELD_MISSING")]
    [InlineData("treatment", "", "FIELD_MISSING")]
    [InlineData("treatment", "M\u0001SC", "TEXT_MALFORMED")]
    [InlineData("amount", "one", "DOSE_MALFORMED")]
    [InlineData("amount", "-1", "DOSE_MALFORMED")]
    [InlineData("amount", "NaN", "DOSE_MALFORMED")]
    [InlineData("start_at", "", "FIELD_MISSING")]
    [InlineData("start_at", "01MAR2021", "DATE_MALFORMED")]
    [InlineData("start_at", "2021-06-02", "DATE_IN_FUTURE")]
    [InlineData("end_at", "2021-02-29", "DATE_MALFORMED")]
    [InlineData("end_at", "2021-02", "END_BEFORE_START")]
    public void Check_FaultyField_NamesItAndTheReason(string field, string text, string code)
    {
        var fault = Assert.Single(DoseChecks.Check(With(field, text), TimeZoneInfo.Utc, Now));

        Assert.Equal((field, code), (fault.Field, fault.WireCode));
    }

    private static Dose With(string field, string text) => field switch
    {
        "subject_id" => Good with { SubjectId = text },
        "dose_id" => Good with { DoseId = text },
        "treatment" => Good with { Treatment = text },
        "amount" => Good with { Amount = text },
        "start_at" => Good with { StartAt = text },
        _ => Good with { EndAt = text },
    };
}

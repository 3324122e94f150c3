using LabServer.Core.Ingestion;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Ingestion;

/// <summary>Rows are test | sex | from age | to age | method | effective from | to | low | high | unit; a limit in brackets is not normal itself.</summary>
public sealed class LaboratoryRangeChecksTests
{
    [Theory]
    [InlineData("ALT | F | 18 years | 65 years | IFCC | 2021-01-01 | 2022-01-01 | 5 | 40 | U/L")]
    [InlineData("alat | | | | | | | | 40 | IU/L")]
    [InlineData("HGB | | | | | | | 12 | | g/dL")]
    [InlineData("PH:URINE | | | | | | | 5 | 8 | ")]
    [InlineData("ALT | | 30 days | 1 months | | | | 5 | 40 | U/L")] // the last days of a long month
    [InlineData("ALT | | | | | | | 40 | 40 | U/L")] // one value is normal
    public void Check_SoundRange_HasNoFault(string row) => Assert.Empty(Ranges.Faults(row));

    [Theory]
    [InlineData("NOTEST | | | | | | | 5 | 40 | U/L", "test_code TEST_UNKNOWN")]
    [InlineData(" | | | | | | | 5 | 40 | U/L", "test_code FIELD_MISSING")]
    [InlineData("ALT | UN | | | | | | 5 | 40 | U/L", "sex SEX_UNKNOWN")]
    [InlineData("ALT | | -1 years | | | | | 5 | 40 | U/L", "age_from AGE_INVALID")]
    [InlineData("ALT | | | 201 years | | | | 5 | 40 | U/L", "age_to AGE_INVALID")]
    [InlineData("ALT | | 18 years | 18 years | | | | 5 | 40 | U/L", "age_to INTERVAL_EMPTY")]
    [InlineData("ALT | | 1 years | 12 months | | | | 5 | 40 | U/L", "age_to INTERVAL_EMPTY")]
    [InlineData("ALT | | 31 days | 1 months | | | | 5 | 40 | U/L", "age_to INTERVAL_EMPTY")]
    [InlineData("ALT | | | | | 2021-01 | | 5 | 40 | U/L", "effective_from DATE_MALFORMED")]
    [InlineData("ALT | | | | | | 2021-01-01T12:00 | 5 | 40 | U/L", "effective_to DATE_MALFORMED")]
    [InlineData("ALT | | | | | | 31.12.2021 | 5 | 40 | U/L", "effective_to DATE_MALFORMED")]
    [InlineData("ALT | | | | | 2021-02-30 | | 5 | 40 | U/L", "effective_from DATE_MALFORMED")]
    [InlineData("ALT | | | | | 2021-01-01 | 2021-01-01 | 5 | 40 | U/L", "effective_to INTERVAL_EMPTY")]
    [InlineData("ALT | | | | | | | | | U/L", "low FIELD_MISSING")]
    [InlineData("ALT | | | | | | | 41 | 40 | U/L", "low RANGE_INVERTED")]
    [InlineData("ALT | | | | | | | (40) | 40 | U/L", "low RANGE_INVERTED")]
    [InlineData("ALT | | | | | | | 5 | <40 | U/L", "high RANGE_MALFORMED")]
    [InlineData("ALT | | | | | | | 5,0 | 40 | U/L", "low RANGE_MALFORMED")]
    [InlineData("ALT | | | | | | | 5 | 999999999999999999 | ukat/L", "")]
    [InlineData("ALT | | | | | | | 5 | 40 | mg/dL", "unit UNIT_UNKNOWN")]
    [InlineData("ALT | | | | | | | 5 | 40 | ", "unit UNIT_UNKNOWN")]
    [InlineData("ALT | UN | 2 years | 1 years | | 2021 | x | 41 | 40 | g", "sex SEX_UNKNOWN; effective_from DATE_MALFORMED; effective_to DATE_MALFORMED; age_to INTERVAL_EMPTY; unit UNIT_UNKNOWN; low RANGE_INVERTED")]
    public void Check_FaultyRange_NamesEveryFieldAndReason(string row, string expected) =>
        Assert.Equal(expected, string.Join("; ", Ranges.Faults(row).Select(fault => $"{fault.Fault.Field} {fault.Fault.WireCode}")));

    [Theory]
    [InlineData(null, 1, "age_from_unit FIELD_MISSING")]
    [InlineData(3, null, "age_from FIELD_MISSING")]
    public void Check_AgeWithoutUnitOrUnitWithoutAge_IsAFault(int? unit, int? age, string expected)
    {
        var sent = Ranges.Sent("ALT | | | | | | | 5 | 40 | U/L") with { AgeFrom = age, AgeFromUnit = (Core.Grading.AgeUnit)(unit ?? 0) };

        var fault = Assert.Single(LaboratoryRangeChecks.Check([sent], TestCatalogue.Default, []).Faults).Fault;

        Assert.Equal(expected, $"{fault.Field} {fault.WireCode}");
    }

    [Theory]
    [InlineData("ALT | | | | | | | 5 | 40 | U/L", "ALT | | | | | | | 5 | 45 | U/L", true)]
    [InlineData("ALT | M | | | | | | 5 | 40 | U/L", "ALT | F | | | | | | 5 | 45 | U/L", false)]
    [InlineData("ALT | M | | | | | | 5 | 40 | U/L", "ALT | | | | | | | 5 | 45 | U/L", true)]
    [InlineData("ALT | | | | | | | 5 | 40 | U/L", "AST | | | | | | | 5 | 45 | U/L", false)]
    [InlineData("ALT | | | | IFCC | | | 5 | 40 | U/L", "ALT | | | | | | | 5 | 45 | U/L", false)] // the method's own wins
    [InlineData("ALT | | | | IFCC | | | 5 | 40 | U/L", "ALT | | | | ifcc | | | 5 | 45 | U/L", true)]
    [InlineData("ALT | | | | | | 2021-01-01 | 5 | 40 | U/L", "ALT | | | | | 2021-01-01 | | 5 | 45 | U/L", false)]
    [InlineData("ALT | | | | | | 2021-01-02 | 5 | 40 | U/L", "ALT | | | | | 2021-01-01 | | 5 | 45 | U/L", true)]
    [InlineData("ALT | | | 18 years | | | | 5 | 40 | U/L", "ALT | | 18 years | | | | | 5 | 45 | U/L", false)]
    [InlineData("ALT | | | 18 years | | | | 5 | 40 | U/L", "ALT | | 216 months | | | | | 5 | 45 | U/L", false)]
    [InlineData("ALT | | | 18 years | | | | 5 | 40 | U/L", "ALT | | 215 months | | | | | 5 | 45 | U/L", true)]
    [InlineData("ALT | | | 28 days | | | | 5 | 40 | U/L", "ALT | | 1 months | | | | | 5 | 45 | U/L", false)] // no month is shorter
    [InlineData("ALT | | | 29 days | | | | 5 | 40 | U/L", "ALT | | 1 months | | | | | 5 | 45 | U/L", true)] // born on 1 February
    [InlineData("ALT | | | 29 days | | 2021-06-01 | 2021-07-01 | 5 | 40 | U/L", "ALT | | 1 months | | | | | 5 | 45 | U/L", false)] // May has 31
    [InlineData("ALT | | | 366 days | | | | 5 | 40 | U/L", "ALT | | 1 years | | | | | 5 | 45 | U/L", true)]
    [InlineData("ALT | | | 365 days | | | | 5 | 40 | U/L", "ALT | | 1 years | | | | | 5 | 45 | U/L", false)]
    [InlineData("ALT | M | | 18 years | | | 2021-01-01 | 5 | 40 | U/L", "ALT | M | 17 years | | | 2020-12-31 | | 5 | 45 | U/L", true)]
    public void Check_TwoRanges_OverlapWhenAResultCouldBeJudgedByEither(string one, string other, bool overlap)
    {
        foreach (var rows in new[] { new[] { one, other }, [other, one] })
        {
            var faults = Ranges.Faults(rows);

            Assert.Equal(overlap ? ["1 RANGE_OVERLAP 0"] : [], faults.Select(fault => $"{fault.Position} {fault.Fault.WireCode} {fault.Other}"));
        }
    }

    [Fact]
    public void Check_AddedToRangesOnFile_OverlapsWithThoseToo()
    {
        var onFile = Ranges.Good("ALT | | | | | | | 5 | 40 | U/L", "AST | | | | | | | 5 | 40 | U/L");

        var added = LaboratoryRangeChecks.Check([Ranges.Sent("LDH | | | | | | | | 250 | U/L")], TestCatalogue.Default, onFile);
        var twice = LaboratoryRangeChecks.Check([Ranges.Sent("AST | M | | | | | | | 45 | U/L")], TestCatalogue.Default, onFile);

        Assert.Equal(["ALT", "AST", "LDH"], added.Ranges.Select(range => range.Test));
        Assert.Empty(added.Faults);
        var fault = Assert.Single(twice.Faults);
        Assert.Equal((0, FaultCode.RangeOverlap, null), (fault.Position, fault.Fault.Code, fault.Other));
        Assert.Contains("AST, male", fault.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_RangeOfAnAliasInAnotherSpelling_IsKeptByKeyAndUnitCode()
    {
        var range = Assert.Single(Ranges.Good("GPT | | | | IFCC | | | 5.0 | 40 | IU/L"));

        Assert.Equal(("ALT", "IFCC", 5.0m, "[IU]/L"), (range.Test, range.Method, range.Low, range.Unit));
    }
}

using System.Globalization;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Ingestion;

public sealed class ReportedValueReaderTests
{
    [Theory]
    [InlineData("61.60", ValueQualifier.None, "61.60")]
    [InlineData("0", ValueQualifier.None, "0")]
    [InlineData("  7 ", ValueQualifier.None, "7")]
    [InlineData(".5", ValueQualifier.None, "0.5")]
    [InlineData("-2.5", ValueQualifier.None, "-2.5")]
    [InlineData("+2.5", ValueQualifier.None, "2.5")]
    [InlineData("-0", ValueQualifier.None, "0")]
    [InlineData("007.10", ValueQualifier.None, "7.10")]
    [InlineData("1e3", ValueQualifier.None, "1000")]
    [InlineData("1.25E-3", ValueQualifier.None, "0.00125")]
    [InlineData("1.5E+02", ValueQualifier.None, "150")]
    [InlineData("999999999999999999", ValueQualifier.None, "999999999999999999")]
    [InlineData("0.00000000000000000001", ValueQualifier.None, "0.00000000000000000001")]
    [InlineData("1e17", ValueQualifier.None, "100000000000000000")]
    [InlineData("0e30", ValueQualifier.None, "0")]
    [InlineData("<0.5", ValueQualifier.Less, "0.5")]
    [InlineData("< 0.5", ValueQualifier.Less, "0.5")]
    [InlineData("<=0.5", ValueQualifier.LessOrEqual, "0.5")]
    [InlineData("≤0.5", ValueQualifier.LessOrEqual, "0.5")]
    [InlineData(">1000", ValueQualifier.Greater, "1000")]
    [InlineData(">=1000", ValueQualifier.GreaterOrEqual, "1000")]
    [InlineData("≥ 1000", ValueQualifier.GreaterOrEqual, "1000")]
    public void Read_OfANumber_KeepsItAndItsQualifier(string text, ValueQualifier qualifier, string number)
    {
        Assert.Null(ReportedValueReader.Read(text, out var value));
        Assert.Equal((qualifier, null), (value.Qualifier, value.Text));
        Assert.Equal(number, value.Number?.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("POSITIVE")]
    [InlineData("NEGATIVE")]
    [InlineData("N")]
    [InlineData("TRACE")]
    [InlineData("HEMOLYZED")]
    [InlineData("QNS")]
    [InlineData("NA")]
    [InlineData("2+")]
    [InlineData("1:40")]
    [InlineData("0-2")]
    [InlineData("5E")]
    [InlineData("3 EXTRA")]
    [InlineData("12.3 mg/dL")]
    [InlineData("<LOD")]
    [InlineData("-")]
    [InlineData("阴性")]
    public void Read_OfAText_KeepsIt(string text)
    {
        Assert.Null(ReportedValueReader.Read(text, out var value));
        Assert.Equal(new ReportedValue(null, ValueQualifier.None, text), value);
    }

    [Fact]
    public void Read_OfAText_DropsTheBlanksAroundIt()
    {
        Assert.Null(ReportedValueReader.Read("  NOT DETECTED ", out var value));
        Assert.Equal("NOT DETECTED", value.Text);
    }

    [Theory]
    [InlineData("1,5", "one and a half, or fifteen")]
    [InlineData("1,000", "one, or a thousand")]
    [InlineData("1,000.5", "a thousand, but commas are never read")]
    [InlineData("1.000,5", "a thousand, but commas are never read")]
    [InlineData("<1,5", "the same behind a qualifier")]
    [InlineData("4.1.2", "no number")]
    [InlineData("5.", "a number that was cut off")]
    [InlineData("1 000", "blanks between digits")]
    [InlineData("1'000", "apostrophes between digits")]
    [InlineData("1e3.5", "no exponent")]
    [InlineData("1e400", "an endless exponent")]
    [InlineData("1e18", "over the bound")]
    [InlineData("1e-21", "under the bound")]
    [InlineData("1234567890123456789", "more than 18 digits")]
    [InlineData("0.12345678901234567890", "more than 18 digits")]
    [InlineData("0.000000000000000000001", "more than 20 places")]
    [InlineData("<", "a qualifier alone")]
    [InlineData(">=", "a qualifier alone")]
    [InlineData("<<5", "two qualifiers")]
    [InlineData("< >5", "two qualifiers")]
    [InlineData("NaN", "not a number")]
    [InlineData("Infinity", "infinite")]
    [InlineData("-inf", "infinite")]
    [InlineData("<INF", "infinite")]
    [InlineData("∞", "infinite")]
    [InlineData("", "nothing")]
    [InlineData("  ", "nothing")]
    [InlineData(null, "nothing")]
    public void Read_OfWhatCouldBeMisread_IsAFault(string? text, string why)
    {
        var fault = ReportedValueReader.Read(text, out var value);

        Assert.True(fault is { Length: > 0 }, $"'{text}' is {why}");
        Assert.Equal(default, value);
    }

    [Theory]
    [InlineData("0.1", true)]
    [InlineData("1e2", true)]
    [InlineData("<0.1", false)]
    [InlineData(" 0.1", false)]
    [InlineData("", false)]
    [InlineData("-", false)]
    [InlineData("1e", false)]
    [InlineData("1e+", false)]
    public void TryReadNumber_TakesPlainNumbersOnly(string text, bool read) => Assert.Equal(read, ReportedValueReader.TryReadNumber(text, out _));

    [Fact]
    public void Read_OfTheLargestNumber_NeverOverflowsAnyUnit()
    {
        foreach (var test in TestCatalogue.Default.Tests)
        {
            Assert.All(test.Units, unit => Assert.True(double.IsFinite(unit.ToStandard(999_999_999_999_999_999m))));
        }
    }
}

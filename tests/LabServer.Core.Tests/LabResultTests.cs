using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests;

public sealed class LabResultTests
{
    [Fact]
    public void ContentHash_OfAKnownResult_NeverChanges() =>
        // Hashes are on file: were this to change, every result sent again would be a conflict.
        Assert.Equal("7ac42877c30c89bbf01e0b5d4eebdc9382d70065ceb10b9f574a2a7d2ef440e3", Convert.ToHexStringLower(SampleResult.Alt.ContentHash()));

    [Fact]
    public void ContentHash_OfTheSameContent_IsTheSame()
    {
        var copy = SampleResult.Alt with { Visit = string.Concat("WEEK", " 2") };

        Assert.NotSame(SampleResult.Alt.Visit, copy.Visit);
        Assert.Equal(SampleResult.Alt.ContentHash(), copy.ContentHash());
    }

    [Fact]
    public void ContentHash_OfEveryFieldChanged_Differs()
    {
        LabResult[] others =
        [
            SampleResult.Alt with { Version = 2 },
            SampleResult.Alt with { Status = ResultStatus.Corrected },
            SampleResult.Alt with { Fasting = Fasting.Yes },
            .. SampleResult.TextFields.Select(field => SampleResult.With(SampleResult.Alt, field, "changed")),
        ];

        Assert.Equal(typeof(LabResult).GetProperties().Length, others.Length);
        Assert.Equal(others.Length + 1, others.Append(SampleResult.Alt).Select(result => Convert.ToHexString(result.ContentHash())).Distinct().Count());
    }

    [Fact]
    public void ContentHash_OfTextsDividedElsewhere_Differs() =>
        Assert.NotEqual(
            new LabResult { Laboratory = "AB", SourceResultId = "C" }.ContentHash(),
            new LabResult { Laboratory = "A", SourceResultId = "BC" }.ContentHash());

    [Fact]
    public void ContentHash_OfTextsThatEncodersMakeAlike_Differs()
    {
        string[] texts = ["\uD800", "\uDFFF", "\uFFFD", "?", "\u00B5", "\u03BC", "u", "a", "a\0", "", " ", "\u6100"];

        Assert.Equal(texts.Length, texts.Select(text => Convert.ToHexString((SampleResult.Alt with { Method = text }).ContentHash())).Distinct().Count());
    }

    [Fact]
    public void ContentHash_OfVeryLongTexts_IsTold() =>
        Assert.NotEqual(
            (SampleResult.Alt with { Method = new string('x', 100_000) }).ContentHash(),
            (SampleResult.Alt with { Method = new string('x', 100_001) }).ContentHash());
}

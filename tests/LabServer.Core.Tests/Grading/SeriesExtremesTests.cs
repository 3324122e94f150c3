using System.Globalization;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Grading;

/// <summary>
/// ALT of a subject first dosed on 1 March 2021, under CTCAE 5.0: collection date, value and limits (- for none), results
/// separated by semicolons. Expected: range indicator at baseline, lowest and highest after it; grade at baseline and worst;
/// highest multiple of the upper limit and of the baseline.
/// </summary>
public sealed class SeriesExtremesTests
{
    private static readonly TestDefinition Alt = TestCatalogue.Default.FindKey("ALT")!;

    [Theory]
    [InlineData("02-28 30 5-40; 03-10 130 5-40; 03-20 35 5-40", "NORMAL > NORMAL / HIGH", "0 > 2", "3.25", "4.33")]
    [InlineData("02-28 50 5-40; 03-10 4 5-40; 03-20 45 5-40", "HIGH > LOW / HIGH", "0 > 0", "1.12", "0.9")]
    // The multiple is that of its own limit, not of the highest value.
    [InlineData("02-28 30 5-40; 03-10 130 5-40; 03-20 120 5-30", "NORMAL > HIGH / HIGH", "0 > 2", "4", "4.33")]
    // Nothing after the dose, and nothing before it.
    [InlineData("02-28 30 5-40", "NORMAL > MISSING / MISSING", "0 > MISSING", "NO_RESULT", "-")]
    [InlineData("03-10 130 5-40", "MISSING > HIGH / HIGH", "MISSING > 2", "3.25", "-")]
    // Results of which nothing can be told are not missing.
    [InlineData("02-28 QNS 5-40; 03-10 QNS 5-40", "NOT_GRADABLE > NOT_GRADABLE / NOT_GRADABLE", "NOT_GRADABLE > NOT_GRADABLE", "NOT_GRADABLE", "-")]
    [InlineData("02-28 30 -; 03-10 60 -", "NOT_GRADABLE > NOT_GRADABLE / NOT_GRADABLE", "NOT_GRADABLE > NOT_GRADABLE", "NO_UPPER_LIMIT", "2")]
    [InlineData("02-28 30 5-40; 03-10 QNS 5-40; 03-20 41 5-40", "NORMAL > HIGH / HIGH", "0 > 1", "1.02", "1.37")]
    // Bounds: over 900 is at least 22.5 times the limit; under 10 tells no highest value, and is normal.
    [InlineData("02-28 30 5-40; 03-10 >900 5-40", "NORMAL > HIGH / HIGH", "0 > 4", ">=22.5", "-")]
    [InlineData("02-28 30 5-40; 03-10 <10 0-40", "NORMAL > NORMAL / NORMAL", "0 > 0", "BOUND_ONLY", "-")]
    // Of the day of the first dose is baseline; a month that may lie on either side counts as after.
    [InlineData("03-01 130 5-40; 03-10 50 5-40", "HIGH > HIGH / HIGH", "0 > 0", "1.25", "0.38")]
    [InlineData("03 130 5-40", "MISSING > HIGH / HIGH", "MISSING > 2", "3.25", "-")]
    public void Of_SeriesOfADosedSubject_IsWhereItStoodAndTheWorst(string results, string indicators, string grades, string uln, string baseline)
    {
        var extremes = Of(results, "2021-03-01")!;

        Assert.Equal(indicators, $"{extremes.Baseline.Word()} > {extremes.Lowest.Word()} / {extremes.Highest.Word()}");
        var term = Assert.Single(extremes.Terms);
        Assert.Equal(grades, $"{term.Baseline.Word()} > {term.Worst.Word()}");
        Assert.Equal(uln, extremes.TimesUpperLimit is { } peak ? (peak.IsAtLeast ? ">=" : "") + Round(peak.Times) : extremes.Gap.Word());
        Assert.Equal(baseline, extremes.TimesBaseline is { } times ? Round(times.Times) : "-");
    }

    [Fact]
    public void Of_SubjectWithoutADose_IsNothing() => Assert.Null(Of("03-10 130 5-40", ""));

    [Fact]
    public void Of_EqualPeaks_IsTheFirst() =>
        Assert.Equal("2021-03-10", Of("02-28 30 5-40; 03-10 120 5-40; 03-20 60 5-20", "2021-03-01")!.TimesUpperLimit!.Value.CollectedAt);

    private static string Round(double times) => Math.Round(times, 2).ToString(CultureInfo.InvariantCulture);

    private static SeriesExtremes? Of(string results, string dose)
    {
        var subject = SeriesSubject.Of(new Subject { SubjectId = "01", FirstDoseAt = dose }, new Study { StudyId = "S" });
        var series = SeriesPreparation.Prepare([.. results.Split("; ").Select(Observation)], subject, Alt, StudyRanges.None);
        var grades = SeriesGrader.Grade(series, subject, Alt, [.. RuleSets.Find("ctcae-5.0")!.TermsOf("ALT")]);
        return SeriesExtremes.Of(series, grades, Alt);
    }

    private static Observation Observation(string text, int index)
    {
        var parts = text.Split(' ');
        PartialDateTime.TryRead("2021-" + parts[0], out var collected, out _);
        ReportedValueReader.Read(parts[1], out var reported);
        var limits = parts[2] == "-" ? [] : parts[2].Split('-').Select(limit => double.Parse(limit, CultureInfo.InvariantCulture)).ToArray();
        return new Observation
        {
            ResultKey = index,
            CollectedUs = collected.StartUtc(TimeZoneInfo.Utc),
            CollectedAt = collected.Text,
            Value = (double?)reported.Number,
            Qualifier = reported.Qualifier,
            Unit = "U/L",
            LowerLimit = limits.Length > 0 ? limits[0] : null,
            UpperLimit = limits.Length > 0 ? limits[1] : null,
            StandardValue = (double?)reported.Number,
        };
    }
}

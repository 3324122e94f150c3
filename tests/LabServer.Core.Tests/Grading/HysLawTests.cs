using System.Globalization;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Grading;

/// <summary>
/// First dose on 1 March 2021. Each line: test, collection date, value, ULN; separated by semicolons. Expected: test, days
/// from the transaminase to the bilirubin, and whether ALP was under 2 x ULN; empty for no candidate.
/// </summary>
public sealed class HysLawTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.Utc;
    private static readonly PartialDateTime Dose = Date("2021-03-01");

    [Theory]
    // Both limits are inclusive, and to 15 digits: 3 x 0.1 is 0.3.
    [InlineData("ALT 2021-03-10 120 40; BILI 2021-03-10 42 21", "ALT 0 ?")]
    [InlineData("ALT 2021-03-10 119.9 40; BILI 2021-03-10 42 21", "")]
    [InlineData("ALT 2021-03-10 120 40; BILI 2021-03-10 41.9 21", "")]
    [InlineData("AST 2021-03-10 0.3 0.1; BILI 2021-03-10 0.2 0.1", "AST 0 ?")]
    // 14 days before or after.
    [InlineData("ALT 2021-03-20 120 40; BILI 2021-04-03 42 21", "ALT 14 ?")]
    [InlineData("ALT 2021-03-20 120 40; BILI 2021-04-04 42 21", "")]
    [InlineData("BILI 2021-03-06 42 21; ALT 2021-03-20 120 40", "ALT -14 ?")]
    [InlineData("BILI 2021-03-05 42 21; ALT 2021-03-20 120 40", "")]
    // The transaminase after first dose, the bilirubin also before it.
    [InlineData("ALT 2021-02-28 400 40; BILI 2021-03-05 42 21", "")]
    [InlineData("ALT 2021-03-01 400 40; BILI 2021-03-05 42 21", "")]
    [InlineData("BILI 2021-02-28 42 21; ALT 2021-03-05 120 40", "ALT -5 ?")]
    // Of several bilirubins the nearest, and of two as near the worse; each transaminase by itself.
    [InlineData("BILI 2021-03-08 42 21; ALT 2021-03-10 120 40; BILI 2021-03-11 42 21; AST 2021-03-12 200 40", "ALT 1 ?; AST -1 ?")]
    // ALP as a condition: the nearest within 14 days; on the limit it is not under it.
    [InlineData("ALT 2021-03-10 120 40; BILI 2021-03-10 42 21; ALP 2021-03-10 239 120", "ALT 0 yes")]
    [InlineData("ALT 2021-03-10 120 40; BILI 2021-03-10 42 21; ALP 2021-03-10 240 120", "ALT 0 no")]
    [InlineData("ALT 2021-03-10 120 40; BILI 2021-03-10 42 21; ALP 2021-03-25 100 120", "ALT 0 ?")]
    [InlineData("ALT 2021-03-10 120 40; BILI 2021-03-10 42 21; ALP 2021-03-11 100 -", "ALT 0 ?")]
    // Bounds count where they are certain.
    [InlineData("ALT 2021-03-10 >120 40; BILI 2021-03-10 >42 21; ALP 2021-03-10 <240 120", "ALT 0 yes")]
    [InlineData("ALT 2021-03-10 <500 40; BILI 2021-03-10 42 21", "")]
    [InlineData("ALT 2021-03-10 120 40; BILI 2021-03-10 42 21; ALP 2021-03-10 >240 120", "ALT 0 no")]
    [InlineData("ALT 2021-03-10 120 40; BILI 2021-03-10 42 21; ALP 2021-03-10 >100 120", "ALT 0 ?")]
    // Without a limit of its own a result says nothing.
    [InlineData("ALT 2021-03-10 500 -; BILI 2021-03-10 42 21", "")]
    [InlineData("ALT 2021-03-10 120 40; BILI 2021-03-10 100 -", "")]
    // A partial date counts where it may lie within 14 days; how many days it is cannot be told.
    [InlineData("ALT 2021-03-20 120 40; BILI 2021-04 42 21", "ALT ? ?")]
    [InlineData("ALT 2021-03-10 120 40; BILI 2021-04 42 21", "")]
    public void Candidates_OfOneSubject_AreAsTheLawHasThem(string results, string expected)
    {
        var found = HysLaw.Candidates("01", [.. results.Split("; ").Select(Result)]);

        Assert.Equal(
            expected,
            string.Join("; ", found.Select(candidate => $"{candidate.Transaminase.Test} {Days(candidate)} {Alp(candidate)}")));
    }

    private static string Days(HysLawCandidate candidate) => candidate.DaysApart?.ToString(CultureInfo.InvariantCulture) ?? "?";

    private static string Alp(HysLawCandidate candidate) => candidate.AlpUnderTwice switch
    {
        YesNo.Yes => "yes",
        YesNo.No => "no",
        _ => "?",
    };

    private static LiverResult Result(string text)
    {
        var parts = text.Split(' ');
        var collected = Date(parts[1]);
        var (first, last) = collected.Days(Zone);
        return new LiverResult
        {
            Test = parts[0],
            Laboratory = "LAB",
            SourceResultId = text,
            CollectedAt = parts[1],
            FirstDay = first,
            LastDay = last,
            AfterFirstDose = collected.CompareForBaseline(Dose, Zone) != BaselineOrder.AtOrBefore,
            Value = double.Parse(parts[2].TrimStart('<', '>'), CultureInfo.InvariantCulture),
            Qualifier = parts[2][0] switch
            {
                '<' => ValueQualifier.Less,
                '>' => ValueQualifier.Greater,
                _ => ValueQualifier.None,
            },
            UpperLimit = parts[3] == "-" ? null : double.Parse(parts[3], CultureInfo.InvariantCulture),
        };
    }

    private static PartialDateTime Date(string text)
    {
        Assert.True(PartialDateTime.TryRead(text, out var date, out _));
        return date;
    }
}

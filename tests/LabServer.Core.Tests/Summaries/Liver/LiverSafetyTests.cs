using System.Globalization;
using LabServer.Core.Access;
using LabServer.Core.Storage;
using LabServer.Core.Summaries;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Summaries;

/// <summary>
/// Subjects first dosed on 1 March 2021. Each line: test, date in 2021, value and upper limit (- for none). Expected: quadrant;
/// highest ALT or AST and bilirubin in multiples of their limits, or why there is none; ALP; and whether it is a candidate
/// for Hy's law, with ALP under 2 x ULN or not.
/// </summary>
public sealed class LiverSafetyTests
{
    [Theory]
    [InlineData("ALT 03-10 60 40; BILI 03-10 21 21", "Normal 1.5 1")]
    // On a bound is over it, to 15 digits: 3.3 is 3 x 1.1.
    [InlineData("ALT 03-10 120 40; BILI 03-10 21 21", "Temple 3 1")]
    [InlineData("ALT 03-10 3.3 1.1; BILI 03-10 2.2 1.1", "HysLaw 3 2 candidate")]
    [InlineData("ALT 03-10 119.9 40; BILI 03-10 42 21", "Cholestasis 3 2")]
    [InlineData("AST 03-10 200 40; ALT 03-10 60 40; BILI 03-10 10 21", "Temple 5 0.48")]
    // Both peaks and ALP.
    [InlineData("ALT 03-10 160 40; BILI 03-12 63 21; ALP 03-11 100 100", "HysLaw 4 3 ALP 1 candidate low ALP")]
    [InlineData("ALT 03-10 160 40; BILI 03-12 63 21; ALP 03-11 200 100", "HysLaw 4 3 ALP 2 candidate high ALP")]
    // Peaks too far from each other are in the range, but no candidate.
    [InlineData("ALT 03-10 160 40; BILI 04-12 63 21", "HysLaw 4 3")]
    // Bilirubin of before the first dose makes a candidate, and counts in no peak.
    [InlineData("BILI 02-28 63 21; ALT 03-05 160 40; BILI 03-05 21 21", "Temple 4 1 candidate")]
    // Before the first dose nothing is a peak.
    [InlineData("ALT 02-28 400 40; ALT 03-10 40 40; BILI 03-10 21 21", "Normal 1 1")]
    // The limit of the result itself.
    [InlineData("ALT 03-10 130 60; ALT 03-12 90 30; BILI 03-10 21 21", "Temple 3 1")]
    // ALP at the peak of bilirubin.
    [InlineData("ALT 03-10 40 40; BILI 03-10 42 21; ALP 03-10 300 100; ALP 05-10 900 100", "Cholestasis 1 2 ALP 3")]
    // What cannot be measured. A peak over its bound shows also where there is no other.
    [InlineData("ALT 03-10 40 40", "none 1 NO_RESULT")]
    [InlineData("ALT 03-10 400 40; ALP 03-10 90 100", "none 10 NO_RESULT ALP 0.9 over")]
    [InlineData("ALT 03-10 3.3 1.1", "none 3 NO_RESULT over")]
    [InlineData("BILI 03-10 42 21; ALT 02-10 400 40", "none NO_RESULT 2 over")]
    [InlineData("ALT 03-10 40 -; BILI 03-10 <3 21", "none NO_UPPER_LIMIT BOUND_ONLY")]
    [InlineData("ALT 03-10 QNS 40; BILI 03-10 21 21", "none NOT_GRADABLE 1")]
    [InlineData("AST 03-10 40 -; ALT 02-10 40 40; BILI 03-10 21 21", "none NO_UPPER_LIMIT 1")]
    [InlineData("", "none NO_RESULT NO_RESULT")]
    public async Task Read_OneSubject_IsInItsQuadrant(string results, string expected)
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        await study.Push([.. Results("01", results)]);
        await study.Grade();

        var safety = new LiverSafetyStore(study.Database, study.Catalogue).Read(study.Study, ArmSight.Unblinded, "", []);

        Assert.Equal(expected, Text(Assert.Single(safety.Points)));
    }

    [Fact]
    public async Task Read_SeveralSubjects_CountsEachOnceByArmAndStratum()
    {
        await using var study = await TestStudy.Create();
        await study.Register(
            Subject("01", "A", Sex.Male), Subject("02", "A", Sex.Female), Subject("03", "B", Sex.Male), Subject("04", "B", Sex.Female),
            Subject("05", "B", Sex.Female) with { FirstDoseAt = "" }, Subject("06", "B", Sex.Male));
        await study.Push([
            .. Results("01", "ALT 03-10 160 40; BILI 03-12 63 21; ALP 03-11 100 100"), .. Results("02", "ALT 03-10 40 40; BILI 03-12 21 21"),
            .. Results("03", "AST 03-10 120 40; BILI 03-12 21 21"), .. Results("04", "ALT 03-10 40 -"), .. Results("05", "ALT 03-10 160 40; BILI 03-12 63 21"),
            .. Results("06", "ALT 03-10 400 40"),
        ]);
        await study.Grade();
        var store = new LiverSafetyStore(study.Database, study.Catalogue);

        var safety = store.Read(study.Study, ArmSight.Unblinded, "sex", []);
        var only = store.Read(study.Study, ArmSight.Unblinded, "", ["B"]);

        Assert.Equal(
            [
                "A 2: 1 0 0 1, 0 without, 0 over; candidates 1, 1 with low ALP;",
                "B 3: 0 1 0 0, 2 without, 1 over; candidates 0, 0 with low ALP; TRANSAMINASE NO_UPPER_LIMIT 1 BILIRUBIN NO_RESULT 2",
            ],
            safety.Arms.Select(Text));
        Assert.Equal(" 5: 1 1 0 1, 2 without, 1 over; candidates 1, 1 with low ALP; TRANSAMINASE NO_UPPER_LIMIT 1 BILIRUBIN NO_RESULT 2", Text(safety.Total));
        Assert.Equal(["F 2", "M 3"], safety.Strata.Select(stratum => FormattableString.Invariant($"{stratum.Value} {stratum.Total.Subjects}")));
        Assert.Equal(["03", "04", "06"], only.Points.Select(point => point.Subject.SubjectId));
        Assert.Equal((1, 3), (only.Arms.Count, only.Total.Subjects));
    }

    [Fact]
    public async Task Read_CandidatesOfAStudy_AreThoseOfTheirOwnList()
    {
        await using var study = await TestStudy.Create();
        var random = new Random(20210301);
        for (var subject = 1; subject <= 30; subject++)
        {
            var id = subject.ToString("00", CultureInfo.InvariantCulture);
            await study.Register(id, subject % 2 == 0 ? "A" : "B");
            await study.Push([.. Enumerable.Range(1, 6).SelectMany(draw => Results(
                id,
                FormattableString.Invariant($"ALT 03-{draw * 4:00} {random.Next(20, 200)} 40; BILI 03-{draw * 4:00} {random.Next(5, 60)} 21; ALP 03-{draw * 4:00} {random.Next(50, 300)} 100"),
                draw))]);
        }

        await study.Grade();
        var safety = new LiverSafetyStore(study.Database, study.Catalogue).Read(study.Study, ArmSight.Unblinded, "", []);
        var listed = new HysLawStore(study.Database, study.Subjects, study.Catalogue).Candidates(study.Study).ToList();

        Assert.InRange(listed.Count, 5, 180);
        Assert.Equal(
            listed.Select(candidate => candidate.SubjectId).Distinct(),
            safety.Points.Where(point => point.IsCandidate).Select(point => point.Subject.SubjectId));
        Assert.Equal(
            listed.Where(candidate => candidate.AlpUnderTwice == YesNo.Yes).Select(candidate => candidate.SubjectId).Distinct(),
            safety.Points.Where(point => point.AlpUnderTwice == YesNo.Yes).Select(point => point.Subject.SubjectId));
    }

    private static string Text(LiverPoint point) => string.Join(' ', new[]
    {
        point.Quadrant?.ToString() ?? "none",
        Text(point.Transaminase),
        Text(point.Bilirubin),
        point.Alp is { } alp ? "ALP " + Round(alp.TimesUpperLimit!.Value) : "",
        point is { Quadrant: null, IsOverBound: true } ? "over" : "",
        point.IsCandidate ? "candidate" : "",
        point.AlpUnderTwice switch { YesNo.Yes => "low ALP", YesNo.No => "high ALP", _ => "" },
    }.Where(part => part.Length > 0));

    private static string Text(LiverPeak peak) => peak.Peak is { } found ? Round(found.Times) : LabServer.Core.Grading.PeakGaps.Word(peak.Gap);

    private static string Text(LiverCounts counts) => FormattableString.Invariant(
        $"{counts.Arm} {counts.Subjects}: {counts.Normal} {counts.Temple} {counts.Cholestasis} {counts.HysLaw}, {counts.NotMeasurable} without, {counts.NotMeasurableOverBound} over; candidates {counts.Candidates}, {counts.CandidatesWithLowAlp} with low ALP;{string.Concat(counts.Gaps.Select(gap => FormattableString.Invariant($" {gap.Test} {LabServer.Core.Grading.PeakGaps.Word(gap.Gap)} {gap.Subjects}")))}");

    private static string Round(double times) => Math.Round(times, 2).ToString(CultureInfo.InvariantCulture);

    private static Subject Subject(string id, string arm, Sex sex) => new() { SubjectId = id, Arm = arm, Sex = sex, FirstDoseAt = "2021-03-01" };

    private static IEnumerable<LabResult> Results(string subject, string results, int draw = 0) =>
        results.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select((text, i) =>
        {
            var parts = text.Split(' ');
            return new LabResult
            {
                StudyId = TestStudy.StudyId,
                Laboratory = TestStudy.Laboratory,
                SourceResultId = FormattableString.Invariant($"{subject}/{draw}/{i}"),
                SubjectId = subject,
                TestCode = parts[0],
                ReportedValue = parts[2],
                ReportedUnit = parts[0] == "BILI" ? "umol/L" : "U/L",
                ReferenceLow = parts[3] == "-" ? "" : "0",
                ReferenceHigh = parts[3] == "-" ? "" : parts[3],
                CollectedAt = "2021-" + parts[1],
            };
        });
}

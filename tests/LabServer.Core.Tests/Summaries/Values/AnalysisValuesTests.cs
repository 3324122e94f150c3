using System.Globalization;
using LabServer.Core.Access;
using LabServer.Core.Ingestion;
using LabServer.Core.Summaries;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Summaries;

public sealed class AnalysisValuesTests
{
    [Fact]
    public async Task Of_SubjectsInAndOutOfTheSafetyPopulation_HasOneEntryForEachDosedOne()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        await study.Register("02", "B");
        await study.Register("03", "B", firstDoseAt: "");
        await study.Push(At("r1", "30", "2021-03-05", "WEEK 1"), At("r2", "30", "2021-03-05", "WEEK 1", "03"));
        await study.Grade();

        var values = Values(study);

        Assert.Equal(["01", "02"], values.Subjects.Select(subject => subject.Subject.SubjectId));
        Assert.Equal(["30"], Shown(values, "01"));
        Assert.Equal([""], Shown(values, "02"));
        Assert.Equal((1, 0L), (values.NotDosed, values.WithoutVisit));
    }

    [Fact]
    public async Task Of_SeveralResultsAtAVisit_TakesTheLastGradableOne()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        await study.Push(
            At("r1", "30", "2021-03-05", "WEEK 1"),
            At("r2", "31", "2021-03-06", "WEEK 1"),
            At("r3", "QNS", "2021-03-07", "WEEK 1"),
            At("r4", "99", "2021-03-08", "WEEK 1") with { SpecimenCondition = "LIPEMIC" },
            At("r10", "41", "2021-03-15T08:00", "WEEK 2"),
            At("r9", "40", "2021-03-15T08:00", "WEEK 2"));
        await study.Grade();

        // r10 follows r9 as in grading: of one moment, by the sender's id, shorter first.
        Assert.Equal(["31", "41"], Shown(Values(study), "01"));
    }

    [Fact]
    public async Task Of_WindowWithATargetDay_TakesTheNearestAndOfTwoTheLater()
    {
        await using var study = await TestStudy.Create();
        await study.Visits.Set(
            study.Study.StudyKey,
            [new VisitWindow("BASELINE", "1", -30, 1, -1), new VisitWindow("WEEK 1", "2", 2, 12, 8), new VisitWindow("WEEK 2", "3", 13, 20, null)],
            TestStudy.Tester,
            CancellationToken.None);
        await study.Register("01");
        await study.Push(
            At("b1", "20", "2021-02-25", ""), At("b2", "21", "2021-02-28", ""), At("b3", "22", "2021-03-01", ""),
            At("r1", "30", "2021-03-06", "Week 1"), At("r2", "31", "2021-03-07", ""), At("r3", "32", "2021-03-09", ""), At("r4", "33", "2021-03-10", ""),
            At("r5", "34", "2021-03", "WEEK 1"),
            At("s1", "40", "2021-03-13", ""), At("s2", "41", "2021-03-14", ""),
            At("x1", "50", "2021-07-01", ""));
        await study.Grade();

        var values = Values(study);

        // Of the visit with the baseline record that record stands, though day -1 is the target and b2 is of it.
        Assert.Equal(["BASELINE", "WEEK 1", "WEEK 2"], values.Visits.Select(visit => visit.Visit));
        Assert.Equal(["22", "32", "41"], Shown(values, "01"));
        Assert.Equal(22, values.Subjects[0].Baseline!.Value);
        Assert.Equal(1, values.WithoutVisit);
    }

    [Fact]
    public async Task Of_VisitsWithAndWithoutNumbers_AreInTheStudysOrder()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        await study.Push(
            At("r1", "30", "2021-03-15", "Week 2", number: "3"),
            At("r2", "30", "2021-05-01", "Month 2", number: "10"),
            At("r3", "30", "2021-02-20", "Screening", number: "1"),
            At("r4", "30", "2021-04-01", "UNSCHEDULED"),
            At("r5", "30", "2021-03-08", "Week 1", number: "2.0"));
        await study.Grade();

        Assert.Equal(["Screening", "Week 1", "Week 2", "UNSCHEDULED", "Month 2"], Values(study).Visits.Select(visit => visit.Visit));
    }

    [Fact]
    public async Task Of_BoundsAndUnits_GivesTheStandardValueWithItsSign()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        await study.Push(
            At("r1", "<0.5", "2021-03-05", "WEEK 1") with { ReportedUnit = "ukat/L", ReferenceLow = "", ReferenceHigh = "" },
            At("r2", ">900", "2021-03-15", "WEEK 2"));
        await study.Grade();

        var records = Values(study).Subjects[0].Records;

        Assert.Equal((30.0, ValueQualifier.Less, null), (records[0]!.Value, records[0]!.Qualifier, records[0]!.Indicator));
        Assert.Equal((900.0, ValueQualifier.Greater, RangeIndicator.High), (records[1]!.Value, records[1]!.Qualifier, records[1]!.Indicator));
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    public async Task Of_RandomSeries_HasTheBaselineAndChangesOfAdlb(string zone)
    {
        await using var study = await TestStudy.Create(zone);
        var random = new Random(20);
        for (var i = 1; i <= 40; i++)
        {
            var id = i.ToString("00", CultureInfo.InvariantCulture);
            await study.Register(id, firstDoseAt: i % 3 == 0 ? "2021-03-01T10:00" : i % 3 == 1 ? "2021-03-01" : "2021-03");
            await study.Push([.. Enumerable.Range(0, 12).Select(j => At($"{id}/{j}", Value(random), Time(random), "V" + random.Next(4), id))]);
        }

        await study.Grade();
        var rows = study.Adlb.Rows(study.Study, ArmSight.Unblinded, "ctcae-5.0").ToLookup(row => row.SubjectId);

        var values = Values(study);
        Assert.True(values.Subjects.Count(subject => subject.Baseline is not null) > 20);
        foreach (var subject in values.Subjects)
        {
            var own = rows[subject.Subject.SubjectId].ToList();
            Assert.Equal(own.Find(row => row.IsBaseline)?.Value, subject.Baseline?.Value);
            foreach (var record in subject.Records.OfType<VisitRecord>().Where(record => record.Qualifier == ValueQualifier.None))
            {
                var change = record.AfterFirstDose && subject.Baseline is { Value: { } at } ? BaselineChange.Of(record.Value!.Value, at) : (double?)null;
                Assert.Contains(own, row => row.Value == record.Value && row.Change == change && row.Baseline == subject.Baseline?.Value);
            }
        }
    }

    private static TestValues Values(TestStudy study) =>
        new AnalysisValues(study.Database, study.Catalogue).Of(study.Study, study.Catalogue.Value.FindKey("ALT")!);

    private static IEnumerable<string> Shown(TestValues values, string subjectId) =>
        values.Subjects.Single(subject => subject.Subject.SubjectId == subjectId).Records
            .Select(record => record is null ? "" : record.Qualifier.Sign() + record.Value!.Value.ToString(CultureInfo.InvariantCulture));

    private static LabResult At(string id, string value, string collectedAt, string visit, string subjectId = "01", string number = "") =>
        TestStudy.Alt(id, value, collectedAt, subjectId) with { Visit = visit, VisitNumber = number };

    private static string Value(Random random) => random.Next(8) switch
    {
        0 => "<5",
        1 => "QNS",
        _ => (random.Next(50, 900) / 10m).ToString(CultureInfo.InvariantCulture),
    };

    private static string Time(Random random)
    {
        var time = new DateTime(2021, 2, 20).AddMinutes(random.Next(60 * 24 * 25));
        var format = random.Next(4) switch { 0 => "yyyy-MM-dd", 1 => "yyyy-MM", 2 => "yyyy-MM-ddTHH:mm'+02:00'", _ => "yyyy-MM-ddTHH:mm" };
        return time.ToString(format, CultureInfo.InvariantCulture);
    }
}

using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Derivation;

/// <summary>
/// Derived results from pushed inputs to grades and events. Calcium 1.80 mmol/L with albumin 30 g/L is corrected to
/// 1.80 + 0.02 × (40 − 30) = 2.00; with 45 g/L to 1.70, with 32 g/L to 1.96. CTCAE 5.0, LLN 2.2: under 2.0 is grade 2, under 1.75 grade 3.
/// </summary>
public sealed class DerivationRunTests
{
    private const string Id = "CACORR:CENTRAL/ca";

    [Fact]
    public async Task CorrectedCalcium_OfCalciumAndAlbumin_IsAResultOfItsOwnAndGraded()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Calcium("ca", "1.80"), Albumin("alb", "30"));

        await study.Grade();

        var derived = Assert.Single(Versions(study));
        Assert.Equal(
            ("(derived)", "01", "CACORR", "2", "mmol/L", "2.2", "2.6", "2021-03-05", "DAY 4", 1L),
            (derived.Result.Laboratory, derived.Result.SubjectId, derived.Result.TestCode, derived.Result.ReportedValue, derived.Result.ReportedUnit,
                derived.Result.ReferenceLow, derived.Result.ReferenceHigh, derived.Result.CollectedAt, derived.Result.Visit, derived.Result.Version));
        Assert.Equal("labserver", derived.Sender);
        var found = Assert.Single(study.AllEvents());
        Assert.Equal(("Hypocalcemia", 1, Id), (found.Term.Name, found.WorstGrade, found.History[0].SourceResultId));
    }

    [Fact]
    public async Task SecondRun_NothingChanged_AppendsNothing()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Calcium("ca", "1.80"), Albumin("alb", "30"));
        await study.Grade();

        await study.Grade();
        var full = await study.GradeFully();

        Assert.Equal(0, full.Differences);
        Assert.Single(Versions(study));
    }

    [Fact]
    public async Task Amendment_OfAnInput_IsANewVersionAndTheOlderStaysReadable()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Calcium("ca", "1.80"), Albumin("alb", "30"));
        await study.Grade();
        var before = Assert.Single(study.AllEvents());

        await study.Push(Albumin("alb", "45", version: 2));
        await study.Grade();

        Assert.Equal(["2", "1.7"], Versions(study).Select(version => version.Result.ReportedValue));
        var after = Assert.Single(study.AllEvents());
        Assert.Equal((before.EventId, 3), (after.EventId, after.WorstGrade));
        Assert.Equal(0, (await study.GradeFully()).Differences);
    }

    [Fact]
    public async Task Cancellation_OfAnInput_CancelsTheDerivedResultAndTheEventGoes()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Calcium("ca", "1.80"), Albumin("alb", "30"));
        await study.Grade();

        await study.Push(Albumin("alb", "", version: 2) with { Status = ResultStatus.Cancelled });
        await study.Grade();

        Assert.Equal([ResultStatus.Final, ResultStatus.Cancelled], Versions(study).Select(version => version.Result.Status));
        Assert.Empty(study.AllEvents());

        await study.Push(Albumin("alb", "32", version: 3));
        await study.Grade();

        Assert.Equal([1L, 2L, 3L], Versions(study).Select(version => version.Result.Version));
        Assert.Equal("1.96", Versions(study)[^1].Result.ReportedValue);
        Assert.Equal(("Hypocalcemia", 2), study.AllEvents().Select(e => (e.Term.Name, e.WorstGrade)).Single());
        Assert.Equal(0, (await study.GradeFully()).Differences);
    }

    [Fact]
    public async Task LaboratorysOwnResult_OfTheCollection_WinsAndWithdrawsTheDerivedOne()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Calcium("ca", "1.80"), Albumin("alb", "30"));
        await study.Grade();

        await study.Push(Calcium("own", "2.3") with { TestCode = "CACORR" });
        await study.Grade();

        Assert.Equal(ResultStatus.Cancelled, Versions(study)[^1].Result.Status);
        Assert.Empty(study.AllEvents());

        await study.Push(Calcium("own", "", version: 2) with { TestCode = "CACORR", Status = ResultStatus.Cancelled });
        await study.Grade();

        Assert.Equal(("2", ResultStatus.Final), (Versions(study)[^1].Result.ReportedValue, Versions(study)[^1].Result.Status));
        Assert.Single(study.AllEvents());
    }

    private static IReadOnlyList<StoredResult> Versions(TestStudy study) => study.Results.Versions(study.Study.StudyKey, "", Id);

    private static LabResult Calcium(string id, string value, long version = 1) => Alt(id, value, "2021-03-05", version: version) with
    {
        TestCode = "CA",
        ReportedUnit = "mmol/L",
        ReferenceLow = "2.2",
        ReferenceHigh = "2.6",
        Visit = "DAY 4",
    };

    private static LabResult Albumin(string id, string value, long version = 1) => Alt(id, value, "2021-03-05", version: version) with
    {
        TestCode = "ALB",
        ReportedUnit = "g/L",
        ReferenceLow = "",
        ReferenceHigh = "",
        Visit = "DAY 4",
    };
}

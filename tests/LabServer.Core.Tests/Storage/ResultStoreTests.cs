using LabServer.Core.Ingestion;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Storage;

public sealed class ResultStoreTests
{
    [Fact]
    public async Task Append_NewResultOfKnownSubject_IsAcceptedWithItsStandardValue()
    {
        await using var study = await Create();
        await study.Register("01");

        var outcomes = await study.Push(Alt("r1", "61.60", "2021-03-02"));

        Assert.Equal(Disposition.Accepted, Assert.Single(outcomes).Disposition);
        var stored = Assert.Single(study.Results.List(study.Study.StudyKey, "", "", true, 0, 10));
        Assert.Equal("61.60", stored.Result.ReportedValue);
        Assert.Equal(61.6, stored.StandardValue);
        Assert.Equal("tester", stored.Sender);
    }

    [Fact]
    public async Task Append_SameResultAgain_IsDuplicateAndStoredOnce()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("r1", "30", "2021-03-02"));

        var again = await study.Push(Alt("r1", "30", "2021-03-02"), Alt("r2", "31", "2021-03-02"), Alt("r2", "31", "2021-03-02"));

        Assert.Equal([Disposition.Duplicate, Disposition.Accepted, Disposition.Duplicate], again.Select(o => o.Disposition));
        Assert.Equal(2, study.Studies.Count(study.Study.StudyKey).Results);
    }

    [Fact]
    public async Task Append_NewHeldAndContradictingOnesAmongWhatIsOnFile_EachHasItsOwnDisposition()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("r1", "30", "2021-03-02"), Alt("r2", "31", "2021-03-02"), Alt("r3", "32", "2021-03-02", "99"));

        var again = await study.Push(
            Alt("r1", "30", "2021-03-02"), Alt("r2", "31", "2021-03-02"), Alt("r4", "33", "2021-03-02"), Alt("r3", "32", "2021-03-02", "99"),
            Alt("r2", "99", "2021-03-02"), Alt("r5", "34", "2021-03-02", "99"), Alt("r1", "30", "2021-03-02"), Alt("r1", "35", "2021-03-02", version: 2));

        Assert.Equal(
            [
                (Disposition.Duplicate, Disposition.None), (Disposition.Duplicate, Disposition.None), (Disposition.Accepted, Disposition.None),
                (Disposition.Duplicate, Disposition.Held), (Disposition.Rejected, Disposition.None), (Disposition.Held, Disposition.None),
                (Disposition.Duplicate, Disposition.None), (Disposition.Amended, Disposition.None),
            ],
            again.Select(outcome => (outcome.Disposition, outcome.OnFile)));
        Assert.Equal((6, 1), (study.Studies.Count(study.Study.StudyKey).Results, study.Studies.Count(study.Study.StudyKey).Rejected));
    }

    [Fact]
    public async Task Append_SameVersionWithOtherContent_IsRejectedAndKeptInTheRejectLog()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("r1", "30", "2021-03-02"));

        var outcome = Assert.Single(await study.Push(Alt("r1", "300", "2021-03-02")));

        Assert.Equal(Disposition.Rejected, outcome.Disposition);
        Assert.Equal("CONTENT_CONFLICT", Assert.Single(outcome.Faults).WireCode);
        var rejected = Assert.Single(study.Results.ListRejected(study.Study.StudyKey, 0, 10));
        Assert.Equal("300", rejected.Result.ReportedValue);
        Assert.Equal("30", Assert.Single(study.Results.Versions(study.Study.StudyKey, "", "r1")).Result.ReportedValue);
    }

    [Fact]
    public async Task Append_RejectedResultAgain_IsDuplicateOfTheRejectedOneWithItsFaults()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("r1", "1,5", "2021-03-02"));

        var again = Assert.Single(await study.Push(Alt("r1", "1,5", "2021-03-02")));

        Assert.Equal((Disposition.Duplicate, Disposition.Rejected), (again.Disposition, again.OnFile));
        Assert.Equal("reported_value", Assert.Single(again.Faults).Field);
        Assert.Equal(1, study.Studies.Count(study.Study.StudyKey).Rejected);
    }

    [Fact]
    public async Task Append_BadResultAmongGoodOnes_CostsOnlyItself()
    {
        await using var study = await Create();
        await study.Register("01");

        var outcomes = await study.Push(
            Alt("r1", "30", "2021-03-02"), Alt("r2", "4.1.2", "2021-13-45") with { SourceResultId = "" }, Alt("r3", "31", "2021-03-03"));

        Assert.Equal([Disposition.Accepted, Disposition.Rejected, Disposition.Accepted], outcomes.Select(o => o.Disposition));
        Assert.Equal(["collected_at", "reported_value", "source_result_id"], outcomes[1].Faults.Select(fault => fault.Field).Order());
    }

    [Fact]
    public async Task Append_NewerVersion_IsAmendedAndOlderStaysReadable()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("r1", "30", "2021-03-02"));

        var outcome = Assert.Single(await study.Push(Alt("r1", "35", "2021-03-02", version: 2)));

        Assert.Equal(Disposition.Amended, outcome.Disposition);
        var versions = study.Results.Versions(study.Study.StudyKey, Laboratory, "r1");
        Assert.Equal([("30", true), ("35", false)], versions.Select(version => (version.Result.ReportedValue, version.Superseded)));
    }

    [Theory]
    [InlineData("unknown subject", "99", "ALT", "U/L", HoldReasons.UnknownSubject)]
    [InlineData("unknown test", "01", "NOSUCH", "U/L", HoldReasons.UnknownTest)]
    [InlineData("unknown unit", "01", "ALT", "furlong", HoldReasons.UnknownUnit)]
    [InlineData("unknown subject and unit", "99", "ALT", "furlong", HoldReasons.UnknownSubject | HoldReasons.UnknownUnit)]
    public async Task Append_SomethingUnknown_IsHeldAsSent(string what, string subjectId, string test, string unit, HoldReasons expected)
    {
        await using var study = await Create();
        await study.Register("01");
        var sent = Alt("r1", "30", "2021-03-02", subjectId) with { TestCode = test, ReportedUnit = unit };

        var outcome = Assert.Single(await study.Push(sent));
        var again = Assert.Single(await study.Push(sent));

        Assert.True(outcome.Disposition == Disposition.Held, what);
        Assert.Equal(expected, outcome.HoldReasons);
        Assert.Equal((Disposition.Duplicate, Disposition.Held), (again.Disposition, again.OnFile));
        Assert.Equal(sent, Assert.Single(study.Results.ListHeld(study.Study.StudyKey, 0, 10)).Result);
    }

    [Fact]
    public async Task Append_TenSendersPushTheSameResultsAtOnce_StoresEachOnce()
    {
        await using var study = await Create();
        await study.Register("01");
        var results = Enumerable.Range(1, 500).Select(i => Alt($"r{i}", "30", "2021-03-02")).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => study.Push(results))));

        var counts = answers.SelectMany(outcomes => outcomes).CountBy(outcome => outcome.Disposition).ToDictionary();
        Assert.Equal(500, counts[Disposition.Accepted]);
        Assert.Equal(4500, counts[Disposition.Duplicate]);
        Assert.Equal(500, study.Studies.Count(study.Study.StudyKey).Results);
    }

    [Fact]
    public async Task Append_SameIdFromTwoLaboratories_AreTwoResults()
    {
        await using var study = await Create();
        await study.Register("01");
        var context = new CheckContext(TimeProvider.System, TimeZoneInfo.Utc, TestCatalogue.Default);
        var other = Alt("r1", "50", "2021-03-02") with { Laboratory = "LOCAL" };
        await study.Push(Alt("r1", "30", "2021-03-02"));

        var outcomes = await study.Results.Append(
            new ResultBatch(study.Study, "LOCAL", "tester", context, [ResultChecks.Check(other, context)]), CancellationToken.None);

        Assert.Equal(Disposition.Accepted, Assert.Single(outcomes).Disposition);
        Assert.Equal(2, study.Results.Versions(study.Study.StudyKey, "", "r1").Count);
    }
}

using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Storage;

public sealed class CatalogueStoreTests
{
    [Fact]
    public async Task RegisterAlias_HeldResultWithThatCode_IsReleasedAndGraded()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("d", "210", "2021-03-05") with { TestCode = "LEBER-GPT-7" });

        var registered = await study.Registered.RegisterAlias("LEBER-GPT-7", "ALT", Tester, CancellationToken.None);
        var released = await study.ReleaseKnown();
        await study.Grade();

        Assert.True(registered);
        Assert.Equal(1, released);
        Assert.Single(study.AllEvents());
    }

    [Fact]
    public async Task RegisterAlias_CodeThatMeansATestAlready_IsRefused()
    {
        await using var study = await Create();

        Assert.False(await study.Registered.RegisterAlias("ast", "ALT", Tester, CancellationToken.None));
        Assert.False(await study.Registered.RegisterAlias("PH", "ALT", Tester, CancellationToken.None));
        Assert.Equal("AST", study.Catalogue.Value.Find("ast")!.Key);
    }

    [Fact]
    public async Task RegisterUnitSynonym_HeldResultInThatUnit_IsReleasedWithItsStandardValue()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("d", "210", "2021-03-05") with { ReportedUnit = "Einheiten/Liter" });

        await study.Registered.RegisterUnitSynonym("ALT", "Einheiten/Liter", "U/L", Tester, CancellationToken.None);

        Assert.Equal(1, await study.ReleaseKnown());
        Assert.Equal(210, Assert.Single(study.Results.List(study.Study.StudyKey, "", "ALT", true, 0, 10)).StandardValue);
    }

    [Fact]
    public async Task RegisterUnitSynonym_StillUnknownSubject_StaysHeldForTheSubjectAlone()
    {
        await using var study = await Create();
        await study.Push(Alt("d", "210", "2021-03-05") with { ReportedUnit = "Einheiten/Liter" });

        await study.Registered.RegisterUnitSynonym("ALT", "Einheiten/Liter", "U/L", Tester, CancellationToken.None);

        Assert.Equal(0, await study.ReleaseKnown());
        Assert.Equal(HoldReasons.UnknownSubject, Assert.Single(study.Results.ListHeld(study.Study.StudyKey, 0, 10)).HoldReasons);
    }

    [Fact]
    public async Task Open_AfterRegistering_KnowsWhatWasRegistered()
    {
        await using var study = await Create();
        await study.Registered.RegisterAlias("GPT-7", "ALT", Tester, CancellationToken.None);
        await study.Registered.RegisterUnitSynonym("ALT", "Einheiten/Liter", "U/L", Tester, CancellationToken.None);

        var reopened = CatalogueStore.Open(study.Database, TestCatalogue.Default).Value;

        Assert.Equal("ALT", reopened.Find("gpt-7")!.Key);
        Assert.Equal("U/L", reopened.FindKey("ALT")!.FindUnit("Einheiten/Liter")!.Code);
        Assert.Null(reopened.FindKey("AST")!.FindUnit("Einheiten/Liter"));
    }

    [Fact]
    public async Task Open_BuiltInCatalogueHasLearntTheCodeSince_KeepsItOnce()
    {
        await using var study = await Create();
        await study.Registered.RegisterAlias("GPT-7", "ALT", Tester, CancellationToken.None);
        await study.Registered.RegisterUnitSynonym("ALT", "Einheiten/Liter", "U/L", Tester, CancellationToken.None);
        var later = TestCatalogue.Default.WithAlias("GPT-7", "ALT").WithUnitSynonym("ALT", "Einheiten/Liter", "U/L");

        var reopened = CatalogueStore.Open(study.Database, later).Value;

        Assert.Equal("ALT", reopened.Find("GPT-7")!.Key);
        Assert.Equal("U/L", reopened.FindKey("ALT")!.FindUnit("Einheiten/Liter")!.Code);
    }

    [Fact]
    public async Task Append_CheckedBeforeTheCodeWasRegistered_IsNotHeldForEver()
    {
        await using var study = await Create();
        await study.Register("01");
        var context = new CheckContext(TimeProvider.System, TimeZoneInfo.Utc, study.Catalogue.Value);
        var isChecked = ResultChecks.Check(Alt("d", "210", "2021-03-05") with { TestCode = "GPT-7" }, context);
        await study.Registered.RegisterAlias("GPT-7", "ALT", Tester, CancellationToken.None);

        var outcomes = await study.Results.Append(
            new ResultBatch(study.Study, Laboratory, "tester", context, [isChecked]), CancellationToken.None);

        Assert.Equal(Disposition.Accepted, Assert.Single(outcomes).Disposition);
    }
}

using LabServer.Core.Access;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Storage;

public sealed class DoseStoreTests
{
    [Fact]
    public async Task Import_AgainChangedAndOfUnknownSubjects_SaysWhatBecameOfEach()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        var doses = new DoseStore(study.Database, new SubjectDirectory(), TimeProvider.System);
        var first = new Dose { SubjectId = "01", DoseId = "1", Treatment = "MSC", Amount = "40", Unit = "10^6 cells", StartAt = "2021-03-01", Visit = "DAY 0" };

        var created = await doses.Import(study.Study, [first, first with { DoseId = "2", StartAt = "2021-03-04" }, first with { SubjectId = "99" }], TestStudy.Tester, CancellationToken.None);
        var again = await doses.Import(study.Study, [first, first with { DoseId = "2", StartAt = "2021-03-05" }], TestStudy.Tester, CancellationToken.None);

        Assert.Equal([DoseChange.Created, DoseChange.Created, DoseChange.SubjectUnknown], created);
        Assert.Equal([DoseChange.Unchanged, DoseChange.Updated], again);
        Assert.Equal(
            [first, first with { DoseId = "2", StartAt = "2021-03-05" }],
            doses.List(new DoseQuery { StudyKey = study.Study.StudyKey, Sight = ArmSight.Unblinded, Take = 10 }).Select(entry => entry.Dose));
    }

    [Fact]
    public async Task Import_Doses_ChangeNeitherTheFirstDoseNorAnyGrade()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        await study.Push(TestStudy.Alt("r1", "130", "2021-03-10"));
        await study.Grade();
        var doses = new DoseStore(study.Database, new SubjectDirectory(), TimeProvider.System);

        await doses.Import(study.Study, [new Dose { SubjectId = "01", DoseId = "1", Treatment = "MSC", StartAt = "2021-01-01" }], TestStudy.Tester, CancellationToken.None);

        Assert.False(study.Series.HasPending());
        Assert.Equal("2021-03-01", study.Subjects.Find(study.Study.StudyKey, ArmSight.Unblinded, "01")!.FirstDoseAt);
    }
}

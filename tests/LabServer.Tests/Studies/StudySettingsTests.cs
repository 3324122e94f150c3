using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Studies;

public sealed class StudySettingsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task ChangeStudySettings_SomeOfThem_ChangesThoseAndLeavesTheRest()
    {
        var trial = await Trial.Create(server);

        await Change(trial, new StudySettings { Fasting = YesNo.Yes, NeutralisationCutoff = 30 });
        var changed = await Change(trial, new StudySettings { SpoiledSpecimens = SpoiledSpecimens.GradedWithFlag, HivInfected = YesNo.No, PanelTolerance = 5 });
        var again = await Change(trial, new StudySettings { Fasting = YesNo.Unspecified });

        Assert.Equal(
            new StudySettings
            {
                SpoiledSpecimens = SpoiledSpecimens.GradedWithFlag,
                Fasting = YesNo.Yes,
                OnAnticoagulation = YesNo.Unspecified,
                HivInfected = YesNo.No,
                NeutralisationCutoff = 30,
                PanelTolerance = 5,
            },
            changed);
        Assert.Equal(YesNo.Unspecified, again.Fasting);
        Assert.Equal(again, (await trial.Counts()).Study.Settings);
    }

    [Fact]
    public async Task CreateStudy_WithSettings_KeepsThem()
    {
        var created = await server.Studies.CreateStudyAsync(new CreateStudyRequest
        {
            Study = new Study { StudyId = $"S-{Guid.NewGuid():N}", Settings = new StudySettings { OnAnticoagulation = YesNo.Yes } },
        });

        Assert.Equal((YesNo.Yes, SpoiledSpecimens.NotGradable, 20), (created.Study.Settings.OnAnticoagulation, created.Study.Settings.SpoiledSpecimens, created.Study.Settings.NeutralisationCutoff));
    }

    [Fact]
    public async Task ChangeStudySettings_EveryFieldBad_NamesEachAndChangesNothing()
    {
        var trial = await Trial.Create(server);
        var before = (await trial.Counts()).Study;

        var fault = await Refused.With(StatusCode.InvalidArgument, "SETTINGS_INVALID", () => Change(trial, new StudySettings
        {
            SpoiledSpecimens = (SpoiledSpecimens)9,
            Fasting = (YesNo)9,
            OnAnticoagulation = (YesNo)9,
            HivInfected = (YesNo)9,
            NeutralisationCutoff = 100.5,
            PanelTolerance = double.NaN,
        }));

        Assert.Equal(
            [
                "settings.spoiled_specimens", "settings.fasting", "settings.on_anticoagulation", "settings.hiv_infected",
                "settings.neutralisation_cutoff", "settings.panel_tolerance",
            ],
            fault.Fields());
        Assert.Equal(before, (await trial.Counts()).Study);
    }

    [Fact]
    public async Task ChangeStudySettings_StudyUnknown_IsNotFound() => await Refused.With(
        StatusCode.NotFound,
        "STUDY_NOT_FOUND",
        server.Studies.ChangeStudySettingsAsync(new ChangeStudySettingsRequest { StudyId = "NO-SUCH", Settings = new StudySettings { Fasting = YesNo.Yes } }));

    [Fact]
    public async Task Anticoagulation_OfTheStudy_GradesInrAgainstTheBaselineToo()
    {
        var trial = await Trial.Create(server, "ctcae-5.0");
        await trial.Register("01");
        await trial.Submit(Inr("b", "1.0", "2021-02-28"), Inr("d", "1.15", "2021-03-05"));
        await trial.Grade();
        Assert.Empty((await Events(trial)).Events);

        await Change(trial, new StudySettings { OnAnticoagulation = YesNo.Yes });
        Assert.Equal(1, (await trial.Counts()).Pending);
        await trial.Grade();

        Assert.Equal(["INR increased 1"], (await Events(trial)).Events.Select(found => $"{found.Term} {found.WorstGrade}"));

        // What is said of the subject goes before what is said of the study.
        await trial.Register(new Subject { SubjectId = "01", Arm = "A", Sex = Sex.Male, FirstDoseAt = "2021-03-01", OnAnticoagulation = YesNo.No });
        await trial.Grade();
        Assert.Empty((await Events(trial)).Events);
    }

    [Fact]
    public async Task SpoiledSpecimens_GradedWithFlag_GradesHemolyzedPotassium()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        var hemolyzed = Trial.Potassium("d", "7.5", "2021-03-05");
        hemolyzed.SpecimenCondition = "HEMOLYZED";
        await trial.Submit(hemolyzed);
        await trial.Grade();
        Assert.Empty((await Events(trial)).Events);

        await Change(trial, new StudySettings { SpoiledSpecimens = SpoiledSpecimens.GradedWithFlag });
        await trial.Grade();

        Assert.Equal(["Hyperkalemia 4"], (await Events(trial)).Events.Select(found => $"{found.Term} {found.WorstGrade}"));
    }

    private static LabResult Inr(string id, string value, string collectedAt) => new()
    {
        SourceResultId = id,
        SubjectId = "01",
        TestCode = "INR",
        ReportedValue = value,
        ReferenceLow = "0.8",
        ReferenceHigh = "1.2",
        CollectedAt = collectedAt,
    };

    private static async Task<StudySettings> Change(Trial trial, StudySettings settings) =>
        (await trial.Studies.ChangeStudySettingsAsync(new ChangeStudySettingsRequest { StudyId = trial.StudyId, Settings = settings })).Study.Settings;

    private static async Task<ListAdverseEventsResponse> Events(Trial trial) =>
        await trial.Events.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = trial.StudyId });
}

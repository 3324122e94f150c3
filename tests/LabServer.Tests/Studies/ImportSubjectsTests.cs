using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Studies;

public sealed class ImportSubjectsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task ImportSubjects_NewOnes_AreCreatedAsSentAndTheirArmsAreAddedBehindTheStudys()
    {
        var trial = await Trial.Create(server);
        var sent = new Subject
        {
            SubjectId = "01-701-1015",
            Arm = "C",
            PlannedArm = "A",
            Sex = Sex.Female,
            BirthDate = "1950-12",
            FirstDoseAt = "2014-01-02T08:30",
            SiteId = "701",
            Attributes = { ["severity"] = "severe", ["Race-1"] = "ASIAN" },
        };

        var import = await trial.Register(sent, new Subject { SubjectId = "01-701-1023", Arm = "B" });

        Assert.Equal([SubjectDisposition.Created, SubjectDisposition.Created], import.Dispositions);
        var subjects = (await trial.Studies.ListSubjectsAsync(new ListSubjectsRequest { StudyId = trial.StudyId })).Subjects;
        Assert.Equal(sent, subjects[0]);
        Assert.Equal(new Subject { SubjectId = "01-701-1023", Arm = "B", PlannedArm = "B" }, subjects[1]);
        Assert.Equal(["A", "B", "C"], (await trial.Counts()).Study.Arms);
    }

    [Fact]
    public async Task ImportSubjects_Again_TellsUpdatedFromUnchanged()
    {
        var trial = await Trial.Create(server);
        var (first, second) = (new Subject { SubjectId = "01", Arm = "A" }, new Subject { SubjectId = "02", Arm = "A" });
        await trial.Register(first, second);
        second.FirstDoseAt = "2021-03-01";

        var import = await trial.Register(first, second, new Subject { SubjectId = "03" });

        Assert.Equal([SubjectDisposition.Unchanged, SubjectDisposition.Updated, SubjectDisposition.Created], import.Dispositions);
        Assert.Equal((3, 1), ((await trial.Counts()).Subjects, (await trial.Counts()).SafetySubjects));
    }

    [Fact]
    public async Task ImportSubjects_SameSubjectTwiceInOneImport_TheLaterOneWins()
    {
        var trial = await Trial.Create(server);

        var import = await trial.Register(new Subject { SubjectId = "01", Arm = "A" }, new Subject { SubjectId = "01", Arm = "B" });

        Assert.Equal([SubjectDisposition.Created, SubjectDisposition.Updated], import.Dispositions);
        var subject = (await trial.Studies.ListSubjectsAsync(new ListSubjectsRequest { StudyId = trial.StudyId })).Subjects.Single();
        Assert.Equal("B", subject.Arm);
    }

    [Fact]
    public async Task ImportSubjects_FaultyOneAmongGoodOnes_CostsOnlyItselfAndAllItsFaultsComeBack()
    {
        var trial = await Trial.Create(server);
        var faulty = new Subject
        {
            Arm = new string('A', 201),
            Sex = (Sex)99,
            BirthDate = "1950-13",
            FirstDoseAt = "yesterday",
            SiteId = "7\u00001",
        };

        var import = await trial.Register(new Subject { SubjectId = "01" }, faulty, new Subject { SubjectId = "02" });

        Assert.Equal([SubjectDisposition.Created, SubjectDisposition.Rejected, SubjectDisposition.Created], import.Dispositions);
        Assert.Equal(1, import.Faults.Single().Position);
        Assert.Equal(
            [
                ("arm", "FIELD_TOO_LONG"), ("birth_date", "DATE_MALFORMED"), ("first_dose_at", "DATE_MALFORMED"), ("planned_arm", "FIELD_TOO_LONG"),
                ("sex", "SEX_UNKNOWN"), ("site_id", "TEXT_MALFORMED"), ("subject_id", "FIELD_MISSING"),
            ],
            import.Faults.Single().Faults.Select(fault => (fault.Field, fault.Code)).Order());
        Assert.Equal(2, (await trial.Counts()).Subjects);
    }

    [Fact]
    public async Task ImportSubjects_FirstDoseMovesBehindAResult_ItIsGradedAnewAsBaseline()
    {
        var trial = await Trial.Create(server, "ctcae-4.03");
        await trial.Register("01", firstDoseAt: "2021-03-01");
        await trial.Submit(Trial.Alt("r1", "130", "2021-03-05"));
        await trial.Grade();
        Assert.Single((await Events(trial)).Events);

        await trial.Register("01", firstDoseAt: "2021-03-06");
        var waiting = (await trial.Counts()).Pending;
        await trial.Grade();

        Assert.Equal(1, waiting);
        Assert.Empty((await Events(trial)).Events);
    }

    [Fact]
    public async Task ImportSubjects_AttributesAloneChange_IsUpdatedAndGradesNothingAgain()
    {
        var trial = await Trial.Create(server, "ctcae-4.03");
        var subject = new Subject { SubjectId = "01", Arm = "A", Attributes = { ["severity"] = "severe", ["ward"] = "2" } };
        await trial.Register(subject);
        await trial.Submit(Trial.Alt("r1", "130", "2021-03-05"));
        await trial.Grade();
        subject.Attributes["severity"] = "moderate";
        subject.Attributes.Remove("ward");

        var import = await trial.Register(subject);
        var again = await trial.Register(subject);

        Assert.Equal((SubjectDisposition.Updated, SubjectDisposition.Unchanged), (import.Dispositions.Single(), again.Dispositions.Single()));
        Assert.Equal(0, (await trial.Counts()).Pending);
        var stored = (await trial.Studies.ListSubjectsAsync(new ListSubjectsRequest { StudyId = trial.StudyId })).Subjects.Single();
        Assert.Equal(new Dictionary<string, string> { ["severity"] = "moderate" }, stored.Attributes);
    }

    [Fact]
    public async Task ImportSubjects_AttributesWithBlanks_AreTrimmedAndEmptyOnesAreNone()
    {
        var trial = await Trial.Create(server);
        await trial.Register(new Subject { SubjectId = "01", Attributes = { ["severity"] = " severe\t", ["ward"] = "  " } });

        var stored = (await trial.Studies.ListSubjectsAsync(new ListSubjectsRequest { StudyId = trial.StudyId })).Subjects.Single();

        Assert.Equal(new Dictionary<string, string> { ["severity"] = "severe" }, stored.Attributes);
    }

    [Theory]
    [InlineData("", "x", "attributes", "ATTRIBUTE_NAME_INVALID")]
    [InlineData("two words", "x", "attributes", "ATTRIBUTE_NAME_INVALID")]
    [InlineData("Schwere\u00e4", "x", "attributes", "ATTRIBUTE_NAME_INVALID")]
    [InlineData("site", "x", "attributes.site", "ATTRIBUTE_NAME_INVALID")]
    [InlineData("Planned_Arm", "x", "attributes.Planned_Arm", "ATTRIBUTE_NAME_INVALID")]
    [InlineData("ok", "a\u0001b", "attributes.ok", "TEXT_MALFORMED")]
    public async Task ImportSubjects_FaultyAttribute_IsNamed(string name, string value, string field, string code)
    {
        var trial = await Trial.Create(server);

        var import = await trial.Register(new Subject { SubjectId = "01", Attributes = { [name] = value } });

        var fault = Assert.Single(Assert.Single(import.Faults).Faults);
        Assert.Equal((field, code), (fault.Field, fault.Code));
    }

    [Fact]
    public async Task ImportSubjects_AttributesAtAndOverTheirLengths_AreTakenAndRefused()
    {
        var trial = await Trial.Create(server);
        var (name, value) = (new string('n', 64), new string('v', 200));

        var good = await trial.Register(new Subject { SubjectId = "01", Attributes = { [name] = value } });
        var bad = await trial.Register(new Subject { SubjectId = "02", Attributes = { [name + "n"] = value, [name] = value + "v" } });

        Assert.Equal(SubjectDisposition.Created, good.Dispositions.Single());
        Assert.Equal(["FIELD_TOO_LONG", "ATTRIBUTE_NAME_INVALID"], bad.Faults.Single().Faults.Select(fault => fault.Code));
    }

    [Fact]
    public async Task ImportSubjects_5001Subjects_AreRefusedWhole()
    {
        var trial = await Trial.Create(server);

        var fault = await Refused.With(
            StatusCode.InvalidArgument,
            "TOO_MANY_SUBJECTS",
            () => trial.Register([.. Enumerable.Range(1, 5001).Select(i => new Subject { SubjectId = FormattableString.Invariant($"{i}") })]));

        Assert.Equal(["subjects"], fault.Fields());
        Assert.Equal(0, (await trial.Counts()).Subjects);
    }

    private static async Task<ListAdverseEventsResponse> Events(Trial trial) =>
        await trial.Events.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = trial.StudyId });
}

using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Studies;

public sealed class CreateStudyTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private StudiesService.StudiesServiceClient Client => new(server.Channel);

    [Fact]
    public async Task CreateStudy_OnlyAnId_GetsTheDefaults()
    {
        var study = (await Client.CreateStudyAsync(new CreateStudyRequest { Study = new Study { StudyId = "DEFAULTS" } })).Study;

        Assert.Equal(
            new Study
            {
                StudyId = "DEFAULTS",
                TimeZone = "UTC",
                RuleSets = { "ctcae-5.0" },
                FullGradingCron = "0 0 2 * * ?",
                ReportCron = "0 0 5 * * ?",
                Settings = new StudySettings
                {
                    SpoiledSpecimens = SpoiledSpecimens.NotGradable,
                    Fasting = YesNo.Unspecified,
                    OnAnticoagulation = YesNo.Unspecified,
                    HivInfected = YesNo.Unspecified,
                    NeutralisationCutoff = 20,
                    PanelTolerance = 2,
                },
                RuleSetVersions = { Version("ctcae-5.0") },
            },
            study);
    }

    [Fact]
    public async Task CreateStudy_EveryField_IsKeptInTheOrderGiven()
    {
        var sent = new Study
        {
            StudyId = "NCT04288102.a_b-c",
            Title = "Umbilical-cord MSC in severe COVID-19",
            TimeZone = "Asia/Shanghai",
            RuleSets = { "nct04288102", "ctcae-4.03" },
            Arms = { "Placebo", "MSC" },
            FullGradingCron = "0 30 3 * * ?",
            ReportCron = "0 45 6 * * ?",
            Settings = new StudySettings
            {
                SpoiledSpecimens = SpoiledSpecimens.GradedWithFlag,
                Fasting = YesNo.Yes,
                OnAnticoagulation = YesNo.No,
                HivInfected = YesNo.Yes,
                NeutralisationCutoff = 30,
                PanelTolerance = 0.5,
            },
        };

        var answered = (await Client.CreateStudyAsync(new CreateStudyRequest { Study = sent })).Study;
        var stored = (await Client.GetStudyAsync(new GetStudyRequest { StudyId = sent.StudyId })).Study;

        sent.RuleSetVersions.Add([Version("nct04288102"), Version("ctcae-4.03")]);
        Assert.Equal(sent, answered);
        Assert.Equal(sent, stored);
    }

    [Fact]
    public async Task CreateStudy_ManyFaults_AllFieldsAreNamedAtOnce()
    {
        var study = new Study
        {
            StudyId = "no good id",
            Title = new string('T', 201),
            TimeZone = "Mars/Olympus",
            RuleSets = { "ctcae-9.9", "ctcae-5.0", "no-such" },
            Arms = { "A", " B" },
            FullGradingCron = "every night",
            Settings = new StudySettings { NeutralisationCutoff = 101, PanelTolerance = -1 },
        };

        var fault = await Refused.With(StatusCode.InvalidArgument, "STUDY_INVALID", Client.CreateStudyAsync(new CreateStudyRequest { Study = study }));

        Assert.Equal(
            ["study.arms", "study.full_grading_cron", "study.rule_sets", "study.rule_sets", "study.settings.neutralisation_cutoff", "study.settings.panel_tolerance", "study.study_id", "study.time_zone", "study.title"],
            fault.Fields().Order());
        Assert.Contains(fault.Violations, violation => violation.Description.Contains("'ctcae-9.9'", StringComparison.Ordinal));
        Assert.Contains(fault.Violations, violation => violation.Description.Contains("'no-such'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "missing")]
    [InlineData("with blank", "a blank")]
    [InlineData("slash/ed", "a slash")]
    [InlineData("Ünïcode", "letters beyond ASCII")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", "65 characters")]
    public async Task CreateStudy_BadId_IsInvalidArgument(string id, string what)
    {
        var fault = await Refused.With(
            StatusCode.InvalidArgument, "STUDY_INVALID", Client.CreateStudyAsync(new CreateStudyRequest { Study = new Study { StudyId = id } }));

        Assert.True(fault.Fields().SequenceEqual(["study.study_id"]), what);
    }

    [Theory]
    [InlineData("time_zone", "Europe/Atlantis")]
    [InlineData("rule_sets", "ctcae-5")]
    [InlineData("arms", "A\tB")]
    [InlineData("full_grading_cron", "0 0 25 * * ?")]
    [InlineData("full_grading_cron", "0 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44 2 * * ?")]
    public async Task CreateStudy_OneBadField_IsInvalidArgumentAndNothingIsStored(string field, string text)
    {
        var study = new Study { StudyId = "BAD-" + field };
        switch (field)
        {
            case "time_zone": study.TimeZone = text; break;
            case "rule_sets": study.RuleSets.Add(text); break;
            case "full_grading_cron": study.FullGradingCron = text; break;
            default: study.Arms.Add(text); break;
        }

        var fault = await Refused.With(StatusCode.InvalidArgument, "STUDY_INVALID", Client.CreateStudyAsync(new CreateStudyRequest { Study = study }));

        Assert.Equal(["study." + field], fault.Fields());
        await Refused.With(StatusCode.NotFound, "STUDY_NOT_FOUND", Client.GetStudyAsync(new GetStudyRequest { StudyId = study.StudyId }));
    }

    [Fact]
    public async Task CreateStudy_NoStudyInTheRequest_IsInvalidArgument() =>
        await Refused.With(StatusCode.InvalidArgument, "STUDY_INVALID", Client.CreateStudyAsync(new CreateStudyRequest()));

    [Fact]
    public async Task CreateStudy_IdTaken_IsAlreadyExistsAndTheFirstStaysAsItWas()
    {
        await Client.CreateStudyAsync(new CreateStudyRequest { Study = new Study { StudyId = "TAKEN", Title = "first" } });

        var fault = await Refused.With(
            StatusCode.AlreadyExists,
            "STUDY_ALREADY_EXISTS",
            Client.CreateStudyAsync(new CreateStudyRequest { Study = new Study { StudyId = "TAKEN", Title = "second" } }));

        Assert.Equal(("study", "TAKEN"), (fault.ResourceType, fault.ResourceName));
        Assert.Equal("first", (await Client.GetStudyAsync(new GetStudyRequest { StudyId = "TAKEN" })).Study.Title);
    }

    [Fact]
    public async Task CreateStudy_TenCallersAtOnce_OneWins()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            try
            {
                await Client.CreateStudyAsync(new CreateStudyRequest { Study = new Study { StudyId = "RACE", Title = FormattableString.Invariant($"{i}") } });
                return StatusCode.OK;
            }
            catch (RpcException refused)
            {
                return refused.StatusCode;
            }
        }));

        Assert.Equal([StatusCode.OK, .. Enumerable.Repeat(StatusCode.AlreadyExists, 9)], answers.Order());
    }

    private static StudyRuleSet Version(string reference) => Core.Grading.RuleSets.Find(reference) is { } set
        ? new StudyRuleSet { RuleSetId = set.Name, Version = set.Version, Sha256 = set.Hash }
        : throw new ArgumentException(reference);
}

using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Sharing;

/// <summary>Two server processes on one database: whichever is asked, the answer is the same.</summary>
public sealed class SeveralServersTests : IAsyncLifetime
{
    private SharedFile _shared = null!;
    private ServerProcess _first = null!;
    private ServerProcess _second = null!;

    [Fact]
    public void Servers_StartedTogether_MakeTheSchemaOnce()
    {
        Assert.Equal(_shared.Count("SELECT COUNT(*) FROM schema_journal"), _shared.Count("SELECT MAX(number) FROM schema_journal"));
        Assert.Equal(2, _shared.Count("SELECT COUNT(*) FROM server"));
    }

    [Fact]
    public async Task Servers_ToldSomethingOne_BothKnowIt()
    {
        using var first = _first.OpenChannel();
        using var second = _second.OpenChannel();
        await SmallTrial.Push(first, "TOLD", subjects: 1, days: 4);

        // A key, from its making to its end.
        var access = new AccessService.AccessServiceClient(first);
        var made = await access.CreateKeyAsync(new CreateKeyRequest { Name = "officer", Role = Role.SafetyOfficer });
        using var officer = Channel(_second, made.Text);
        await Eventually.True(() => MayRead(officer, "TOLD"), "the second server takes a key that the first has made");
        await access.RevokeKeyAsync(new RevokeKeyRequest { Name = "officer" });
        await Eventually.True(async () => !await MayRead(officer, "TOLD"), "the second server refuses a key that the first has revoked");

        // A code, which no result waits for that is sent to the other one from then on.
        await new CatalogueService.CatalogueServiceClient(second).RegisterTestAliasAsync(new RegisterTestAliasRequest { Alias = "GPT-OF-SITE", TestKey = "ALT" });
        var sent = await new IngestionService.IngestionServiceClient(first).SubmitResultsAsync(Results("TOLD", "GPT-OF-SITE"));
        Assert.Equal([Disposition.Accepted], sent.Outcome.Dispositions);

        // A rule set, under which the other one grades.
        await new GradingService.GradingServiceClient(first).PublishRuleSetAsync(
            new PublishRuleSetRequest { Content = ByteString.CopyFromUtf8(OwnRuleSet.Json("own", above: 55)) });
        await new StudiesService.StudiesServiceClient(first).AddRuleSetsAsync(new AddRuleSetsRequest { StudyId = "TOLD", RuleSets = { "own" } });
        Assert.Equal(JobRunState.Succeeded, (await SharedFile.Grade(second, "TOLD")).State);
        var events = await new AdverseEventsService.AdverseEventsServiceClient(second).ListAdverseEventsAsync(
            new ListAdverseEventsRequest { StudyId = "TOLD", RuleSetId = "own" });
        Assert.Single(events.Events);
    }

    [Fact]
    public async Task Watch_OnOneServer_TellsWhatTheOtherHasGraded()
    {
        using var first = _first.OpenChannel();
        using var second = _second.OpenChannel();
        await SmallTrial.Push(first, "WATCHED", subjects: 2, days: 1);
        using var watch = new AdverseEventsService.AdverseEventsServiceClient(second).WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = "WATCHED" });
        await watch.ResponseHeadersAsync;

        await SmallTrial.PushDays(first, "WATCHED", ["0001", "0002"], firstDay: 5, days: 1);
        await SharedFile.Grade(first, "WATCHED");

        using var bound = new CancellationTokenSource(Eventually.Bound);
        var told = new List<string>();
        while (told.Count < 2 && await watch.ResponseStream.MoveNext(bound.Token))
        {
            told.Add(watch.ResponseStream.Current.Change.Event.SubjectId);
        }

        Assert.Equal(["0001", "0002"], told.Order(StringComparer.Ordinal));

        // Its cursor is as good at the other one.
        var cursor = watch.ResponseStream.Current.Cursor;
        await SmallTrial.PushDays(second, "WATCHED", ["0001"], firstDay: 20, days: 1);
        await SharedFile.Grade(second, "WATCHED");
        using var resumed = new AdverseEventsService.AdverseEventsServiceClient(first).WatchAdverseEvents(
            new WatchAdverseEventsRequest { StudyId = "WATCHED", Cursor = cursor });
        Assert.True(await resumed.ResponseStream.MoveNext(bound.Token));
        Assert.Equal(("0001", EventChangeKind.Changed), (resumed.ResponseStream.Current.Change.Event.SubjectId, resumed.ResponseStream.Current.Change.Kind));
    }

    [Fact]
    public async Task Server_KilledAsItGrades_IsTakenOverBySomeoneWithinSeconds()
    {
        const int Subjects = 400;
        const int Days = 30;
        using var first = _first.OpenChannel();
        using var second = _second.OpenChannel();
        await SmallTrial.Push(first, "KILLED", Subjects, Days);
        await Eventually.True(() => _shared.Count("SELECT COUNT(*) FROM grading_share WHERE server_id <> ''") > 0, "somebody grades");
        // Its name ends with its data folder.
        var owner = _shared.Count("SELECT COUNT(*) FROM grading_share g JOIN server s ON s.server_id = g.server_id WHERE s.name LIKE '%/1'") > 0
            ? _first
            : _second;

        await owner.Kill();

        using var other = (owner == _first ? _second : _first).OpenChannel();
        await Eventually.True(
            () => _shared.Count("SELECT (SELECT COUNT(*) FROM pending_series) + (SELECT MAX(result_key) FROM result) - (SELECT taken_up_to FROM grading_state)") == 0,
            "the other has graded everything",
            TimeSpan.FromMinutes(1));
        Assert.Equal(Subjects * Days, _shared.Count("SELECT COUNT(*) FROM grade"));
        Assert.Equal(0, (await Full(other, "KILLED")).Differences);
        await Eventually.True(
            () => _shared.Count("SELECT COUNT(*) FROM server") == 1 && _shared.Count("SELECT COUNT(*) FROM job_run WHERE ended_us IS NULL") == 0,
            "the dead one is forgotten, and its run interrupted");
    }

    [Fact]
    public async Task Servers_DatabaseHasLostWhatTheyKnow_StopSoThatTheyAreStartedAnew()
    {
        using var first = _first.OpenChannel();
        await SmallTrial.Push(first, "LOST", subjects: 1, days: 1);

        // As a failover does to a copy that was behind.
        _shared.Execute("DROP TRIGGER audit_entry_no_delete; DELETE FROM audit_entry WHERE entry_number > 1");

        Assert.Equal(1, await _first.End());
        Assert.Equal(1, await _second.End());
        Assert.Contains("The database has lost commits", _first.Output, StringComparison.Ordinal);
        Assert.Contains("The database has lost commits", _second.Output, StringComparison.Ordinal);
    }

    public async Task InitializeAsync()
    {
        _shared = SharedFile.Make();
        var started = await Task.WhenAll(_shared.Start(), _shared.Start());
        Array.Sort(started, (a, b) => string.CompareOrdinal(a.DataFolder, b.DataFolder));
        (_first, _second) = (started[0], started[1]);
    }

    public async Task DisposeAsync() => await _shared.DisposeAsync();

    private static async Task<JobRun> Full(GrpcChannel channel, string studyId)
    {
        var jobs = new JobsService.JobsServiceClient(channel);
        var run = (await jobs.RunJobAsync(new RunJobRequest { Job = "grading-full", StudyId = studyId })).Run;
        return await Eventually.NotNull(
            async () => (await jobs.GetJobRunAsync(new GetJobRunRequest { RunId = run.RunId })).Run is { EndedAt: not null } ended ? ended : null, "the full run ends");
    }

    private static GrpcChannel Channel(ServerProcess server, string key) => GrpcChannel.ForAddress(server.GrpcAddress, new GrpcChannelOptions
    {
        HttpHandler = new KeySender(key, new SocketsHttpHandler()),
        DisposeHttpClient = true,
    });

    private static async Task<bool> MayRead(GrpcChannel channel, string studyId)
    {
        try
        {
            await new StudiesService.StudiesServiceClient(channel).GetStudyAsync(new GetStudyRequest { StudyId = studyId });
            return true;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.Unauthenticated)
        {
            return false;
        }
    }

    private static SubmitResultsRequest Results(string studyId, string testCode) => new()
    {
        StudyId = studyId,
        Laboratory = "SITE",
        Results =
        {
            new LabResult
            {
                SourceResultId = "1", SubjectId = "0001", TestCode = testCode, ReportedValue = "41", ReportedUnit = "U/L", ReferenceLow = "5", ReferenceHigh = "40",
                CollectedAt = "2021-02-01",
            },
        },
    };
}

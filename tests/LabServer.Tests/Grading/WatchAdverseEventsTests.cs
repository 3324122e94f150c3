using Grpc.Core;
using LabServer.Api;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Grading;

/// <summary>ALT over 40 is grade 1, over 120 grade 2, over 200 grade 3: each subject's ALT makes one event.</summary>
public sealed class WatchAdverseEventsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly EventWatcherOptions Quick = new()
    {
        FirstPause = TimeSpan.FromMilliseconds(5),
        LongestPause = TimeSpan.FromMilliseconds(50),
        GiveUpAfter = TimeSpan.FromSeconds(60),
    };

    [Fact]
    public async Task Watch_FromTheBeginning_GivesWhatIsOnFileAndThenWhatComes()
    {
        var trial = await Registered(3);
        await Event(trial, "01", "50");
        using var call = trial.Events.WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = trial.StudyId });

        var first = await Next(call);
        await Event(trial, "02", "250");
        var second = await Next(call);

        Assert.Equal([("01", 1), ("02", 3)], new[] { first, second }.Select(message => (message.Change.Event.SubjectId, message.Change.Event.WorstGrade)));
        Assert.All([first, second], message => Assert.Equal((EventChangeKind.Added, "GRADING", ""), (message.Change.Kind, message.Change.Cause, message.Change.MadeBy)));
        Assert.Equal("2021-03-02", Assert.Single(second.Change.Event.History).CollectedAt);
    }

    [Fact]
    public async Task Watch_FromNow_TellsTheCursorAndThenOnlyWhatComes()
    {
        var trial = await Registered(2);
        await Event(trial, "01", "50");
        using var call = trial.Events.WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = trial.StudyId, FromNow = true });

        var start = await Next(call);
        await Event(trial, "02", "50");

        Assert.Null(start.Change);
        Assert.NotEmpty(start.Cursor);
        Assert.Equal("02", (await Next(call)).Change.Event.SubjectId);
    }

    [Fact]
    public async Task Watch_ResumedAtEachCursor_MissesNothingAndGetsNothingTwice()
    {
        var trial = await Registered(6);
        var seen = new List<string>();
        var cursor = "";
        for (var i = 1; i <= 6; i++)
        {
            // Committed while nobody watches.
            await Event(trial, FormattableString.Invariant($"{i:00}"), "50");
            using var call = trial.Events.WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = trial.StudyId, Cursor = cursor });
            var message = await Next(call);
            seen.Add(message.Change.Event.SubjectId);
            cursor = message.Cursor;
        }

        Assert.Equal(["01", "02", "03", "04", "05", "06"], seen);
    }

    [Fact]
    public async Task Watch_TwoWatchersWhileStudiesAreGraded_BothGetEverythingInTheSameOrder()
    {
        var trial = await Registered(20);
        var other = await Registered(20);
        var watching = new[] { Collect(trial, 20), Collect(trial, 20) };

        await Task.WhenAll(Grade(trial), Grade(other));
        var seen = await Task.WhenAll(watching);

        Assert.Equal(20, seen[0].Select(message => message.Change.Event.EventId).Distinct().Count());
        Assert.Equal(seen[0].Select(message => message.Cursor), seen[1].Select(message => message.Cursor));
        Assert.Equal(seen[0].Select(message => message.Change), seen[1].Select(message => message.Change));

        static async Task Grade(Trial graded)
        {
            for (var i = 1; i <= 20; i++)
            {
                await Event(graded, FormattableString.Invariant($"{i:00}"), "50");
            }
        }
    }

    [Fact]
    public async Task Watch_FromAGradeOnOrOfARuleSet_GivesNoOther()
    {
        var trial = await Registered(2);
        await Event(trial, "01", "50");
        await Event(trial, "02", "250");
        using var bad = trial.Events.WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = trial.StudyId, MinimumGrade = 3 });

        Assert.Equal("02", (await Next(bad)).Change.Event.SubjectId);
        await Refused.With(
            StatusCode.FailedPrecondition,
            "RULE_SET_NOT_OF_STUDY",
            () => Next(trial.Events.WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = trial.StudyId, RuleSetId = "ctcae-4.03" })));
    }

    [Fact]
    public async Task Watch_WrongRequest_SaysWhatIsWrong()
    {
        var trial = await Registered(1);

        async Task<RpcFault> Fails(StatusCode code, string reason, WatchAdverseEventsRequest request) =>
            await Refused.With(code, reason, () => Next(trial.Events.WatchAdverseEvents(request)));

        await Fails(StatusCode.InvalidArgument, "STUDY_MISSING", new WatchAdverseEventsRequest());
        await Fails(StatusCode.NotFound, "STUDY_NOT_FOUND", new WatchAdverseEventsRequest { StudyId = "NO-SUCH" });
        foreach (var grade in new[] { -1, 6 })
        {
            var fault = await Fails(
                StatusCode.InvalidArgument, "MINIMUM_GRADE_INVALID", new WatchAdverseEventsRequest { StudyId = trial.StudyId, MinimumGrade = grade });
            Assert.Equal(["minimum_grade"], fault.Fields());
        }

        foreach (var cursor in new[] { "no cursor", "WyJhIl0", "WyIxIiwiMiJd", PageTokens.Write("1", trial.StudyId, "", "x") })
        {
            var fault = await Fails(StatusCode.InvalidArgument, "CURSOR_MALFORMED", new WatchAdverseEventsRequest { StudyId = trial.StudyId, Cursor = cursor });
            Assert.Equal(["cursor"], fault.Fields());
        }

        await Fails(StatusCode.InvalidArgument, "CURSOR_UNKNOWN", new WatchAdverseEventsRequest { StudyId = trial.StudyId, Cursor = PageTokens.Write(1_000_000) });
        await Fails(
            StatusCode.InvalidArgument,
            "CURSOR_AND_FROM_NOW",
            new WatchAdverseEventsRequest { StudyId = trial.StudyId, Cursor = PageTokens.Write(0), FromNow = true });
    }

    [Fact]
    public async Task Watch_CursorOfAnotherWatch_IsRefusedButOneOfAnOlderServerTaken()
    {
        var trial = await Registered(1);
        var other = await Registered(1);
        await Event(trial, "01", "250");
        await Event(other, "01", "250");
        var cursor = (await Next(trial.Events.WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = trial.StudyId, MinimumGrade = 3 }))).Cursor;

        foreach (var request in new[]
        {
            new WatchAdverseEventsRequest { StudyId = other.StudyId, MinimumGrade = 3 },
            new WatchAdverseEventsRequest { StudyId = trial.StudyId, MinimumGrade = 2 },
            new WatchAdverseEventsRequest { StudyId = trial.StudyId, MinimumGrade = 3, RuleSetId = "ctcae-5.0" },
        })
        {
            request.Cursor = cursor;
            var fault = await Refused.With(StatusCode.InvalidArgument, "CURSOR_OF_ANOTHER_WATCH", () => Next(trial.Events.WatchAdverseEvents(request)));
            Assert.Equal(["cursor"], fault.Fields());
        }

        var old = await Next(trial.Events.WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = other.StudyId, Cursor = PageTokens.Write(0) }));
        Assert.Equal("01", old.Change.Event.SubjectId);
        Assert.NotEqual(cursor, old.Cursor);
    }

    [Fact]
    public async Task Watch_ResumedAfterANewerVersionCame_StaysWithTheOneItBeganWith()
    {
        var id = $"own-{Guid.NewGuid():N}";
        var first = (await Publish(OwnRuleSet.Json(id))).RuleSet;
        var trial = await Trial.Create(server, id);
        await trial.Register("01");
        await trial.Register("02");
        await Event(trial, "01", "300");
        var cursor = (await Next(trial.Events.WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = trial.StudyId, RuleSetId = id }))).Cursor;
        await Publish(OwnRuleSet.Json(
            id, version: 2, above: 50, $$""" "extends": { "ruleSet": "{{id}}", "version": 1, "sha256": "{{first.Sha256}}" }, """));
        await trial.Studies.AddRuleSetsAsync(new AddRuleSetsRequest { StudyId = trial.StudyId, RuleSets = { $"{id}@2" } });
        await Event(trial, "02", "300");

        async Task<AdverseEvent> Resumed(string ruleSet, string from) => (await Next(trial.Events.WatchAdverseEvents(
            new WatchAdverseEventsRequest { StudyId = trial.StudyId, RuleSetId = ruleSet, Cursor = from }))).Change.Event;

        var next = await Resumed(id, cursor);
        Assert.Equal(("02", 1), (next.SubjectId, next.RuleSetVersion));
        Assert.Equal(next, await Resumed($"{id}@1", cursor));
        Assert.Equal(2, (await Resumed(id, "")).RuleSetVersion);
        await Refused.With(StatusCode.InvalidArgument, "CURSOR_OF_ANOTHER_WATCH", () => Resumed($"{id}@2", cursor));

        async Task<PublishRuleSetResponse> Publish(string json) => await server.Grading.PublishRuleSetAsync(
            new PublishRuleSetRequest { Content = Google.Protobuf.ByteString.CopyFromUtf8(json), Reason = "test" });
    }

    [Fact]
    public async Task Watch_ServerStops_EndsAsStopping()
    {
        await using var stopped = await ServerFixture.Start();
        var trial = await Trial.Create(stopped);
        using var channel = stopped.OpenChannel();
        using var call = new AdverseEventsService.AdverseEventsServiceClient(channel).WatchAdverseEvents(
            new WatchAdverseEventsRequest { StudyId = trial.StudyId, FromNow = true });
        await Next(call);

        var stopping = stopped.StopServer();

        await Refused.With(StatusCode.Unavailable, "SERVER_STOPPING", () => Next(call));
        await stopping;
    }

    [Fact]
    public async Task EventWatcher_ConnectionsBreak_GivesEveryChangeOnceInOrder()
    {
        var flaky = new FlakyEventsService(changes: 60, breakEvery: 7);
        await using var loopback = await LoopbackServer.Start(flaky);
        var watcher = new EventWatcher(new AdverseEventsService.AdverseEventsServiceClient(loopback.Channel), Quick);
        var seen = new List<string>();

        await foreach (var message in watcher.Watch(new WatchAdverseEventsRequest { StudyId = "S" }))
        {
            seen.Add(message.Cursor);
            if (seen.Count == 60)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(1, 60).Select(number => FormattableString.Invariant($"{number}")), seen);
        Assert.True(flaky.Connections > 5, $"Only {flaky.Connections} connections: the test shows nothing.");
    }

    [Fact]
    public async Task EventWatcher_ServerRefuses_ThrowsAndDoesNotTryAgain()
    {
        var trial = await Registered(1);
        var watcher = new EventWatcher(trial.Events, Quick);

        await Refused.With(StatusCode.NotFound, "STUDY_NOT_FOUND", async () =>
        {
            await foreach (var _ in watcher.Watch(new WatchAdverseEventsRequest { StudyId = "NO-SUCH" }))
            {
            }
        });
    }

    private async Task<Trial> Registered(int subjects)
    {
        var trial = await Trial.Create(server);
        await trial.Register([.. Enumerable.Range(1, subjects).Select(i => new Subject { SubjectId = FormattableString.Invariant($"{i:00}"), Arm = "A", FirstDoseAt = "2021-03-01" })]);
        return trial;
    }

    private static async Task Event(Trial trial, string subject, string alt)
    {
        await trial.Submit(Trial.Alt($"{subject}-alt", alt, "2021-03-02", subject));
        await trial.Grade();
    }

    private static async Task<WatchAdverseEventsResponse> Next(AsyncServerStreamingCall<WatchAdverseEventsResponse> call)
    {
        using var bound = new CancellationTokenSource(Eventually.Bound);
        Assert.True(await call.ResponseStream.MoveNext(bound.Token));
        return call.ResponseStream.Current;
    }

    private static async Task<List<WatchAdverseEventsResponse>> Collect(Trial trial, int count)
    {
        using var call = trial.Events.WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = trial.StudyId });
        var seen = new List<WatchAdverseEventsResponse>();
        while (seen.Count < count)
        {
            seen.Add(await Next(call));
        }

        return seen;
    }

    /// <summary>Has changes 1 to N, whose cursor is their number, and breaks off after every few.</summary>
    private sealed class FlakyEventsService(int changes, int breakEvery) : AdverseEventsService.AdverseEventsServiceBase
    {
        private int _connections;

        public int Connections => _connections;

        public override async Task WatchAdverseEvents(
            WatchAdverseEventsRequest request, IServerStreamWriter<WatchAdverseEventsResponse> responseStream, ServerCallContext context)
        {
            var connection = Interlocked.Increment(ref _connections);
            await context.WriteResponseHeadersAsync([]);
            var first = request.Cursor.Length == 0 ? 1 : int.Parse(request.Cursor, System.Globalization.CultureInfo.InvariantCulture) + 1;
            for (var number = first; number <= Math.Min(changes, first + breakEvery - 1); number++)
            {
                await responseStream.WriteAsync(
                    new WatchAdverseEventsResponse { Cursor = FormattableString.Invariant($"{number}"), Change = new AdverseEventChange() });
            }

            if (connection % 2 == 0)
            {
                context.GetHttpContext().Abort();
            }

            throw new RpcException(new Status(StatusCode.Unavailable, "shutting down"));
        }
    }
}

using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Core.Storage;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LabServer.Tests.Grading;

/// <summary>ALT over 40 is grade 1, over 200 grade 3: each subject's ALT makes one event.</summary>
public sealed class FilteredWatchTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Read_ChangesUnderTheGrade_AreReadOnce()
    {
        var trial = await Registered();
        await Event(trial, "01", "50");
        await Event(trial, "02", "50");

        Assert.Empty(Read(trial, after: 0, take: 10, out var through));
        Assert.Equal(server.Services.GetRequiredService<EventLog>().Last(), through);

        await Event(trial, "03", "250");
        await Event(trial, "04", "250");
        var first = Assert.Single(Read(trial, through, take: 1, out var between));
        var second = Assert.Single(Read(trial, between, take: 10, out through));

        Assert.Equal((first.ChangeKey, "03", "04"), (between, first.Event.SubjectId, second.Event.SubjectId));
        Assert.Empty(Read(trial, through, take: 10, out _));
    }

    [Fact]
    public async Task Watch_FromAGradeOn_GivesWhatComesBehindManyThatItDoesNotShow()
    {
        var trial = await Registered();
        using var call = trial.Events.WatchAdverseEvents(
            new WatchAdverseEventsRequest { StudyId = trial.StudyId, MinimumGrade = 3, FromNow = true });
        await Next(call);

        await Event(trial, "01", "50");
        await Event(trial, "02", "250");
        await Event(trial, "03", "50");
        await Event(trial, "04", "250");

        Assert.Equal("02", (await Next(call)).Change.Event.SubjectId);
        Assert.Equal("04", (await Next(call)).Change.Event.SubjectId);
    }

    private IReadOnlyList<EventChange> Read(Trial trial, long after, int take, out long through) =>
        server.Services.GetRequiredService<EventLog>().Read(
            new EventChangeQuery
            {
                StudyKey = server.Services.GetRequiredService<StudyStore>().Find(trial.StudyId)!.StudyKey,
                MinimumGrade = 3,
                After = after,
                Take = take,
            },
            out through);

    private async Task<Trial> Registered()
    {
        var trial = await Trial.Create(server);
        await trial.Register([.. Enumerable.Range(1, 4).Select(i => new Subject { SubjectId = FormattableString.Invariant($"{i:00}"), Arm = "A", FirstDoseAt = "2021-03-01" })]);
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
}

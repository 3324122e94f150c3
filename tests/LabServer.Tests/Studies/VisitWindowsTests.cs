using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Studies;

public sealed class VisitWindowsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly VisitWindow Baseline = new() { Visit = "BASELINE", VisitNumber = "0", FirstDay = -14, LastDay = 1, TargetDay = 1 };
    private static readonly VisitWindow Week1 = new() { Visit = "WEEK 1", FirstDay = 2, LastDay = 10 };

    [Fact]
    public async Task SetVisitWindows_Good_AreShownInOrderAndReplaced()
    {
        var trial = await Trial.Create(server);

        var set = await Set(trial, Baseline, Week1);
        var shown = await trial.Counts();
        var replaced = await Set(trial, Week1);

        Assert.Equal([Baseline, Week1], set.Windows);
        Assert.Equal([Baseline, Week1], shown.VisitWindows);
        Assert.Equal([Week1], replaced.Windows);
        Assert.Empty((await Set(trial)).Windows);
    }

    [Fact]
    public async Task SetVisitWindows_Faulty_NamesEveryFaultAndChangesNothing()
    {
        var trial = await Trial.Create(server);
        await Set(trial, Baseline);

        var fault = await Refused.With(StatusCode.InvalidArgument, "VISIT_WINDOWS_INVALID", () => Set(
            trial,
            new VisitWindow { Visit = "", VisitNumber = "x", FirstDay = 0, LastDay = 5 },
            new VisitWindow { Visit = "WEEK 2", FirstDay = 15, LastDay = 11 },
            new VisitWindow { Visit = "week 2", FirstDay = 3, LastDay = 20, TargetDay = 30 }));

        Assert.Equal(
            [
                "windows[0].visit", "windows[0].visit_number", "windows[0].first_day", "windows[1].last_day", "windows[2].target_day",
                "windows[2].first_day", "windows[2].visit", "windows[2].first_day",
            ],
            fault.Fields());
        Assert.Equal([Baseline], (await trial.Counts()).VisitWindows);
    }

    [Fact]
    public async Task SetVisitWindows_StudyUnknown_IsNotFound() => await Refused.With(
        StatusCode.NotFound, "STUDY_NOT_FOUND", server.Studies.SetVisitWindowsAsync(new SetVisitWindowsRequest { StudyId = "NO-SUCH" }));

    private static async Task<SetVisitWindowsResponse> Set(Trial trial, params VisitWindow[] windows) =>
        await trial.Studies.SetVisitWindowsAsync(new SetVisitWindowsRequest { StudyId = trial.StudyId, Windows = { windows } });
}

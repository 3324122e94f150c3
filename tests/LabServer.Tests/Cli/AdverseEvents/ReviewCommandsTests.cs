using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.AdverseEvents;

public sealed class ReviewCommandsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Review_Event_IsShownWithItsReviewAndHistory()
    {
        await _subjects.BringGraded("REV-1");
        var eventId = await Event("REV-1", "002");

        var reviewed = await _subjects.Words(
            "adverse-events", "review", eventId, "--study", "REV-1", "--relatedness", "probable", "--serious", "no", "--outcome", "RECOVERED/RESOLVED",
            "--comment", "seen at the site");

        Assert.Equal((0, ""), (reviewed.ExitCode, reviewed.Error));
        Assert.Equal(
            ("reviewed", "probable", "no", "RECOVERED/RESOLVED", "seen at the site", "admin"),
            (reviewed.Record["review state"], reviewed.Record["relatedness"], reviewed.Record["serious"], reviewed.Record["outcome"],
                reviewed.Record["comment"], reviewed.Record["reviewer"]));
        var shown = (await _subjects.Done($"adverse-events show {eventId} --study REV-1 --format json")).Json;
        Assert.Equal((eventId, "3", "reviewed"), ($"{shown["eventId"]}", $"{shown["worstGrade"]}", $"{shown["reviewState"]}"));
        Assert.Equal(["ADDED", "REVIEWED"], shown["changes"]!.AsArray().Select(change => $"{change!["kind"]}"));
        Assert.Equal(["probable"], shown["reviews"]!.AsArray().Select(review => $"{review!["relatedness"]}"));
        var table = (await _subjects.Done($"adverse-events show {eventId} --study REV-1")).Output;
        Assert.Contains("Reviews:", table, StringComparison.Ordinal);
        Assert.Contains("What happened:", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_EventChangedSinceItWasLookedAt_Fails()
    {
        await _subjects.BringGraded("REV-2");
        var eventId = await Event("REV-2", "002");

        await _subjects.Fails(
            $"adverse-events review {eventId} --study REV-2 --relatedness probable --outcome fatal --fingerprint other", "EVENT_CHANGED", eventId);
        await _subjects.Fails("adverse-events review AE-none --study REV-2 --relatedness probable --outcome fatal", "EVENT_NOT_FOUND", "AE-none");
        await _subjects.Fails("adverse-events show AE-none --study REV-2", "EVENT_NOT_FOUND", "AE-none");
    }

    [Fact]
    public async Task List_ByReviewStateAndRemoved_GivesNoOther()
    {
        await _subjects.BringGraded("REV-3");
        await _subjects.Done($"adverse-events review {await Event("REV-3", "003")} --study REV-3 --relatedness unlikely --outcome unknown");

        Assert.Equal(["003"], (await _subjects.Done("adverse-events list --study REV-3 --review-state reviewed --format json")).Each("subjectId"));
        await _subjects.Push("REV-3", FourSubjects.Header.TrimEnd('\n') + ",version\nC2,003,ALT,30,U/L,7,40,2020-03-10,DAY 10,2\n");
        await _subjects.Done("grading run --study REV-3");
        Assert.Empty((await _subjects.Done("adverse-events list --study REV-3 --subject 003 --format json")).Json.AsArray());
        var gone = (await _subjects.Done("adverse-events list --study REV-3 --include-removed --review-state reopened --format json")).Json.AsArray();
        Assert.Equal(("003", "true"), ($"{gone.Single()!["subjectId"]}", $"{gone.Single()!["removed"]}"));
    }

    private async Task<string> Event(string study, string subject) =>
        (await _subjects.Done($"adverse-events list --study {study} --subject {subject} --format json")).Each("eventId")[0]!;
}

using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Alerts;

public sealed class AlertsCommandsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task List_ThenAcknowledge_MovesTheAlert()
    {
        await _subjects.BringGraded("AL-1");
        await _subjects.Push("AL-1", FourSubjects.Header + "D3,004,K,7.1,mmol/L,3.5,5,2020-03-10,DAY 10\n");
        await _subjects.Done("grading run --study AL-1");

        var alerts = (await _subjects.Done("alerts list --study AL-1 --state open --format json")).Json.AsArray();
        Assert.Equal(
            ["002 Alanine aminotransferase increased 3 ", "004 Hyperkalemia 4 ", "004 K  high"],
            alerts.Select(alert => $"{alert!["subjectId"]} {alert["what"]} {alert["grade"]} {alert["criticalSide"]}").Order(StringComparer.Ordinal));
        var id = alerts.Single(alert => $"{alert!["what"]}" == "K")!["alertId"]!.ToString();

        var acknowledged = (await _subjects.Words("alerts", "acknowledge", id, "--study", "AL-1", "--comment", "told the site")).Record;

        Assert.Equal(("acknowledged", "admin", "told the site", "7.1 mmol/L"),
            (acknowledged["state"], acknowledged["acknowledged by"], acknowledged["comment"], acknowledged["value"]));
        Assert.Equal([id], (await _subjects.Done("alerts list --study AL-1 --state acknowledged --format json")).Each("alertId"));
        Assert.Single((await _subjects.Done("alerts list --study AL-1 --limit 1 --format json")).Json.AsArray());
    }

    [Fact]
    public async Task Acknowledge_WithTheTimeItWasLookedAt_IsTakenAndWithAnotherRefused()
    {
        await _subjects.BringGraded("AL-4");
        var listed = (await _subjects.Done("alerts list --study AL-4 --format json")).Json.AsArray()[0]!;
        var (id, changedAt) = ($"{listed["alertId"]}", $"{listed["changedAt"]}");
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", changedAt);
        Assert.Contains(changedAt, (await _subjects.Done("alerts list --study AL-4 --format csv")).Output, StringComparison.Ordinal);

        await _subjects.Fails($"alerts acknowledge {id} --study AL-4 --changed-at 2020-01-01T00:00:00Z", "ALERT_CHANGED", id);
        var acknowledged = (await _subjects.Done($"alerts acknowledge {id} --study AL-4 --changed-at {changedAt}")).Record;

        Assert.Equal("acknowledged", acknowledged["state"]);
    }

    [Fact]
    public async Task Acknowledge_UnknownAlert_Fails()
    {
        await _subjects.Done("studies create AL-2");

        await _subjects.Fails("alerts acknowledge AL-none --study AL-2", "ALERT_NOT_FOUND", "AL-none");
        await _subjects.Fails("alerts list --study NO-SUCH", "STUDY_NOT_FOUND", "NO-SUCH");
        Assert.Equal("none\n", (await _subjects.Done("alerts list --study AL-2")).Output);
    }

    [Fact]
    public async Task HysLaw_StudyWithACandidate_ListsIt()
    {
        await _subjects.BringGraded("AL-3");
        await _subjects.Push("AL-3", FourSubjects.Header + "B3,002,BILI,60,umol/L,3,21,2020-03-12,DAY 12\n");
        await _subjects.Done("grading run --study AL-3");

        var table = (await _subjects.Done("adverse-events hys-law --study AL-3")).Table;

        Assert.Equal(
            [
                "subject id / test / collected at / times uln / bilirubin collected at / bilirubin times uln / days apart / alp under 2 uln / alp collected at / alp times uln",
                "002 / ALT / 2020-03-10 / 6.25 / 2020-03-12 / 2.86 / 2 / unknown /  / ",
            ],
            table.Select(row => string.Join(" / ", row)));
        await _subjects.Fails("adverse-events hys-law --study NO-SUCH", "STUDY_NOT_FOUND", "NO-SUCH");
    }
}

using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Cli;
using LabServer.Tests.Support;

namespace LabServer.Tests.Grading;

/// <summary>400 events of grade 3 with an alert each, and comments of 6,000 bytes: 2.4 MB.</summary>
public sealed class LongPagesTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const int Rows = 400;

    private static readonly string Comment = new('\u5fc3', 2_000);

    [Fact]
    public async Task ListAdverseEvents_LongComments_EndsThePageByBytesAndLeavesNothingOut()
    {
        var trial = await Reported(Comment);
        var pages = await Pages(async token =>
        {
            var page = await trial.Events.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = trial.StudyId, PageSize = 1000, PageToken = token });
            Assert.InRange(page.CalculateSize(), 1, PageBytes.Maximum + 10_000);
            return ([.. page.Events.Select(found => found.Report.ReportId)], page.NextPageToken);
        });

        Assert.Equal(2, pages.Count);
        Assert.Equal(Ids(), pages.SelectMany(ids => ids));
    }

    [Fact]
    public async Task ListAlerts_LongComments_EndsThePageByBytesAndLeavesNothingOut()
    {
        var trial = await Reported("");
        var alerts = (await trial.Alerts.ListAlertsAsync(new ListAlertsRequest { StudyId = trial.StudyId, PageSize = 1000 })).Alerts;
        foreach (var alert in alerts)
        {
            await trial.Alerts.AcknowledgeAlertAsync(
                new AcknowledgeAlertRequest { StudyId = trial.StudyId, AlertId = alert.AlertId, Comment = Comment });
        }

        var pages = await Pages(async token =>
        {
            var page = await trial.Alerts.ListAlertsAsync(new ListAlertsRequest { StudyId = trial.StudyId, PageSize = 1000, PageToken = token });
            Assert.InRange(page.CalculateSize(), 1, PageBytes.Maximum + 10_000);
            return ([.. page.Alerts.Select(alert => alert.AlertId)], page.NextPageToken);
        });

        Assert.Equal(Rows, alerts.Count);
        Assert.Equal(2, pages.Count);
        Assert.Equal(alerts.Select(alert => alert.AlertId), pages.SelectMany(ids => ids));
    }

    [Fact]
    public async Task Labctl_AnswerOver4Megabytes_IsTaken()
    {
        await using var loopback = await LoopbackServer.Start(new LongAlertsService());

        var call = await LabctlCall.Run("alerts", "list", "--study", "S", "--format", "json", "--server", loopback.Address.ToString());

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        Assert.Equal(["AL-long"], call.Each("alertId"));
    }

    private async Task<Trial> Reported(string comment)
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Events.ReportAdverseEventAsync(new ReportAdverseEventRequest
        {
            StudyId = trial.StudyId,
            Reports =
            {
                Ids().Select(id => new EventReport
                {
                    ReportId = id,
                    SubjectId = "01",
                    ReportedTerm = id,
                    Onset = "2021-03-10",
                    Grade = 3,
                    Comment = comment,
                }),
            },
        });
        return trial;
    }

    private static IEnumerable<string> Ids() => Enumerable.Range(0, Rows).Select(i => FormattableString.Invariant($"R{i:000}"));

    private static async Task<List<string[]>> Pages(Func<string, Task<(string[] Ids, string Next)>> read)
    {
        var pages = new List<string[]>();
        var token = "";
        do
        {
            (var ids, token) = await read(token);
            pages.Add(ids);
        }
        while (token.Length > 0);
        return pages;
    }

    private sealed class LongAlertsService : AlertsService.AlertsServiceBase
    {
        public override Task<ListAlertsResponse> ListAlerts(ListAlertsRequest request, ServerCallContext context) =>
            Task.FromResult(new ListAlertsResponse { Alerts = { new Alert { AlertId = "AL-long", Comment = new string('x', 5_000_000) } } });
    }
}

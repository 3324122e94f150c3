using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Grading;

/// <summary>ALT over 200 is grade 3, over 800 grade 4. Potassium is critical under 2.5 and over 6.5.</summary>
public sealed class AlertsServiceTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Grade_EventRisesAndFalls_RaisesOneAlertAGradeAndWithdrawsWhatIsGone()
    {
        var trial = await Registered();

        async Task Becomes(string alt, uint version, params string[] alerts)
        {
            var result = Trial.Alt("a", alt);
            result.Version = version;
            await trial.Submit(result);
            await trial.Grade();
            Assert.Equal(alerts, (await List(trial)).Select(alert => FormattableString.Invariant($"{alert.Grade} {alert.State}")));
        }

        await Becomes("150", 1);
        await Becomes("250", 2, "3 Open");
        await Becomes("260", 3, "3 Open");
        await Becomes("900", 4, "3 Open", "4 Open");
        await Becomes("250", 5, "3 Open", "4 Withdrawn");
        await Becomes("30", 6, "3 Withdrawn", "4 Withdrawn");
        await Becomes("900", 7, "3 Withdrawn", "4 Open");
        var alert = (await List(trial))[1];
        Assert.Equal(
            ("01", "Alanine aminotransferase increased", AlertKind.EventGrade, "2021-03-02", CriticalSide.Unspecified),
            (alert.SubjectId, alert.What, alert.Kind, alert.HappenedAt, alert.CriticalSide));
        Assert.Equal((await trial.Events.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = trial.StudyId })).Events[0].EventId, alert.EventId);
    }

    [Theory]
    [InlineData("6.5", CriticalSide.Unspecified)]
    [InlineData("6.6", CriticalSide.High)]
    [InlineData(">8.0", CriticalSide.High)]
    [InlineData(">6.5", CriticalSide.High)]
    [InlineData(">=6.5", CriticalSide.Unspecified)]
    [InlineData(">6.0", CriticalSide.Unspecified)]
    [InlineData("2.5", CriticalSide.Unspecified)]
    [InlineData("2.4", CriticalSide.Low)]
    [InlineData("<2.0", CriticalSide.Low)]
    [InlineData("<2.5", CriticalSide.Low)]
    [InlineData("<3.0", CriticalSide.Unspecified)]
    public async Task Grade_PotassiumBeforeFirstDose_IsAnAlertWhenItIsCertainlyCritical(string value, CriticalSide side)
    {
        var trial = await Registered();
        await trial.Submit(Trial.Potassium("k", value, "2021-02-20"));
        await trial.Grade();

        var alerts = await List(trial);

        Assert.Equal(side == CriticalSide.Unspecified ? [] : [side], alerts.Select(alert => alert.CriticalSide));
        Assert.All(alerts, alert => Assert.Equal(
            (AlertKind.CriticalValue, "K", $"{value} mmol/L", "k", Trial.Laboratory, "2021-02-20", 0),
            (alert.Kind, alert.What, alert.Value, alert.SourceResultId, alert.Laboratory, alert.HappenedAt, alert.Grade)));
    }

    [Fact]
    public async Task Acknowledge_OpenAlert_IsKeptThroughRegradesUntilItsCauseChanges()
    {
        var trial = await Registered();
        await Potassium(trial, "7.0", 1);
        var alert = Assert.Single(await List(trial, AlertState.Open));

        var acknowledged = await Acknowledge(trial, alert.AlertId, "told the site");
        var again = await Acknowledge(trial, alert.AlertId, "another");
        await trial.Submit(Trial.Potassium("k2", "4.0", "2021-02-21"));
        await trial.Grade();

        Assert.Equal((AlertState.Acknowledged, "admin", "told the site"), (acknowledged.State, acknowledged.AcknowledgedBy, acknowledged.Comment));
        Assert.NotNull(acknowledged.AcknowledgedAt);
        Assert.Equal(acknowledged, again);
        Assert.Equal(acknowledged, Assert.Single(await List(trial)));
        Assert.Empty(await List(trial, AlertState.Open));

        await Potassium(trial, "9.0", 2);
        var reopened = Assert.Single(await List(trial, AlertState.Open));
        Assert.Equal((alert.AlertId, "9.0 mmol/L", ""), (reopened.AlertId, reopened.Value, reopened.AcknowledgedBy));
        await Potassium(trial, "4.0", 3);
        Assert.Equal(alert.AlertId, Assert.Single(await List(trial, AlertState.Withdrawn)).AlertId);
        await Refused.With(StatusCode.FailedPrecondition, "ALERT_WITHDRAWN", () => Acknowledge(trial, alert.AlertId, ""));
        await Potassium(trial, "7.0", 4);
        Assert.Equal(alert.AlertId, Assert.Single(await List(trial, AlertState.Open)).AlertId);
    }

    [Fact]
    public async Task Acknowledge_AlertAsItWasLookedAt_IsTakenAndAfterAChangeRefused()
    {
        var trial = await Registered();
        await Potassium(trial, "7.0", 1);
        var lookedAt = Assert.Single(await List(trial));
        await Potassium(trial, "9.0", 2);

        await Refused.With(
            StatusCode.FailedPrecondition, "ALERT_CHANGED", () => Acknowledge(trial, lookedAt.AlertId, "told the site", lookedAt.ChangedAt));
        var now = Assert.Single(await List(trial));
        Assert.Equal((AlertState.Open, "9.0 mmol/L", ""), (now.State, now.Value, now.Comment));

        Assert.Equal(AlertState.Acknowledged, (await Acknowledge(trial, now.AlertId, "told the site", now.ChangedAt)).State);
        var fault = await Refused.With(
            StatusCode.InvalidArgument, "ACKNOWLEDGEMENT_INVALID", () => Acknowledge(trial, now.AlertId, "", new Timestamp { Seconds = long.MaxValue }));
        Assert.Equal(["expected_changed_at"], fault.Fields());
    }

    [Fact]
    public async Task Report_DeathAndItsWithdrawal_RaisesAndWithdrawsAnAlert()
    {
        var trial = await Registered();
        var answer = await trial.Events.ReportAdverseEventAsync(new ReportAdverseEventRequest
        {
            StudyId = trial.StudyId,
            Reports = { new EventReport { SubjectId = "01", ReportedTerm = "Death", Onset = "2021-04", Grade = 5 } },
        });

        Assert.Equal(("Death", 5), (await List(trial, AlertState.Open)).Select(alert => (alert.What, alert.Grade)).Single());
        await trial.Events.WithdrawReportedEventAsync(new WithdrawReportedEventRequest { StudyId = trial.StudyId, EventId = answer.EventIds[0] });
        Assert.Single(await List(trial, AlertState.Withdrawn));
    }

    [Fact]
    public async Task List_PagedOneByOne_GivesTheSameAsInOnePage()
    {
        var trial = await Registered();
        await trial.Submit(Trial.Potassium("k1", "7.0", "2021-02-20"), Trial.Potassium("k2", "2.0", "2021-02-21"), Trial.Potassium("k3", "8.0", "2021-02-22"));
        await trial.Grade();
        var paged = new List<Alert>();
        var token = "";
        do
        {
            var page = await trial.Alerts.ListAlertsAsync(new ListAlertsRequest { StudyId = trial.StudyId, PageSize = 1, PageToken = token });
            paged.AddRange(page.Alerts);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(3, paged.Count);
        Assert.Equal(await List(trial), paged);
    }

    [Fact]
    public async Task ListAndAcknowledge_WrongRequest_SaysWhatIsWrong()
    {
        var trial = await Registered();

        await Refused.With(StatusCode.InvalidArgument, "STUDY_MISSING", trial.Alerts.ListAlertsAsync(new ListAlertsRequest()));
        await Refused.With(StatusCode.InvalidArgument, "FILTER_UNKNOWN", () => List(trial, (AlertState)9));
        await Refused.With(
            StatusCode.InvalidArgument,
            "PAGE_TOKEN_MALFORMED",
            trial.Alerts.ListAlertsAsync(new ListAlertsRequest { StudyId = trial.StudyId, PageToken = "no token" }));
        await Refused.With(StatusCode.NotFound, "ALERT_NOT_FOUND", () => Acknowledge(trial, "AL-none", ""));
        var fault = await Refused.With(StatusCode.InvalidArgument, "ACKNOWLEDGEMENT_INVALID", () => Acknowledge(trial, "", new string('x', 2001)));
        Assert.Equal(["alert_id", "comment"], fault.Fields());
    }

    private async Task<Trial> Registered()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        return trial;
    }

    private static async Task Potassium(Trial trial, string value, uint version)
    {
        var result = Trial.Potassium("k", value, "2021-02-20");
        result.Version = version;
        await trial.Submit(result);
        await trial.Grade();
    }

    private static async Task<IReadOnlyList<Alert>> List(Trial trial, AlertState state = AlertState.Unspecified) =>
        (await trial.Alerts.ListAlertsAsync(new ListAlertsRequest { StudyId = trial.StudyId, State = state })).Alerts;

    private static async Task<Alert> Acknowledge(Trial trial, string alertId, string comment, Timestamp? expected = null) =>
        (await trial.Alerts.AcknowledgeAlertAsync(
            new AcknowledgeAlertRequest { StudyId = trial.StudyId, AlertId = alertId, Comment = comment, ExpectedChangedAt = expected })).Alert;
}

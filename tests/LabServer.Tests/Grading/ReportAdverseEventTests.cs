using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Grading;

/// <summary>Two subjects dosed on 1 March 2021.</summary>
public sealed class ReportAdverseEventTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Report_SoundReports_AreEventsLikeOthers()
    {
        var trial = await Registered();

        var answer = await Report(trial, Cough(), Cough(subject: "02", grade: 5));

        Assert.Equal([ReportDisposition.Created, ReportDisposition.Created], answer.Dispositions);
        var events = (await List(trial)).Events;
        Assert.Equal(
            [("01", "Cough", 2, "2021-03", EventSource.Reported, ""), ("02", "Cough", 5, "2021-03", EventSource.Reported, "")],
            events.Select(found => (found.SubjectId, found.Term, found.WorstGrade, found.Onset, found.Source, found.RuleSetId)));
        Assert.Equal(answer.EventIds, events.Select(found => found.EventId));
        Assert.All(answer.EventIds, id => Assert.StartsWith("AR-", id, StringComparison.Ordinal));
        var report = events[0].Report;
        Assert.Equal(("coughing", "Respiratory disorders", YesNo.No, Relatedness.Unlikely, EventOutcome.Recovered, 1, "admin"),
            (report.ReportedTerm, report.SystemOrganClass, report.Serious, report.Relatedness, report.Outcome, report.Version, report.ReportedBy));
        Assert.NotEmpty(report.ReportId);
    }

    [Fact]
    public async Task Report_SentAgain_IsADuplicateAndOtherContentAConflictUnlessItMayCorrect()
    {
        var trial = await Registered();
        var report = Cough();
        report.ReportId = "R1";
        await Report(trial, report);

        Assert.Equal([ReportDisposition.Duplicate], (await Report(trial, report)).Dispositions);
        report.Grade = 3;
        var refused = await Report(trial, report);
        Assert.Equal([ReportDisposition.Rejected], refused.Dispositions);
        Assert.Equal(("report_id", "CONTENT_CONFLICT"), (refused.Faults[0].Faults[0].Field, refused.Faults[0].Faults[0].Code));
        var amended = await trial.Events.ReportAdverseEventAsync(
            new ReportAdverseEventRequest { StudyId = trial.StudyId, Reports = { report }, Amend = true });

        Assert.Equal([ReportDisposition.Amended], amended.Dispositions);
        Assert.Equal(3, Assert.Single((await List(trial)).Events).WorstGrade);
    }

    [Fact]
    public async Task Report_FaultyOnesAmongGood_AreRejectedWithEveryFaultAndTheOthersTaken()
    {
        var trial = await Registered();

        var answer = await Report(
            trial,
            new EventReport { Grade = 6, End = "tomorrow", Outcome = (EventOutcome)99 },
            Cough(),
            Cough(subject: "99"),
            Cough(onset: "2021-03-05", end: "2021-03-04"),
            Cough(onset: "2099"));

        Assert.Equal(
            [ReportDisposition.Rejected, ReportDisposition.Created, ReportDisposition.Rejected, ReportDisposition.Rejected, ReportDisposition.Rejected],
            answer.Dispositions);
        Assert.Equal(
            [
                "0 subject_id FIELD_MISSING", "0 reported_term FIELD_MISSING", "0 grade GRADE_INVALID", "0 outcome OUTCOME_UNKNOWN",
                "0 onset FIELD_MISSING", "0 end DATE_MALFORMED", "2 subject_id SUBJECT_UNKNOWN", "3 end END_BEFORE_ONSET", "4 onset DATE_IN_FUTURE",
            ],
            answer.Faults.SelectMany(row => row.Faults.Select(fault => FormattableString.Invariant($"{row.Position} {fault.Field} {fault.Code}"))));
        Assert.Single((await List(trial)).Events);
    }

    [Fact]
    public async Task Amend_ReviewedReport_ReopensTheReviewAndKeepsEveryVersion()
    {
        var trial = await Registered();
        var eventId = (await Report(trial, Cough())).EventIds[0];
        await trial.Events.ReviewAdverseEventAsync(new ReviewAdverseEventRequest
        {
            StudyId = trial.StudyId,
            EventId = eventId,
            Relatedness = Relatedness.NotRelated,
            Outcome = EventOutcome.Unknown,
        });

        var amended = await trial.Events.AmendReportedEventAsync(
            new AmendReportedEventRequest { StudyId = trial.StudyId, EventId = eventId, Report = Cough(grade: 3) });

        Assert.Equal((3, 2, ReviewState.Reopened), (amended.Event.WorstGrade, amended.Event.Report.Version, amended.Event.ReviewState));
        var shown = await Get(trial, eventId);
        Assert.Equal([2, 3], shown.Reports.Select(report => report.Grade));
        Assert.Equal(
            [EventChangeKind.Reported, EventChangeKind.Reviewed, EventChangeKind.ReportAmended, EventChangeKind.ReviewReopened],
            shown.Changes.Select(change => change.Kind));
    }

    [Fact]
    public async Task Withdraw_ReportedEvent_IsGoneAndReadableAndAmendBringsItBack()
    {
        var trial = await Registered();
        var eventId = (await Report(trial, Cough())).EventIds[0];
        var request = new WithdrawReportedEventRequest { StudyId = trial.StudyId, EventId = eventId, Comment = "wrong subject" };

        var gone = await trial.Events.WithdrawReportedEventAsync(request);
        await trial.Events.WithdrawReportedEventAsync(request);

        Assert.True(gone.Event.Removed);
        Assert.Empty((await List(trial)).Events);
        Assert.Equal([EventChangeKind.Reported, EventChangeKind.Removed], (await Get(trial, eventId)).Changes.Select(change => change.Kind));
        await trial.Events.AmendReportedEventAsync(new AmendReportedEventRequest { StudyId = trial.StudyId, EventId = eventId, Report = Cough() });
        Assert.Equal(eventId, Assert.Single((await List(trial)).Events).EventId);
    }

    [Fact]
    public async Task AmendAndWithdraw_EventAsItWasLookedAt_AreTaken()
    {
        var trial = await Registered();
        var eventId = (await Report(trial, Cough())).EventIds[0];

        var amended = await Amend(trial, eventId, Cough(grade: 3), (await Get(trial, eventId)).Event.Fingerprint);
        var gone = await Withdraw(trial, eventId, amended.Fingerprint);

        Assert.Equal((3, false, true), (amended.WorstGrade, amended.Removed, gone.Removed));
        Assert.False((await Amend(trial, eventId, Cough(grade: 4), gone.Fingerprint)).Removed);
    }

    [Fact]
    public async Task AmendAndWithdraw_EventChangedSinceItWasLookedAt_AreRefusedAndLoseNothing()
    {
        var trial = await Registered();
        var eventId = (await Report(trial, Cough())).EventIds[0];
        var lookedAt = (await Get(trial, eventId)).Event.Fingerprint;
        var amended = await Amend(trial, eventId, Cough(grade: 4), lookedAt);

        var late = await Refused.With(
            StatusCode.FailedPrecondition, "EVENT_CHANGED", () => Amend(trial, eventId, Cough(end: "2021-04-01"), lookedAt));
        await Refused.With(StatusCode.FailedPrecondition, "EVENT_CHANGED", () => Withdraw(trial, eventId, lookedAt));

        Assert.Equal(amended.Fingerprint, late.Metadata["fingerprint"]);
        var shown = await Get(trial, eventId);
        Assert.Equal((4, "", 2, false), (shown.Event.WorstGrade, shown.Event.End, shown.Event.Report.Version, shown.Event.Removed));
        Assert.Equal([EventChangeKind.Reported, EventChangeKind.ReportAmended], shown.Changes.Select(change => change.Kind));
    }

    [Fact]
    public async Task Get_EventThatIsBeingAmended_IsOfOneMoment()
    {
        var trial = await Registered();
        var eventId = (await Report(trial, Cough())).EventIds[0];
        var amending = Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                await Amend(trial, eventId, Cough(grade: 1 + (i % 2)), "");
            }
        });

        do
        {
            var shown = await Get(trial, eventId);
            Assert.Equal(
                (shown.Event.Report.Version, shown.Event.Report.Version), (shown.Changes[^1].Event.Report.Version, shown.Reports[^1].Version));
        }
        while (!amending.IsCompleted);

        await amending;
        Assert.Equal(61, (await Get(trial, eventId)).Reports.Count);
    }

    [Fact]
    public async Task Report_SpacesAroundIdAndSubject_AreNoPartOfThem()
    {
        var trial = await Registered();
        var report = Cough(subject: " 01\t");
        report.ReportId = " R1 ";

        var created = await Report(trial, report);
        (report.ReportId, report.SubjectId) = ("R1", "01");
        var again = await Report(trial, report);

        Assert.Equal([ReportDisposition.Created], created.Dispositions);
        Assert.Equal([ReportDisposition.Duplicate], again.Dispositions);
        Assert.Equal(created.EventIds, again.EventIds);
        var stored = Assert.Single((await List(trial)).Events).Report;
        Assert.Equal(("R1", "01"), (stored.ReportId, stored.SubjectId));
        var empty = await Report(trial, Cough(subject: "  "));
        Assert.Equal(("subject_id", "FIELD_MISSING"), (empty.Faults[0].Faults[0].Field, empty.Faults[0].Faults[0].Code));
    }

    [Fact]
    public async Task AmendAndWithdraw_NoEventId_NamesTheField()
    {
        var trial = await Registered();

        var amend = await Refused.With(StatusCode.InvalidArgument, "EVENT_MISSING", () => Amend(trial, "", Cough(), ""));
        var withdraw = await Refused.With(StatusCode.InvalidArgument, "EVENT_MISSING", () => Withdraw(trial, "", ""));

        Assert.Equal(["event_id"], amend.Fields());
        Assert.Equal(["event_id"], withdraw.Fields());
    }

    [Fact]
    public async Task AmendAndWithdraw_WrongRequest_SaysWhatIsWrong()
    {
        var trial = await Registered();
        var eventId = (await Report(trial, Cough())).EventIds[0];

        var fault = await Refused.With(
            StatusCode.InvalidArgument,
            "REPORT_INVALID",
            trial.Events.AmendReportedEventAsync(new AmendReportedEventRequest { StudyId = trial.StudyId, EventId = eventId }));
        Assert.Equal(["report.subject_id", "report.reported_term", "report.grade", "report.onset"], fault.Fields());
        fault = await Refused.With(
            StatusCode.InvalidArgument,
            "REPORT_INVALID",
            trial.Events.AmendReportedEventAsync(
                new AmendReportedEventRequest { StudyId = trial.StudyId, EventId = eventId, Report = Cough(subject: "02") }));
        Assert.Equal(["report.subject_id"], fault.Fields());
        await Refused.With(
            StatusCode.NotFound,
            "REPORTED_EVENT_NOT_FOUND",
            trial.Events.AmendReportedEventAsync(new AmendReportedEventRequest { StudyId = trial.StudyId, EventId = "AR-none", Report = Cough() }));
        await Refused.With(
            StatusCode.NotFound,
            "REPORTED_EVENT_NOT_FOUND",
            trial.Events.WithdrawReportedEventAsync(new WithdrawReportedEventRequest { StudyId = trial.StudyId, EventId = "AR-none" }));
        await Refused.With(
            StatusCode.InvalidArgument,
            "REPORTS_INVALID",
            trial.Events.ReportAdverseEventAsync(new ReportAdverseEventRequest { StudyId = trial.StudyId }));
        await Refused.With(
            StatusCode.InvalidArgument,
            "WITHDRAWAL_INVALID",
            trial.Events.WithdrawReportedEventAsync(new WithdrawReportedEventRequest { StudyId = trial.StudyId, EventId = eventId, Comment = new string('x', 2001) }));
    }

    [Fact]
    public async Task Summary_WithReportedEvents_CountsASubjectOnceATermAtTheWorstGrade()
    {
        var trial = await Registered();
        await trial.Submit(Trial.Alt("a", "50"));
        await trial.Grade();
        await Report(
            trial,
            Cough(),
            Cough(grade: 5, onset: "2021-03-20"),
            // The term of the rule set, spelt otherwise, and worse than what was graded.
            Term("alanine aminotransferase INCREASED", "01", 3),
            // Before the first dose: not treatment-emergent. On its day: it is.
            Term("Rash", "02", 1, "2021-02-28"),
            Term("Nausea", "02", 1, "2021-03-01"));

        var summary = await Summarize(trial, excludeReported: false);

        Assert.Equal(
            ["Alanine aminotransferase increased: 0 0 1 0 0", "Cough: 0 0 0 0 1", "Nausea: 1 0 0 0 0"],
            summary.Terms.Select(term => $"{term.Term}: {Grades(term.Arms[0])}").Order(StringComparer.Ordinal));
        Assert.Equal("1 0 0 0 1", Grades(summary.Any[0]));
        var laboratory = await Summarize(trial, excludeReported: true);
        Assert.Equal(["Alanine aminotransferase increased: 1 0 0 0 0"], laboratory.Terms.Select(term => $"{term.Term}: {Grades(term.Arms[0])}"));
    }

    private async Task<Trial> Registered()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Register("02");
        return trial;
    }

    private static EventReport Cough(string subject = "01", int grade = 2, string onset = "2021-03", string end = "") => new()
    {
        SubjectId = subject,
        ReportedTerm = "coughing",
        CodedTerm = "Cough",
        SystemOrganClass = "Respiratory disorders",
        Onset = onset,
        End = end,
        Grade = grade,
        Serious = YesNo.No,
        Relatedness = Relatedness.Unlikely,
        Outcome = EventOutcome.Recovered,
    };

    private static EventReport Term(string term, string subject, int grade, string onset = "2021-03-10") =>
        new() { SubjectId = subject, ReportedTerm = term, Onset = onset, Grade = grade };

    private static string Grades(GradeCounts counts) =>
        FormattableString.Invariant($"{counts.Grade1} {counts.Grade2} {counts.Grade3} {counts.Grade4} {counts.Grade5}");

    private static async Task<SummarizeAdverseEventsResponse> Summarize(Trial trial, bool excludeReported) =>
        await trial.Summaries.SummarizeAdverseEventsAsync(
            new SummarizeAdverseEventsRequest { StudyId = trial.StudyId, RuleSetId = "ctcae-5.0", ExcludeReported = excludeReported });

    private static async Task<ReportAdverseEventResponse> Report(Trial trial, params EventReport[] reports) =>
        await trial.Events.ReportAdverseEventAsync(new ReportAdverseEventRequest { StudyId = trial.StudyId, Reports = { reports } });

    private static async Task<AdverseEvent> Amend(Trial trial, string eventId, EventReport report, string expected) =>
        (await trial.Events.AmendReportedEventAsync(
            new AmendReportedEventRequest { StudyId = trial.StudyId, EventId = eventId, Report = report, ExpectedFingerprint = expected })).Event;

    private static async Task<AdverseEvent> Withdraw(Trial trial, string eventId, string expected) =>
        (await trial.Events.WithdrawReportedEventAsync(
            new WithdrawReportedEventRequest { StudyId = trial.StudyId, EventId = eventId, ExpectedFingerprint = expected })).Event;

    private static async Task<GetAdverseEventResponse> Get(Trial trial, string eventId) =>
        await trial.Events.GetAdverseEventAsync(new GetAdverseEventRequest { StudyId = trial.StudyId, EventId = eventId });

    private static async Task<ListAdverseEventsResponse> List(Trial trial) =>
        await trial.Events.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = trial.StudyId });
}

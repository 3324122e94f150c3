using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using LabServer.Api.V1;
using LabServer.Tests.Reports;
using LabServer.Tests.Support;

namespace LabServer.Tests.Audit;

/// <summary>A trial in which everything is done once that the API can do: each RPC that changes or takes something, in an order that works.</summary>
internal sealed class EveryChange(ServerFixture server, Trial trial)
{
    private string _eventId = "";

    /// <summary>RPCs that change nothing and take nothing away.</summary>
    public static IReadOnlySet<string> Reads { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "AccessService/GetCaller", "AccessService/ListKeys",
        "AdverseEventsService/ListAdverseEvents", "AdverseEventsService/GetAdverseEvent", "AdverseEventsService/WatchAdverseEvents",
        "AdverseEventsService/ListHysLawCandidates", "AlertsService/ListAlerts", "AuditService/ListAuditEntries", "AuditService/VerifyAuditTrail",
        "AuditService/GetAuditAnchor", "CatalogueService/ListTests", "GradingService/ListRuleSets", "GradingService/GetRuleSet",
        "GradingService/ValidateRuleSet", "GradingService/CompareRuleSets", "GradingService/ExplainGrade", "IngestionService/ListResults",
        "IngestionService/GetResult", "IngestionService/ListHeldResults", "IngestionService/ListRejectedResults", "IngestionService/ListFlaggedResults",
        "JobsService/ListJobs", "JobsService/GetJobRun", "JobsService/WatchJobRun", "JobsService/ListJobRuns",
        "ReferenceRangesService/ListReferenceRanges", "ReferenceRangesService/ListReferenceRangeVersions", "ReferenceRangesService/ListOutdatedRanges",
        "BackupsService/ListBackups", "BackupsService/VerifyBackup",
        "ReportsService/ListReports", "ReportsService/GetReport", "StudiesService/GetStudy", "StudiesService/ListStudies", "StudiesService/ListSubjects",
        "StudiesService/ListDoses", "SummariesService/SummarizeAdverseEvents", "SummariesService/SummarizeBiomarkers",
        "SummariesService/SummarizeOutcomes", "SummariesService/SummarizeCategories", "SummariesService/SummarizeLiverSafety",
        "SummariesService/SummarizeShifts", "SummariesService/GetSubjectProfile",
    };

    /// <summary>Every RPC of the API, as <c>Service/Method</c>.</summary>
    public static IReadOnlyList<string> AllMethods { get; } =
    [
        .. typeof(Study).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<ServiceDescriptor>()
            .Where(service => service.File.Package == "labserver.v1")
            .SelectMany(service => service.Methods.Select(method => $"{service.Name}/{method.Name}")),
    ];

    private string Study => trial.StudyId;

    /// <summary>The RPCs that change or take something, the action that the trail must show for each, and a call that does it.</summary>
    public IReadOnlyList<(string Method, string Action, Func<Task> Call)> Changes =>
    [
        ("StudiesService/CreateStudy", "STUDY_CREATED", () => Trial.Create(server)),
        ("StudiesService/AddRuleSets", "STUDY_RULE_SETS_ADDED", async () =>
            await server.Studies.AddRuleSetsAsync(new AddRuleSetsRequest { StudyId = Study, RuleSets = { "ctcae-4.03" }, Reason = "why" })),
        ("StudiesService/ChangeStudySettings", "STUDY_SETTINGS_CHANGED", async () => await server.Studies.ChangeStudySettingsAsync(
            new ChangeStudySettingsRequest { StudyId = Study, ReportCron = "0 0 6 * * ?", Reason = "why" })),
        ("StudiesService/SetVisitWindows", "VISIT_WINDOWS_SET", async () => await server.Studies.SetVisitWindowsAsync(
            new SetVisitWindowsRequest { StudyId = Study, Windows = { new VisitWindow { Visit = "WEEK 1", FirstDay = 2, LastDay = 9 } }, Reason = "why" })),
        ("StudiesService/ImportSubjects", "SUBJECT_REGISTERED", () => trial.Register("01")),
        ("StudiesService/ImportDoses", "DOSE_RECORDED", async () => await server.Studies.ImportDosesAsync(
            new ImportDosesRequest { StudyId = Study, Doses = { new Dose { SubjectId = "01", DoseId = "1", Treatment = "MSC", StartAt = "2021-03-01" } } })),
        ("AccessService/CreateKey", "KEY_CREATED", async () => await server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "audited", Role = Role.Auditor })),
        ("AccessService/RevokeKey", "KEY_REVOKED", async () => await server.Access.RevokeKeyAsync(new RevokeKeyRequest { Name = "audited" })),
        ("AccessService/UnblindSubject", "SUBJECT_UNBLINDED", async () => await server.Access.UnblindSubjectAsync(
            new UnblindSubjectRequest { StudyId = Study, SubjectId = "01", Reason = "severe reaction" })),
        ("CatalogueService/RegisterTestAlias", "TEST_ALIAS_REGISTERED", async () => await new CatalogueService.CatalogueServiceClient(server.Channel)
            .RegisterTestAliasAsync(new RegisterTestAliasRequest { Alias = "GPT-AUDIT", TestKey = "ALT", Reason = "why" })),
        ("CatalogueService/RegisterUnitSynonym", "UNIT_SYNONYM_REGISTERED", async () => await new CatalogueService.CatalogueServiceClient(server.Channel)
            .RegisterUnitSynonymAsync(new RegisterUnitSynonymRequest { TestKey = "ALT", ReportedUnit = "Audit/L", Unit = "U/L", Reason = "why" })),
        ("ReferenceRangesService/ImportReferenceRanges", "RANGES_IMPORTED", async () => await trial.Ranges.ImportReferenceRangesAsync(
            new ImportReferenceRangesRequest
            {
                StudyId = Study, Laboratory = Trial.Laboratory, Reason = "why", Ranges = { new ReferenceRange { TestCode = "ALT", Low = "5", High = "40", Unit = "U/L" } },
            })),
        ("ReferenceRangesService/ApplyReferenceRanges", "RANGES_APPLIED", async () => await trial.Ranges.ApplyReferenceRangesAsync(
            new ApplyReferenceRangesRequest { StudyId = Study, Laboratory = Trial.Laboratory, Version = 1, Reason = "why" })),
        ("IngestionService/SubmitResults", "RESULTS_RECEIVED", () => trial.Submit(Trial.Alt("1", "30", "2021-03-01"), Trial.Alt("2", "900", "2021-03-05"))),
        ("IngestionService/StreamResults", "RESULTS_RECEIVED", Stream),
        ("JobsService/RunJob", "JOB_REQUESTED", () => ReportedTrial.MakeReport(server, Study)),
        ("GradingService/PublishRuleSet", "RULE_SET_PUBLISHED", async () => await server.Grading.PublishRuleSetAsync(
            new PublishRuleSetRequest { Content = ByteString.CopyFromUtf8(OwnRuleSet.Json("audit-own")), Reason = "why" })),
        ("AdverseEventsService/ReportAdverseEvent", "EVENT_REPORTED", Report),
        ("AdverseEventsService/AmendReportedEvent", "EVENT_REPORT_AMENDED", async () => await server.AdverseEvents.AmendReportedEventAsync(
            new AmendReportedEventRequest { StudyId = Study, EventId = _eventId, Report = Cough(grade: 3) })),
        ("AdverseEventsService/ReviewAdverseEvent", "EVENT_REVIEWED", async () => await server.AdverseEvents.ReviewAdverseEventAsync(
            new ReviewAdverseEventRequest { StudyId = Study, EventId = _eventId, Relatedness = Relatedness.Possible, Serious = YesNo.No, Outcome = EventOutcome.Recovered, Comment = "seen" })),
        ("AlertsService/AcknowledgeAlert", "ALERT_ACKNOWLEDGED", Acknowledge),
        ("AdverseEventsService/WithdrawReportedEvent", "EVENT_REPORT_WITHDRAWN", async () => await server.AdverseEvents.WithdrawReportedEventAsync(
            new WithdrawReportedEventRequest { StudyId = Study, EventId = _eventId, Comment = "another subject" })),
        ("SummariesService/ExportDataset", "DATASET_EXPORTED", async () => await Drain(server.Summaries.ExportDataset(
            new ExportDatasetRequest { StudyId = Study, Dataset = Dataset.Lb, Reason = "why" }).ResponseStream)),
        ("ReportsService/DownloadReport", "REPORT_TAKEN", async () =>
        {
            var report = await server.Reports.GetReportAsync(new GetReportRequest { StudyId = Study });
            await Drain(server.Reports.DownloadReport(
                new DownloadReportRequest { StudyId = Study, ReportId = report.Report.ReportId, File = report.Files[0].Name, Reason = "why" }).ResponseStream);
        }),
        ("ReportsService/RemakeReport", "REPORT_REMADE", async () => await server.Reports.RemakeReportAsync(new RemakeReportRequest { StudyId = Study })),
        ("AuditService/ExportAuditTrail", "TRAIL_EXPORTED", async () => await Drain(
            new AuditService.AuditServiceClient(server.Channel).ExportAuditTrail(new ExportAuditTrailRequest { Reason = "why" }).ResponseStream)),
    ];

    private static EventReport Cough(int grade) => new() { SubjectId = "01", ReportedTerm = "Cough", Onset = "2021-03-03", Grade = grade };

    private static async Task Drain<T>(Grpc.Core.IAsyncStreamReader<T> stream)
    {
        while (await stream.MoveNext(CancellationToken.None))
        {
        }
    }

    private async Task Stream()
    {
        using var call = server.Ingestion.StreamResults();
        await call.RequestStream.WriteAsync(trial.Batch(1, Trial.Alt("3", "31", "2021-03-06")));
        await call.RequestStream.CompleteAsync();
        await Drain(call.ResponseStream);
    }

    private async Task Report()
    {
        await trial.Grade();
        var answer = await server.AdverseEvents.ReportAdverseEventAsync(new ReportAdverseEventRequest { StudyId = Study, Reports = { Cough(grade: 2) } });
        _eventId = answer.EventIds.Single();
    }

    private async Task Acknowledge()
    {
        var alerts = await server.Alerts.ListAlertsAsync(new ListAlertsRequest { StudyId = Study, State = AlertState.Open });
        await server.Alerts.AcknowledgeAlertAsync(new AcknowledgeAlertRequest { StudyId = Study, AlertId = alerts.Alerts[0].AlertId, Comment = "seen" });
    }
}

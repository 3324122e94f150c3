using Google.Protobuf;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Access;

/// <summary>Requests that a blinded caller makes of <see cref="BlindedTwin"/>, by RPC. A new RPC needs some, or the test of blinding fails.</summary>
internal static class BlindedCases
{
    private const string Study = BlindedTwin.Study;
    private const string RuleSet = "ctcae-5.0";

    /// <summary>
    /// What shows an arm on purpose, and says on the record to whom; keys, whose ids are random; and the audit trail, whose
    /// hashes hang on random salts, and which a test of its own reads.
    /// </summary>
    public static readonly IReadOnlySet<string> Left = new HashSet<string>
    {
        "UnblindSubject", "ListKeys", "ListAuditEntries", "ExportAuditTrail", "VerifyAuditTrail", "GetAuditAnchor",
    };

    /// <summary>The requests, those that change something last.</summary>
    /// <param name="eventId">An event of the trial.</param>
    /// <param name="reportedId">A reported event of it.</param>
    /// <param name="alertId">An alert of it.</param>
    /// <param name="file">A file of its report.</param>
    public static IReadOnlyList<(string Rpc, IMessage Request)> All(string eventId, string reportedId, string alertId, string file) =>
    [
        ("GetCaller", new GetCallerRequest()),
        ("ListStudies", new ListStudiesRequest()),
        ("GetStudy", new GetStudyRequest { StudyId = Study }),
        ("ListSubjects", new ListSubjectsRequest { StudyId = Study }),
        ("ListSubjects", new ListSubjectsRequest { StudyId = Study, PageSize = 3 }),
        ("ListDoses", new ListDosesRequest { StudyId = Study }),
        ("ListDoses", new ListDosesRequest { StudyId = Study, SubjectId = "S1" }),
        ("ListTests", new ListTestsRequest { PageSize = 5 }),
        ("ListResults", new ListResultsRequest { StudyId = Study }),
        ("GetResult", new GetResultRequest { StudyId = Study, SourceResultId = "S1/2021-03-07/ALT" }),
        ("ListHeldResults", new ListHeldResultsRequest { StudyId = Study }),
        ("ListRejectedResults", new ListRejectedResultsRequest { StudyId = Study }),
        ("ListFlaggedResults", new ListFlaggedResultsRequest { StudyId = Study }),
        ("ListReferenceRanges", new ListReferenceRangesRequest { StudyId = Study }),
        ("ListReferenceRangeVersions", new ListReferenceRangeVersionsRequest { StudyId = Study }),
        ("ListOutdatedRanges", new ListOutdatedRangesRequest { StudyId = Study }),
        ("ListRuleSets", new ListRuleSetsRequest()),
        ("GetRuleSet", new GetRuleSetRequest { RuleSetId = RuleSet }),
        ("ValidateRuleSet", new ValidateRuleSetRequest { Content = ByteString.CopyFromUtf8(OwnRuleSet.Json("own")) }),
        ("ExplainGrade", new ExplainGradeRequest { StudyId = Study, SourceResultId = "S1/2021-03-07/ALT", RuleSetId = RuleSet }),
        ("CompareRuleSets", new CompareRuleSetsRequest { StudyId = Study, RuleSetA = RuleSet, RuleSetB = "ctcae-4.03" }),
        ("ListAdverseEvents", new ListAdverseEventsRequest { StudyId = Study }),
        ("GetAdverseEvent", new GetAdverseEventRequest { StudyId = Study, EventId = eventId }),
        ("WatchAdverseEvents", new WatchAdverseEventsRequest { StudyId = Study }),
        ("ListHysLawCandidates", new ListHysLawCandidatesRequest { StudyId = Study }),
        ("ListAlerts", new ListAlertsRequest { StudyId = Study }),
        .. Summaries(),
        .. new[] { Dataset.Lb, Dataset.Ae, Dataset.Adlb, Dataset.Adae }.SelectMany(dataset => new[] { DatasetFormat.Csv, DatasetFormat.DatasetJson }.Select(format =>
            ("ExportDataset", (IMessage)new ExportDatasetRequest { StudyId = Study, RuleSetId = RuleSet, Dataset = dataset, Format = format }))),
        ("ListReports", new ListReportsRequest { StudyId = Study }),
        .. new[] { ReportEdition.Unspecified, ReportEdition.ByArm }.SelectMany(edition => new (string, IMessage)[]
        {
            ("GetReport", new GetReportRequest { StudyId = Study, Edition = edition }),
            ("DownloadReport", new DownloadReportRequest { StudyId = Study, ReportId = "x", Edition = edition, File = file }),
            ("RemakeReport", new RemakeReportRequest { StudyId = Study, Edition = edition }),
        }),
        ("ListJobs", new ListJobsRequest()),
        ("ListJobRuns", new ListJobRunsRequest()),
        ("GetJobRun", new GetJobRunRequest { RunId = "run-1" }),
        ("WatchJobRun", new WatchJobRunRequest { RunId = "run-1" }),
        .. Changes(eventId, reportedId, alertId),
    ];

    // Each also by an arm that the study has and by one that it has not: what is refused must not say which is which.
    private static IEnumerable<(string, IMessage)> Summaries()
    {
        foreach (var arms in new string[][] { [], ["MSC"], ["MSC", "Placebo"], ["NO-ARM"] })
        {
            foreach (var split in new[] { "", "sex", "severity", "nothing" })
            {
                yield return ("SummarizeAdverseEvents", new SummarizeAdverseEventsRequest { StudyId = Study, RuleSetId = RuleSet, SplitBy = split, Arms = { arms } });
                yield return ("SummarizeShifts", new SummarizeShiftsRequest { StudyId = Study, RuleSetId = RuleSet, SplitBy = split, Arms = { arms } });
                yield return ("SummarizeLiverSafety", new SummarizeLiverSafetyRequest { StudyId = Study, SplitBy = split, Arms = { arms } });
                yield return ("SummarizeBiomarkers", new SummarizeBiomarkersRequest { StudyId = Study, Test = "ALT", SplitBy = split, Arms = { arms } });
                yield return ("SummarizeOutcomes", new SummarizeOutcomesRequest { StudyId = Study, Test = "NEUTPOS", SplitBy = split, Arms = { arms } });
                yield return ("SummarizeCategories", new SummarizeCategoriesRequest { StudyId = Study, Test = "PAINNRS", SplitBy = split, Arms = { arms } });
            }
        }

        yield return ("SummarizeAdverseEvents", new SummarizeAdverseEventsRequest { StudyId = Study, RuleSetId = RuleSet, CompareArms = true });
        yield return ("SummarizeAdverseEvents", new SummarizeAdverseEventsRequest { StudyId = Study, RuleSetId = RuleSet, Serious = YesNo.Yes, SplitBy = "site" });
        yield return ("GetSubjectProfile", new GetSubjectProfileRequest { StudyId = Study, SubjectId = "S1" });
        yield return ("GetSubjectProfile", new GetSubjectProfileRequest { StudyId = Study, SubjectId = "S2" });
    }

    private static IEnumerable<(string, IMessage)> Changes(string eventId, string reportedId, string alertId) =>
    [
        ("SubmitResults", new SubmitResultsRequest { StudyId = Study, Laboratory = Trial.Laboratory, Results = { Trial.Alt("more", "30", subject: "S1") } }),
        ("StreamResults", new StreamResultsRequest { BatchNumber = 1, StudyId = Study, Laboratory = Trial.Laboratory, Results = { Trial.Alt("more", "30", subject: "S1") } }),
        ("ImportReferenceRanges", new ImportReferenceRangesRequest { StudyId = Study, Laboratory = Trial.Laboratory, ValidateOnly = true, Ranges = { new ReferenceRange { TestCode = "LDH", Low = "1", High = "250", Unit = "U/L" } } }),
        ("ApplyReferenceRanges", new ApplyReferenceRangesRequest { StudyId = Study, Laboratory = Trial.Laboratory, Version = 9, Reason = "none" }),
        // What is on file but for arms, changed but for arms, and each arm there may be.
        ("ImportSubjects", new ImportSubjectsRequest { StudyId = Study, Subjects = { new Subject { SubjectId = "S7", Sex = Sex.Male, BirthDate = "1960-01-02", SiteId = "S", Attributes = { { "severity", "mild" } } } } }),
        ("ImportSubjects", new ImportSubjectsRequest { StudyId = Study, Subjects = { new Subject { SubjectId = "S6", Sex = Sex.Female, FirstDoseAt = "2021-03-01" }, new Subject { SubjectId = "NEW" } } }),
        ("ImportSubjects", new ImportSubjectsRequest { StudyId = Study, Subjects = { new Subject { SubjectId = "S1", Arm = "MSC" } } }),
        ("ImportSubjects", new ImportSubjectsRequest { StudyId = Study, Subjects = { new Subject { SubjectId = "S1", PlannedArm = "Placebo" } } }),
        ("ImportDoses", new ImportDosesRequest { StudyId = Study, Doses = { new Dose { SubjectId = "S1", DoseId = "1", Treatment = "MSC", Amount = "3", Unit = "M", StartAt = "2021-03-01" } } }),
        ("ListSubjects", new ListSubjectsRequest { StudyId = Study }),
        ("ChangeStudySettings", new ChangeStudySettingsRequest { StudyId = Study, Settings = new StudySettings { NeutralisationCutoff = 20 } }),
        ("SetVisitWindows", new SetVisitWindowsRequest { StudyId = Study, Windows = { new VisitWindow { Visit = "Week 1", VisitNumber = "2", FirstDay = 5, LastDay = 10 } } }),
        ("AddRuleSets", new AddRuleSetsRequest { StudyId = Study, RuleSets = { "daids-2.1" } }),
        ("CreateStudy", new CreateStudyRequest { Study = new Study { StudyId = Study, Arms = { "MSC" } } }),
        ("ReportAdverseEvent", new ReportAdverseEventRequest { StudyId = Study, Reports = { BlindedTwin.Cough("R2", "S3") } }),
        ("ReviewAdverseEvent", new ReviewAdverseEventRequest { StudyId = Study, EventId = eventId, Relatedness = Relatedness.Possible, Serious = YesNo.No }),
        ("AmendReportedEvent", new AmendReportedEventRequest { StudyId = Study, EventId = reportedId, Report = BlindedTwin.Cough("R1", "S2") }),
        ("WithdrawReportedEvent", new WithdrawReportedEventRequest { StudyId = Study, EventId = reportedId, Comment = "a mistake" }),
        ("AcknowledgeAlert", new AcknowledgeAlertRequest { StudyId = Study, AlertId = alertId, Comment = "seen" }),
        ("RegisterTestAlias", new RegisterTestAliasRequest { Alias = "ALAT-X", TestKey = "ALT" }),
        ("RegisterUnitSynonym", new RegisterUnitSynonymRequest { TestKey = "ALT", ReportedUnit = "units per l", Unit = "nothing" }),
        ("PublishRuleSet", new PublishRuleSetRequest { Content = ByteString.CopyFromUtf8("{}") }),
        ("RunJob", new RunJobRequest { Job = "none", StudyId = Study }),
    ];
}

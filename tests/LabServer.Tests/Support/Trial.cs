using Grpc.Net.Client;
using LabServer.Api.V1;
using LabServer.Core.Grading;
using Microsoft.Extensions.DependencyInjection;

namespace LabServer.Tests.Support;

/// <summary>A study of its own on a server, and what a test does to it over gRPC.</summary>
public sealed class Trial
{
    public const string Laboratory = "CENTRAL";

    private readonly ServerFixture _server;

    private Trial(ServerFixture server, string studyId)
    {
        _server = server;
        StudyId = studyId;
    }

    public string StudyId { get; }

    public IngestionService.IngestionServiceClient Ingestion => new(_server.Channel);

    public StudiesService.StudiesServiceClient Studies => new(_server.Channel);

    public ReferenceRangesService.ReferenceRangesServiceClient Ranges => new(_server.Channel);

    public GradingService.GradingServiceClient Grading => new(_server.Channel);

    public AdverseEventsService.AdverseEventsServiceClient Events => new(_server.Channel);

    public AlertsService.AlertsServiceClient Alerts => new(_server.Channel);

    public SummariesService.SummariesServiceClient Summaries => new(_server.Channel);

    /// <summary>Registers a study with arms A and B, under these rule sets or the default one.</summary>
    public static Task<Trial> Create(ServerFixture server, params string[] ruleSets) => Create(server, server.Channel, ruleSets);

    /// <inheritdoc cref="Create(ServerFixture, string[])"/>
    public static async Task<Trial> Create(ServerFixture server, GrpcChannel channel, params string[] ruleSets)
    {
        var studyId = $"S-{Guid.NewGuid():N}";
        await new StudiesService.StudiesServiceClient(channel).CreateStudyAsync(
            new CreateStudyRequest { Study = new Study { StudyId = studyId, RuleSets = { ruleSets }, Arms = { "A", "B" } } });
        return new Trial(server, studyId);
    }

    /// <summary>ALT in U/L with the range 5 to 40.</summary>
    public static LabResult Alt(string id, string value, string collectedAt = "2021-03-02", string subject = "01") => new()
    {
        SourceResultId = id,
        SubjectId = subject,
        TestCode = "ALT",
        ReportedValue = value,
        ReportedUnit = "U/L",
        ReferenceLow = "5",
        ReferenceHigh = "40",
        CollectedAt = collectedAt,
    };

    /// <summary>Potassium in mmol/L with the range 3.5 to 5.</summary>
    public static LabResult Potassium(string id, string value, string collectedAt, string subject = "01") => new()
    {
        SourceResultId = id,
        SubjectId = subject,
        TestCode = "K",
        ReportedValue = value,
        ReportedUnit = "mmol/L",
        ReferenceLow = "3.5",
        ReferenceHigh = "5",
        CollectedAt = collectedAt,
    };

    /// <summary>Results of ALT 30 U/L that differ in their ids: <c>prefix1</c>, <c>prefix2</c>, …</summary>
    public static IEnumerable<LabResult> ManyAlt(string prefix, int count) =>
        Enumerable.Range(1, count).Select(i => Alt(FormattableString.Invariant($"{prefix}{i}"), "30"));

    /// <summary>Registers a subject, dosed on 1 March 2021 unless said otherwise.</summary>
    public async Task<ImportSubjectsResponse> Register(string subject, string arm = "A", string firstDoseAt = "2021-03-01") =>
        await Register(new Subject { SubjectId = subject, Arm = arm, Sex = Sex.Male, FirstDoseAt = firstDoseAt });

    public async Task<ImportSubjectsResponse> Register(params Subject[] subjects) =>
        await Studies.ImportSubjectsAsync(new ImportSubjectsRequest { StudyId = StudyId, Subjects = { subjects } });

    public Task<BatchOutcome> Submit(params LabResult[] results) => SubmitFrom(Laboratory, results);

    public async Task<BatchOutcome> SubmitFrom(string laboratory, params LabResult[] results) =>
        (await Ingestion.SubmitResultsAsync(new SubmitResultsRequest { StudyId = StudyId, Laboratory = laboratory, Results = { results } })).Outcome;

    public async Task<GetStudyResponse> Counts() => await Studies.GetStudyAsync(new GetStudyRequest { StudyId = StudyId });

    /// <summary>Every result of the study, all versions, page by page.</summary>
    public async Task<List<StoredResult>> AllResults()
    {
        var all = new List<StoredResult>();
        var token = "";
        do
        {
            var page = await Ingestion.ListResultsAsync(new ListResultsRequest { StudyId = StudyId, PageSize = 1000, PageToken = token });
            all.AddRange(page.Results);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return all;
    }

    /// <summary>Grades what is pending, as the scheduled job does.</summary>
    public Task<GradingCounts> Grade() =>
        _server.Services.GetRequiredService<GradingRun>().RunIncremental(StudyId, _ => { }, CancellationToken.None);

    public StreamResultsRequest Batch(ulong number, params IEnumerable<LabResult> results) =>
        new() { BatchNumber = number, StudyId = StudyId, Laboratory = Laboratory, Results = { results } };
}

using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Summaries;

/// <summary>
/// One graded study under two rule sets, dosed on 1 March 2021 (day 1), which tests only read. By subject:
/// 01 (A, severe, M): ALT grade 2 on day 5, reviewed possible and not serious; Headache grade 1 on day 46, of which nothing is said.
/// 02 (A, moderate, F): urate over its limit on day 41, grade 3 by CTCAE 5.0 and grade 1 by the protocol's own term.
/// 03 (B, severe, M): LDH grade 1 on day 10, a term of both sets; Pneumothorax grade 3 on day 20, serious, unlikely.
/// 04 (B, no severity): COUGH grade 1 in March, not serious, possible.
/// </summary>
public sealed class EventTableStudy : IAsyncLifetime, IAsyncDisposable
{
    private readonly ServerFixture _server = new();

    public Trial Trial { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await ((IAsyncLifetime)_server).InitializeAsync();
        Trial = await Trial.Create(_server, "ctcae-5.0", "nct04288102");
        await Trial.Register(
            Subject("01", "A", Sex.Male, "severe"), Subject("02", "A", Sex.Female, "moderate"),
            Subject("03", "B", Sex.Male, "severe"), Subject("04", "B", Sex.Unspecified, ""));
        await Trial.Submit(
            Trial.Alt("01-1", "30", "2021-02-28"), Trial.Alt("01-2", "130", "2021-03-05"),
            Result("02-1", "02", "URATE", "300", "umol/L", "150", "420", "2021-02-28"),
            Result("02-2", "02", "URATE", "500", "umol/L", "150", "420", "2021-04-10"),
            Result("03-1", "03", "LDH", "200", "U/L", "120", "250", "2021-02-28"),
            Result("03-2", "03", "LDH", "300", "U/L", "120", "250", "2021-03-10"),
            Result("04-1", "04", "ALT", "60", "U/L", "", "", "2021-03-10"));
        await Trial.Grade();
        await Trial.Events.ReportAdverseEventAsync(new ReportAdverseEventRequest
        {
            StudyId = Trial.StudyId,
            Reports =
            {
                Report("01", "Headache", "Nervous system disorders", "2021-04-15", 1),
                Report("03", "Pneumothorax", "Respiratory disorders", "2021-03-20", 3, YesNo.Yes, Relatedness.Unlikely),
                Report("04", "COUGH", "respiratory disorders", "2021-03", 1, YesNo.No, Relatedness.Possible),
            },
        });
        var alt = (await Trial.Events.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = Trial.StudyId, SubjectId = "01" }))
            .Events.Single(found => found.Source == EventSource.Graded);
        await Trial.Events.ReviewAdverseEventAsync(new ReviewAdverseEventRequest
        {
            StudyId = Trial.StudyId,
            EventId = alt.EventId,
            Relatedness = Relatedness.Possible,
            Serious = YesNo.No,
            Outcome = EventOutcome.Recovered,
        });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <summary>The table under both sets, asked for as <paramref name="change"/> says.</summary>
    public async Task<SummarizeAdverseEventsResponse> Table(Action<SummarizeAdverseEventsRequest> change) =>
        await Trial.Summaries.SummarizeAdverseEventsAsync(Request(change));

    /// <summary>The request of <see cref="Table"/>.</summary>
    public SummarizeAdverseEventsRequest Request(Action<SummarizeAdverseEventsRequest> change)
    {
        var request = new SummarizeAdverseEventsRequest { StudyId = Trial.StudyId, RuleSetIds = { "ctcae-5.0", "nct04288102" } };
        change(request);
        return request;
    }

    private static Subject Subject(string id, string arm, Sex sex, string severity) =>
        new() { SubjectId = id, Arm = arm, Sex = sex, FirstDoseAt = "2021-03-01", Attributes = { ["severity"] = severity } };

    private static LabResult Result(
        string id, string subject, string test, string value, string unit, string low, string high, string collectedAt) => new()
        {
            SourceResultId = id,
            SubjectId = subject,
            TestCode = test,
            ReportedValue = value,
            ReportedUnit = unit,
            ReferenceLow = low,
            ReferenceHigh = high,
            CollectedAt = collectedAt,
        };

    private static EventReport Report(
        string subject, string term, string systemOrganClass, string onset, int grade, YesNo serious = YesNo.Unspecified, Relatedness relatedness = Relatedness.Unspecified) => new()
        {
            SubjectId = subject,
            ReportedTerm = term,
            SystemOrganClass = systemOrganClass,
            Onset = onset,
            Grade = grade,
            Serious = serious,
            Relatedness = relatedness,
        };
}

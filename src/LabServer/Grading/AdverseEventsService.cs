using System.Globalization;
using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Storage;
using LabServer.Studies;
using Event = LabServer.Core.Grading.AdverseEvent;
using RuleSet = LabServer.Core.Grading.RuleSet;
using Study = LabServer.Core.Study;

namespace LabServer.Grading;

internal sealed partial class AdverseEventsService(
    StudyLookup lookup,
    AdverseEventStore events,
    EventLog log,
    ReviewStore reviews,
    ReportedEventStore reported,
    HysLawStore hysLaw,
    TimeProvider time,
    IHostApplicationLifetime lifetime)
    : Api.V1.AdverseEventsService.AdverseEventsServiceBase
{
    [Needs(Permission.ReadEvents)]
    public override Task<ListAdverseEventsResponse> ListAdverseEvents(ListAdverseEventsRequest request, ServerCallContext context)
    {
        var (study, ruleSet) = FindStudy(context, request.StudyId, request.RuleSetId);
        CheckMinimumGrade(request.MinimumGrade);
        var after = PageTokens.Read(request.PageToken, 4);
        var query = new AdverseEventQuery
        {
            StudyKey = study.StudyKey,
            RuleSetId = ruleSet?.Id ?? "",
            SubjectId = request.SubjectId,
            MinimumGrade = request.MinimumGrade,
            Source = Known<Core.Grading.EventSource>((int)request.Source, "source"),
            ReviewState = Known<Core.Grading.ReviewState>((int)request.ReviewState, "review_state"),
            IncludeRemoved = request.IncludeRemoved,
            AfterSubject = after?[0] ?? "",
            AfterTerm = after?[1] ?? "",
            AfterUs = after is null ? 0 : PageTokens.Number(after[2]),
            AfterEvent = after?[3] ?? "",
            Take = PageTokens.Size(request.PageSize),
        };
        var page = events.List(query);
        var rows = PageBytes.Fitting(page.Select(EventMapping.ToMessage));
        return Task.FromResult(new ListAdverseEventsResponse
        {
            Events = { rows },
            NextPageToken = rows.Count == query.Take || rows.Count < page.Count ? Token(page[rows.Count - 1]) : "",
        });
    }

    [Needs(Permission.ReadEvents)]
    public override Task<GetAdverseEventResponse> GetAdverseEvent(GetAdverseEventRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var found = events.FindWhole(study.StudyKey, Required(request.EventId)) ?? throw RpcErrors.NotFound("event", request.EventId);
        return Task.FromResult(new GetAdverseEventResponse
        {
            Event = EventMapping.ToMessage(found.Event),
            Reviews = { found.Reviews.Select(EventMapping.ToMessage) },
            Changes = { found.Changes.Select(EventMapping.ToMessage) },
            Reports = { found.Reports.Select(EventMapping.ToMessage) },
        });
    }

    private (Study Study, RuleSet? RuleSet) FindStudy(ServerCallContext context, string studyId, string ruleSetId) =>
        ruleSetId.Length > 0 ? lookup.Find(context, studyId, ruleSetId) : (lookup.Find(context, studyId), (RuleSet?)null);

    private Event Find(Study study, string eventId) =>
        events.Find(study.StudyKey, Required(eventId)) ?? throw RpcErrors.NotFound("event", eventId);

    private static string Required(string eventId) => eventId.Length > 0
        ? eventId
        : throw RpcErrors.InvalidArgument("EVENT_MISSING", "event_id", "is required");

    private static void CheckMinimumGrade(int grade)
    {
        if (grade is < 0 or > 5)
        {
            throw RpcErrors.InvalidArgument("MINIMUM_GRADE_INVALID", "minimum_grade", "must be from 0 to 5");
        }
    }

    private static T? Known<T>(int value, string field)
        where T : struct, Enum => value == 0 ? null
        : Enum.IsDefined(typeof(T), value) ? (T)Enum.ToObject(typeof(T), value)
        : throw RpcErrors.InvalidArgument("FILTER_UNKNOWN", field, "is none of the known ones");

    private static string Token(Event last) => PageTokens.Write(
        last.SubjectId, last.Term.Name, last.OnsetUs.ToString(CultureInfo.InvariantCulture), last.EventId);
}

using System.Globalization;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Studies;
using Event = LabServer.Core.Grading.AdverseEvent;
using RuleSet = LabServer.Core.Grading.RuleSet;

namespace LabServer.Grading;

internal sealed class AdverseEventsService(StudyLookup lookup, AdverseEventStore events)
    : Api.V1.AdverseEventsService.AdverseEventsServiceBase
{
    public override Task<ListAdverseEventsResponse> ListAdverseEvents(ListAdverseEventsRequest request, ServerCallContext context)
    {
        var (study, ruleSet) = request.RuleSetId.Length > 0
            ? lookup.Find(request.StudyId, request.RuleSetId)
            : (lookup.Find(request.StudyId), (RuleSet?)null);
        var after = PageTokens.Read(request.PageToken, 4);
        var query = new AdverseEventQuery
        {
            StudyKey = study.StudyKey,
            RuleSetId = ruleSet?.Id ?? "",
            SubjectId = request.SubjectId,
            MinimumGrade = request.MinimumGrade,
            AfterSubject = after?[0] ?? "",
            AfterTerm = after?[1] ?? "",
            AfterUs = after is null ? 0 : PageTokens.Number(after[2]),
            AfterEvent = after?[3] ?? "",
            Take = PageTokens.Size(request.PageSize),
        };
        var page = events.List(query);
        return Task.FromResult(new ListAdverseEventsResponse
        {
            Events = { page.Select(ToMessage) },
            NextPageToken = page.Count == query.Take ? Token(page[^1]) : "",
        });
    }

    private static string Token(Event last) => PageTokens.Write(
        last.SubjectId, last.Term.Name, last.OnsetUs.ToString(CultureInfo.InvariantCulture), last.EventId);

    private static Api.V1.AdverseEvent ToMessage(Event found)
    {
        var message = new Api.V1.AdverseEvent
        {
            EventId = found.EventId,
            RuleSetId = RuleSetReference.Read(found.RuleSetId).Name,
            RuleSetVersion = RuleSetReference.Read(found.RuleSetId).Version ?? 1,
            SubjectId = found.SubjectId,
            Term = found.Term.Name,
            SystemOrganClass = found.Term.SystemOrganClass,
            Direction = (Api.V1.ToxicityDirection)found.Term.Direction,
            Onset = found.Onset,
            End = found.EndedAt ?? "",
            WorstGrade = found.WorstGrade,
            History =
            {
                found.History.Select(point => new Api.V1.GradePoint
                {
                    CollectedAt = point.CollectedAt,
                    Grade = point.Grade,
                    Laboratory = point.Laboratory,
                    SourceResultId = point.SourceResultId,
                }),
            },
        };
        if (found.BaselineGrade is { } baseline)
        {
            message.BaselineGrade = baseline;
        }

        return message;
    }
}

using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Summaries;

namespace LabServer.Summaries;

internal sealed partial class SummariesService
{
    [Needs(Permission.ReadSummaries)]
    public override Task<SummarizeAdverseEventsResponse> SummarizeAdverseEvents(
        SummarizeAdverseEventsRequest request, ServerCallContext context)
    {
        var (study, ruleSets) = lookup.Find(context, request.StudyId, request.RuleSetId, request.RuleSetIds);
        var query = IncidenceMapping.ToQuery(request, [.. ruleSets.Select(set => set.Id)]);
        if (IncidenceChecks.Check(query) is { Count: > 0 } faults)
        {
            throw RpcErrors.InvalidArgument(faults[0].WireCode, faults.Select(fault => (fault.Field, fault.Message)));
        }

        strata.Require(context, study, query.SplitBy, query.Arms, query.Compare);
        var summary = summaries.Incidence(study, context.SightOf(study), query);
        var response = IncidenceMapping.ToMessage(summary.Whole);
        response.StudyId = study.StudyId;
        response.RuleSetIds.Add(new[] { request.RuleSetId }.Where(id => id.Length > 0).Concat(request.RuleSetIds).Distinct());
        response.RuleSetId = string.Join(',', response.RuleSetIds);
        response.Pending = series.CountPending(study.StudyKey);
        response.Strata.Add(summary.Strata.Select(IncidenceMapping.ToStratum));
        return Task.FromResult(response);
    }
}

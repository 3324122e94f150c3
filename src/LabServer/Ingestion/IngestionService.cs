using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Studies;

namespace LabServer.Ingestion;

internal sealed partial class IngestionService(
    StudyLookup lookup, ResultLookup resultLookup, ResultIntake intake, ResultStore results, CurrentCatalogue catalogue,
    DerivationStore derivations, IHostApplicationLifetime lifetime)
    : Api.V1.IngestionService.IngestionServiceBase
{
    public override async Task<SubmitResultsResponse> SubmitResults(SubmitResultsRequest request, ServerCallContext context)
    {
        var outcomes = await intake.Take(
            request.StudyId, request.Laboratory, request.Results, context.CallerName(), context.CancellationToken);
        return new SubmitResultsResponse { Outcome = ResultMapping.ToMessage(outcomes) };
    }

    public override Task<ListResultsResponse> ListResults(ListResultsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(request.StudyId);
        var take = PageTokens.Size(request.PageSize);
        var page = results.List(study.StudyKey, request.SubjectId, request.TestCode, !request.ExcludeDerived, PageTokens.ReadNumber(request.PageToken), take);
        return Task.FromResult(new ListResultsResponse
        {
            Results = { page.Select(ToMessage) },
            NextPageToken = page.Count == take ? PageTokens.Write(page[^1].ResultKey) : "",
        });
    }

    public override Task<GetResultResponse> GetResult(GetResultRequest request, ServerCallContext context)
    {
        var study = lookup.Find(request.StudyId);
        var versions = resultLookup.Find(study, request.Laboratory, request.SourceResultId);
        return Task.FromResult(new GetResultResponse { Versions = { versions.Select(ToMessage) } });
    }

    public override Task<ListHeldResultsResponse> ListHeldResults(ListHeldResultsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(request.StudyId);
        var take = PageTokens.Size(request.PageSize);
        var page = results.ListHeld(study.StudyKey, PageTokens.ReadNumber(request.PageToken), take);
        return Task.FromResult(new ListHeldResultsResponse
        {
            Results = { page.Select(ToMessage) },
            NextPageToken = page.Count == take ? PageTokens.Write(page[^1].ResultKey) : "",
        });
    }

    public override Task<ListRejectedResultsResponse> ListRejectedResults(ListRejectedResultsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(request.StudyId);
        var take = PageTokens.Size(request.PageSize);
        var page = results.ListRejected(study.StudyKey, PageTokens.ReadNumber(request.PageToken), take);
        return Task.FromResult(new ListRejectedResultsResponse
        {
            Results = { page.Select(ResultMapping.ToMessage) },
            NextPageToken = page.Count == take ? PageTokens.Write(page[^1].RejectedKey) : "",
        });
    }

    private Api.V1.StoredResult ToMessage(Core.Storage.StoredResult stored) =>
        ResultMapping.ToMessage(stored, catalogue.Value, stored.IsDerived ? derivations.Find(stored.ResultKey) : null);
}

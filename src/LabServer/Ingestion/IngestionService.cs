using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Derivation;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Studies;

namespace LabServer.Ingestion;

internal sealed partial class IngestionService(
    StudyLookup lookup, ResultLookup resultLookup, ResultIntake intake, ResultStore results, FlagStore flags,
    DerivationStore derivations, CurrentCatalogue catalogue, IHostApplicationLifetime lifetime)
    : Api.V1.IngestionService.IngestionServiceBase
{
    [Needs(Permission.PushResults)]
    public override async Task<SubmitResultsResponse> SubmitResults(SubmitResultsRequest request, ServerCallContext context)
    {
        var outcomes = await intake.Take(
            context, request.StudyId, request.Laboratory, request.Results, context.CancellationToken);
        return new SubmitResultsResponse { Outcome = ResultMapping.ToMessage(outcomes) };
    }

    [Needs(Permission.ReadResults)]
    public override Task<ListResultsResponse> ListResults(ListResultsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var take = PageTokens.Size(request.PageSize);
        var page = results.List(
            study.StudyKey, request.SubjectId, request.TestCode, !request.ExcludeDerived, PageTokens.ReadNumber(request.PageToken), take,
            context.Caller().Laboratories);
        var rows = PageBytes.Fitting(ToMessages(page, context));
        return Task.FromResult(new ListResultsResponse
        {
            Results = { rows },
            NextPageToken = rows.Count == take || rows.Count < page.Count ? PageTokens.Write(page[rows.Count - 1].ResultKey) : "",
        });
    }

    [Needs(Permission.ReadResults)]
    public override Task<GetResultResponse> GetResult(GetResultRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var versions = resultLookup.Find(study, request.Laboratory, request.SourceResultId, context.Caller().Laboratories);
        return Task.FromResult(new GetResultResponse { Versions = { ToMessages(versions, context) } });
    }

    [Needs(Permission.ReadResults)]
    public override Task<ListHeldResultsResponse> ListHeldResults(ListHeldResultsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var take = PageTokens.Size(request.PageSize);
        var page = results.ListHeld(study.StudyKey, PageTokens.ReadNumber(request.PageToken), take, context.Caller().Laboratories);
        var rows = PageBytes.Fitting(page.Select(ToMessage));
        return Task.FromResult(new ListHeldResultsResponse
        {
            Results = { rows },
            NextPageToken = rows.Count == take || rows.Count < page.Count ? PageTokens.Write(page[rows.Count - 1].ResultKey) : "",
        });
    }

    [Needs(Permission.ReadResults)]
    public override Task<ListRejectedResultsResponse> ListRejectedResults(ListRejectedResultsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var take = PageTokens.Size(request.PageSize);
        var keys = new List<long>();
        var rows = PageBytes.Fitting(
            results.ListRejected(study.StudyKey, PageTokens.ReadNumber(request.PageToken), take, context.Caller().Laboratories).Select(rejected =>
            {
                keys.Add(rejected.RejectedKey);
                return ResultMapping.ToMessage(rejected);
            }));
        return Task.FromResult(new ListRejectedResultsResponse
        {
            Results = { rows },
            NextPageToken = rows.Count == take || rows.Count < keys.Count ? PageTokens.Write(keys[rows.Count - 1]) : "",
        });
    }

    [Needs(Permission.ReadFlags)]
    public override Task<ListFlaggedResultsResponse> ListFlaggedResults(ListFlaggedResultsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        if (!Enum.IsDefined(request.Flag))
        {
            throw RpcErrors.InvalidArgument("FLAG_UNKNOWN", "flag", "is none of the known flags");
        }

        var take = PageTokens.Size(request.PageSize);
        FlagKind? kind = request.Flag == QualityFlag.Unspecified ? null : (FlagKind)request.Flag;
        var keys = flags.FlaggedResults(study.StudyKey, kind, request.SubjectId, request.TestCode, PageTokens.ReadNumber(request.PageToken), take);
        var raised = flags.Of(keys);
        var rows = PageBytes.Fitting(results.ByKeys(study.StudyKey, keys).Select(stored => ToMessage(stored, raised[stored.ResultKey])));
        return Task.FromResult(new ListFlaggedResultsResponse
        {
            Results = { rows },
            NextPageToken = rows.Count == take || rows.Count < keys.Count ? PageTokens.Write(keys[rows.Count - 1]) : "",
        });
    }

    private IEnumerable<Api.V1.StoredResult> ToMessages(IReadOnlyList<Core.Storage.StoredResult> page, ServerCallContext context)
    {
        // A flag says something of other laboratories' results as well.
        var raised = flags.Of(context.Caller().May(Permission.ReadFlags) ? page.Select(stored => stored.ResultKey) : []);
        return page.Select(stored => ToMessage(stored, raised[stored.ResultKey]).Result);
    }

    private FlaggedResult ToMessage(Core.Storage.StoredResult stored, IEnumerable<Core.Storage.ResultFlag> raised) =>
        ResultMapping.ToMessage(stored, raised, catalogue.Value, DerivationOf(stored));

    private Api.V1.StoredResult ToMessage(Core.Storage.StoredResult stored) =>
        ResultMapping.ToMessage(stored, catalogue.Value, DerivationOf(stored));

    private DerivedFrom? DerivationOf(Core.Storage.StoredResult stored) => stored.IsDerived ? derivations.Find(stored.ResultKey) : null;
}

using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Audit;
using LabServer.Core.Access;
using LabServer.Core.Audit;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Ingestion;

internal sealed class CatalogueService(CurrentCatalogue current, CatalogueStore catalogue) : Api.V1.CatalogueService.CatalogueServiceBase
{
    [Needs(Permission.ReadCatalogue)]
    public override Task<ListTestsResponse> ListTests(ListTestsRequest request, ServerCallContext context)
    {
        var after = PageTokens.Read(request.PageToken, 1)?[0] ?? "";
        var take = PageTokens.Size(request.PageSize);
        var page = current.Value.Tests
            .Where(test => string.CompareOrdinal(test.Key, after) > 0)
            .OrderBy(test => test.Key, StringComparer.Ordinal)
            .Take(take)
            .ToList();
        return Task.FromResult(new ListTestsResponse
        {
            Tests = { page.Select(ToMessage) },
            NextPageToken = page.Count == take ? PageTokens.Write(page[^1].Key) : "",
        });
    }

    [Needs(Permission.ChangeCatalogue)]
    public override async Task<RegisterTestAliasResponse> RegisterTestAlias(RegisterTestAliasRequest request, ServerCallContext context)
    {
        CheckName(request.Alias, "alias");
        var by = context.Author(ReasonChecks.Checked(request.Reason));
        var test = Find(request.TestKey);
        var isNew = await catalogue.RegisterAlias(request.Alias, test.Key, by, context.CancellationToken);
        var released = await Release(by);
        if (!isNew)
        {
            throw RpcErrors.AlreadyExists("test code", request.Alias);
        }

        return new RegisterTestAliasResponse { Test = ToMessage(Find(test.Key)), ReleasedResults = released };
    }

    [Needs(Permission.ChangeCatalogue)]
    public override async Task<RegisterUnitSynonymResponse> RegisterUnitSynonym(
        RegisterUnitSynonymRequest request, ServerCallContext context)
    {
        CheckName(request.ReportedUnit, "reported_unit");
        var by = context.Author(ReasonChecks.Checked(request.Reason));
        var test = Find(request.TestKey);
        if (test.Units.All(unit => unit.Code != request.Unit))
        {
            throw RpcErrors.InvalidArgument(
                "UNIT_NOT_OF_TEST", "unit", $"{test.Key} can be reported in {string.Join(", ", test.Units.Select(unit => unit.Code))}");
        }

        var isNew = await catalogue.RegisterUnitSynonym(test.Key, request.ReportedUnit, request.Unit, by, context.CancellationToken);
        var released = await Release(by);
        if (!isNew)
        {
            throw RpcErrors.AlreadyExists("unit spelling", request.ReportedUnit);
        }

        return new RegisterUnitSynonymResponse { Test = ToMessage(Find(test.Key)), ReleasedResults = released };
    }

    // Not the caller's to cancel. Also where nothing was new: a call before may have been ended, by a full disk for instance,
    // between what it registered and the release, and what waits would wait until the next start.
    private Task<int> Release(Author by) => catalogue.ReleaseKnown(by, CancellationToken.None);

    private static void CheckName(string text, string field)
    {
        if (!NameChecks.IsName(text, ResultChecks.MaxTextLength))
        {
            throw RpcErrors.InvalidArgument(
                "NAME_MALFORMED", field, $"must be 1 to {ResultChecks.MaxTextLength} characters without control characters or surrounding blanks");
        }
    }

    private TestDefinition Find(string key) => current.Value.FindKey(key) ?? throw RpcErrors.NotFound("test", key);

    private static Test ToMessage(TestDefinition test) => new()
    {
        Key = test.Key,
        Code = test.Code,
        Name = test.Name,
        Specimen = test.Specimen,
        Aliases = { test.Aliases },
        Loinc = { test.Loinc },
        StandardUnit = test.StandardUnit ?? "",
        Units = { test.Units.Select(unit => unit.Code) },
    };
}

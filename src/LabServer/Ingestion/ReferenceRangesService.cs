using System.Globalization;
using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Studies;

namespace LabServer.Ingestion;

internal sealed class ReferenceRangesService(
    StudyLookup lookup, ReferenceRangeStore ranges, OutdatedRanges outdated, CurrentCatalogue catalogue)
    : Api.V1.ReferenceRangesService.ReferenceRangesServiceBase
{
    [Needs(Permission.ChangeRanges)]
    public override async Task<ImportReferenceRangesResponse> ImportReferenceRanges(
        ImportReferenceRangesRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        CheckImport(request);
        var sent = request.Ranges.Select(ReferenceRangeMapping.ToSent).ToList();

        // Another import may come between the check and the writer; then what it stored is checked against.
        while (true)
        {
            var newest = ranges.Newest(study.StudyKey, request.Laboratory);
            var check = LaboratoryRangeChecks.Check(sent, catalogue.Value, request.Add ? newest.Ranges : []);
            if (check.Ranges.Count > LaboratoryRangeChecks.MaximumRanges)
            {
                throw TooMany(check.Ranges.Count);
            }

            if (check.Faults.Count > 0 || request.ValidateOnly)
            {
                return new ImportReferenceRangesResponse { Faults = { check.Faults.Select(ReferenceRangeMapping.ToMessage) } };
            }

            var import = new RangeImportRequest(
                request.Laboratory, newest.Version, check.Ranges, request.Apply, context.CallerName(), request.Reason);
            if (await ranges.Import(study, import, context.CancellationToken) is { } stored)
            {
                return new ImportReferenceRangesResponse
                {
                    Version = stored.Version,
                    Created = stored.IsNew,
                    Ranges = check.Ranges.Count,
                    InForce = stored.InForce,
                    MarkedSeries = stored.MarkedSeries,
                };
            }
        }
    }

    [Needs(Permission.ChangeRanges)]
    public override async Task<ApplyReferenceRangesResponse> ApplyReferenceRanges(
        ApplyReferenceRangesRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var violations = new List<(string Field, string Description)>();
        if (NameChecks.FaultOfLaboratory(request.Laboratory) is { } fault)
        {
            violations.Add(("laboratory", fault));
        }

        CheckName(request.Reason, "reason", violations);
        if (!request.HasVersion)
        {
            violations.Add(("version", "is required"));
        }

        if (violations.Count > 0)
        {
            throw RpcErrors.InvalidArgument("APPLICATION_INVALID", violations);
        }

        var applied = await ranges.Apply(
            study, request.Laboratory, request.Version, context.CallerName(), request.Reason, context.CancellationToken)
            ?? throw RpcErrors.NotFound(
                "reference range version", string.Create(CultureInfo.InvariantCulture, $"{request.Version} of {request.Laboratory}"));
        return new ApplyReferenceRangesResponse
        {
            Version = applied.Version,
            VersionBefore = applied.Before,
            MarkedSeries = applied.MarkedSeries,
        };
    }

    [Needs(Permission.ReadRanges)]
    public override Task<ListReferenceRangesResponse> ListReferenceRanges(ListReferenceRangesRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var after = PageTokens.Read(request.PageToken, 2);
        var query = new RangeQuery
        {
            StudyKey = study.StudyKey,
            Laboratory = request.Laboratory,
            Version = request.HasVersion ? request.Version : null,
            Test = request.TestCode.Length > 0 ? FindTest(request.TestCode).Key : "",
            AfterLaboratory = after?[0] ?? "",
            AfterPosition = after is null ? 0 : (int)PageTokens.Number(after[1]),
            Take = PageTokens.Size(request.PageSize),
        };
        var page = ranges.List(query);
        return Task.FromResult(new ListReferenceRangesResponse
        {
            Ranges = { page.Select(ReferenceRangeMapping.ToMessage) },
            NextPageToken = page.Count == query.Take ? Token(page[^1].Laboratory, page[^1].Position) : "",
        });
    }

    [Needs(Permission.ReadRanges)]
    public override Task<ListReferenceRangeVersionsResponse> ListReferenceRangeVersions(
        ListReferenceRangeVersionsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var after = PageTokens.Read(request.PageToken, 2);
        var take = PageTokens.Size(request.PageSize);
        var page = ranges.Versions(
            study.StudyKey, request.Laboratory, after?[0] ?? "", after is null ? 0 : (int)PageTokens.Number(after[1]), take);
        return Task.FromResult(new ListReferenceRangeVersionsResponse
        {
            Versions = { page.Select(ReferenceRangeMapping.ToMessage) },
            NextPageToken = page.Count == take ? Token(page[^1].Laboratory, page[^1].Version) : "",
        });
    }

    [Needs(Permission.ReadRanges)]
    public override Task<ListOutdatedRangesResponse> ListOutdatedRanges(ListOutdatedRangesRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        return Task.FromResult(new ListOutdatedRangesResponse
        {
            Ranges = { outdated.Find(study, context.CancellationToken).Select(ReferenceRangeMapping.ToMessage) },
        });
    }

    private static void CheckImport(ImportReferenceRangesRequest request)
    {
        var violations = new List<(string Field, string Description)>();
        if (NameChecks.FaultOfLaboratory(request.Laboratory) is { } fault)
        {
            violations.Add(("laboratory", fault));
        }

        if (request.Reason.Length > 0)
        {
            CheckName(request.Reason, "reason", violations);
        }

        // An empty file would take every range out of the next version; that is what applying version 0 is for.
        if (request.Ranges.Count == 0)
        {
            violations.Add(("ranges", "is required"));
        }

        if (violations.Count > 0)
        {
            throw RpcErrors.InvalidArgument("IMPORT_INVALID", violations);
        }

        if (request.Ranges.Count > LaboratoryRangeChecks.MaximumRanges)
        {
            throw TooMany(request.Ranges.Count);
        }
    }

    private static void CheckName(string text, string field, List<(string Field, string Description)> violations)
    {
        if (text.Length == 0)
        {
            violations.Add((field, "is required"));
        }
        else if (!NameChecks.IsName(text, ResultChecks.MaxTextLength))
        {
            violations.Add((field, $"must be 1 to {ResultChecks.MaxTextLength} characters without control characters or surrounding blanks"));
        }
    }

    private static RpcException TooMany(int count) => RpcErrors.InvalidArgument(
        "TOO_MANY_RANGES", "ranges", $"are {count} in all, a version holds at most {LaboratoryRangeChecks.MaximumRanges}");

    private static string Token(string laboratory, int place) => PageTokens.Write(laboratory, place.ToString(CultureInfo.InvariantCulture));

    private TestDefinition FindTest(string code) =>
        catalogue.Value.FindKey(code) ?? catalogue.Value.Find(code) ?? throw RpcErrors.NotFound("test", code);
}

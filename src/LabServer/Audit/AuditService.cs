using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core;
using LabServer.Core.Access;
using LabServer.Core.Audit;
using LabServer.Core.Storage;
using LabServer.Grading;
using LabServer.Studies;
using AuditEntry = LabServer.Core.Audit.AuditEntry;

namespace LabServer.Audit;

internal sealed partial class AuditService(AuditTrail trail, StudyLookup lookup) : Api.V1.AuditService.AuditServiceBase
{
    // What a chunk of the export holds at least, but for the last.
    private const int ChunkBytes = 256 * 1024;

    [Needs(Permission.ReadAudit)]
    public override Task<ListAuditEntriesResponse> ListAuditEntries(ListAuditEntriesRequest request, ServerCallContext context)
    {
        // First, so that nothing else tells a study that there is not from one that is another's.
        var studyId = request.StudyId.Length > 0 ? lookup.Find(context, request.StudyId).StudyId : "";
        if (request.Action.Length > 0 && !AuditAction.All.Contains(request.Action))
        {
            throw RpcErrors.InvalidArgument("FILTER_UNKNOWN", "action", $"is none of {string.Join(", ", AuditAction.All)}");
        }

        var query = new AuditQuery
        {
            StudyId = studyId,
            Studies = context.Caller().Studies,
            Caller = request.Caller,
            Action = request.Action,
            FromUs = Us(request.From, "from") ?? long.MinValue,
            ToUs = Us(request.To, "to") ?? long.MaxValue,
            Before = request.PageToken.Length == 0 ? long.MaxValue : PageTokens.ReadNumber(request.PageToken),
            Take = PageTokens.Size(request.PageSize),
        };
        var page = trail.List(query, context.SightOfTrail());
        var rows = PageBytes.Fitting(page.Select(AuditMapping.ToMessage));
        return Task.FromResult(new ListAuditEntriesResponse
        {
            Entries = { rows },
            NextPageToken = rows.Count == query.Take || rows.Count < page.Count ? PageTokens.Write(page[rows.Count - 1].Number) : "",
        });
    }

    [Needs(Permission.CheckAudit)]
    public override async Task ExportAuditTrail(
        ExportAuditTrailRequest request, IServerStreamWriter<ExportAuditTrailResponse> responseStream, ServerCallContext context)
    {
        if (request.After < 0)
        {
            throw RpcErrors.InvalidArgument("EXPORT_INVALID", "after", "must be at least 0");
        }

        // Before the first byte: what has left the server is on the trail, also where the caller breaks off.
        await trail.Note(
            AuditEntry.Of(context.Author(ReasonChecks.Checked(request.Reason)), AuditAction.TrailExported) with
            {
                After = AuditJson.Write(new { request.After }),
            },
            context.CancellationToken);
        var last = trail.Anchor().Number;
        var (chunk, bytes) = (new ExportAuditTrailResponse { LastNumber = last }, 0);
        foreach (var stored in trail.Read(request.After, last, context.SightOfTrail()))
        {
            var entry = AuditMapping.ToMessage(stored);
            chunk.Entries.Add(entry);
            bytes += entry.CalculateSize();
            if (bytes >= ChunkBytes)
            {
                context.RequireStillKnown();
                await responseStream.WriteAsync(chunk, context.CancellationToken);
                (chunk, bytes) = (new ExportAuditTrailResponse { LastNumber = last }, 0);
            }
        }

        if (chunk.Entries.Count > 0)
        {
            await responseStream.WriteAsync(chunk, context.CancellationToken);
        }
    }

    [Needs(Permission.CheckAudit)]
    public override Task<GetAuditAnchorResponse> GetAuditAnchor(GetAuditAnchorRequest request, ServerCallContext context) =>
        Task.FromResult(new GetAuditAnchorResponse { Anchor = AuditMapping.ToMessage(trail.Anchor()) });

    private static long? Us(Timestamp? at, string field) => at is null ? null
        : EventMapping.IsTimestamp(at) ? Clock.ToUs(at.ToDateTimeOffset())
        : throw RpcErrors.InvalidArgument("FILTER_INVALID", field, "is not a time");
}

using Google.Protobuf;
using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Audit;
using LabServer.Core.Access;
using LabServer.Core.Audit;
using LabServer.Core.Summaries;
using AuditEntry = LabServer.Core.Audit.AuditEntry;
using Format = LabServer.Api.V1.DatasetFormat;

namespace LabServer.Summaries;

internal sealed partial class SummariesService
{
    // What a chunk of an export holds at least, but for the last.
    private const int ChunkBytes = 64 * 1024;

    [Needs(Permission.Export)]
    public override async Task ExportDataset(
        ExportDatasetRequest request, IServerStreamWriter<ExportDatasetResponse> responseStream, ServerCallContext context)
    {
        var by = context.Author(ReasonChecks.Checked(request.Reason));
        using var dataset = Open(context, request);

        // Before the first byte: what has left the server is on the trail, also where the caller breaks off.
        await audit.Note(
            AuditEntry.Of(by, AuditAction.DatasetExported, request.StudyId, ((DatasetKind)request.Dataset).ToString()) with
            {
                After = AuditJson.Write(new
                {
                    Format = request.Format.ToString(),
                    request.RuleSetId,
                    Rows = dataset.TotalRows,
                    // Whether arms have left with it.
                    Arms = context.Caller().SightOf(request.StudyId) == ArmSight.Unblinded,
                }),
            },
            context.CancellationToken);
        var reader = readers.Of(context);
        using var buffer = new MemoryStream();
        await using var writer = Writer(request.Format, buffer);
        var rows = 0L;
        writer.Begin(dataset);
        foreach (var cells in dataset.Rows())
        {
            reader.ThrowIfOver();
            writer.Write(cells);
            rows++;
            if (buffer.Length >= ChunkBytes)
            {
                await Send();
            }
        }

        writer.End();
        await Send();

        // Waits while the client is slow: until the chunk is taken nothing more is read.
        async Task Send()
        {
            context.RequireStillKnown();
            await reader.Take(responseStream.WriteAsync(
                new ExportDatasetResponse
                {
                    Content = ByteString.CopyFrom(buffer.GetBuffer(), 0, (int)buffer.Length),
                    Rows = rows,
                    TotalRows = dataset.TotalRows,
                },
                context.CancellationToken));
            buffer.SetLength(0);
        }
    }

    private OpenDataset Open(ServerCallContext context, ExportDatasetRequest request)
    {
        var kind = (DatasetKind)request.Dataset;
        var withoutRuleSet = DatasetExports.Find(kind) is { NeedsRuleSet: false } && request.RuleSetId.Length == 0;
        var (study, ruleSet) = withoutRuleSet ? (lookup.Find(context, request.StudyId), null) : lookup.Find(context, request.StudyId, request.RuleSetId);
        if (DatasetExports.Find(kind) is null)
        {
            throw RpcErrors.InvalidArgument("DATASET_UNKNOWN", "dataset", "must be DATASET_LB, DATASET_AE, DATASET_ADLB or DATASET_ADAE");
        }

        if (!Enum.IsDefined(request.Format))
        {
            throw RpcErrors.InvalidArgument(
                "FORMAT_UNKNOWN", "format", "must be DATASET_FORMAT_CSV, DATASET_FORMAT_DATASET_JSON or DATASET_FORMAT_DATASET_NDJSON");
        }

        return exports.Open(kind, study, context.SightOf(study), ruleSet);
    }

    private static DatasetWriter Writer(Format format, Stream stream) => format switch
    {
        Format.DatasetJson => new DatasetJsonWriter(stream, lines: false),
        Format.DatasetNdjson => new DatasetJsonWriter(stream, lines: true),
        _ => new CsvDatasetWriter(stream),
    };
}

using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Audit;

namespace LabServer.Audit;

internal sealed partial class AuditService
{
    private const int EntriesBetweenMessages = 2_000;
    private const int FaultsInAMessage = 500;

    [Needs(Permission.CheckAudit)]
    public override async Task VerifyAuditTrail(
        VerifyAuditTrailRequest request, IServerStreamWriter<VerifyAuditTrailResponse> responseStream, ServerCallContext context)
    {
        var check = new AuditCheck(AuditMapping.ToAnchor(request.Anchor));
        var total = trail.Anchor().Number;
        var (entries, sent) = (0L, 0L);
        var message = new VerifyAuditTrailResponse { TotalEntries = total };

        // With what tells arms, which is hashed too; no fault quotes an entry.
        foreach (var stored in trail.Read(after: long.MinValue, total, Core.Access.ArmSight.Unblinded))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            message.Faults.AddRange(check.Next(stored).Select(AuditMapping.ToMessage));
            if (request.Results)
            {
                message.Faults.AddRange(trail.CheckResults(stored).Select(AuditMapping.ToMessage));
            }

            entries++;
            if (entries - sent >= EntriesBetweenMessages || message.Faults.Count >= FaultsInAMessage)
            {
                context.RequireStillKnown();
                sent = entries;
                message.Entries = entries;
                await responseStream.WriteAsync(message, context.CancellationToken);
                message = new VerifyAuditTrailResponse { TotalEntries = total };
            }
        }

        message.Entries = entries;
        if (request.Results)
        {
            message.Faults.AddRange(trail.CheckUnaudited(check.Number).Select(AuditMapping.ToMessage));
        }

        message.Faults.AddRange(check.Finish().Select(AuditMapping.ToMessage));
        message.End = AuditMapping.ToMessage(check.End);
        await responseStream.WriteAsync(message, context.CancellationToken);
    }
}

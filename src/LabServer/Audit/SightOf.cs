using Grpc.Core;
using LabServer.Access;
using LabServer.Core.Audit;

namespace LabServer.Audit;

internal static class SightOf
{
    /// <summary>
    /// Whether a caller sees what entries say of arms. The one place that decides it for the trail: with keys by role, what
    /// they say of the caller's sight belongs here.
    /// </summary>
    public static AuditSight AuditSight(this ServerCallContext context) =>
        context.CallerName() == Caller.Admin ? Core.Audit.AuditSight.Unblinded : Core.Audit.AuditSight.Blinded;
}

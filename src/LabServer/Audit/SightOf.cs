using Grpc.Core;
using LabServer.Access;
using LabServer.Core.Access;

namespace LabServer.Audit;

internal static class SightOf
{
    /// <summary>
    /// Whether a caller sees what entries say of arms. The trail is of all studies, so that only who sees the arms of all of
    /// them does: an auditor reads it without.
    /// </summary>
    public static ArmSight SightOfTrail(this ServerCallContext context) =>
        context.Caller().Role == Role.Admin ? ArmSight.Unblinded : ArmSight.Blinded;
}

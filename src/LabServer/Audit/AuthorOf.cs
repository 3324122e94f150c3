using Grpc.Core;
using LabServer.Access;
using LabServer.Core.Audit;

namespace LabServer.Audit;

internal static class AuthorOf
{
    /// <summary>Who makes the change of a call, and why: for its entry in the audit trail.</summary>
    public static Author Author(this ServerCallContext context, string reason = "") => new(context.CallerName(), reason);
}

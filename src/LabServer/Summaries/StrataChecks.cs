using Grpc.Core;
using LabServer.Access;
using LabServer.Core;
using LabServer.Core.Storage;

namespace LabServer.Summaries;

/// <summary>What every summary request says of strata and arms.</summary>
internal static class StrataChecks
{
    /// <exception cref="RpcException">
    /// PERMISSION_DENIED: arms are named by who is blinded, whether there are such or not; INVALID_ARGUMENT: an attribute or arm
    /// that there is not, or not two arms to compare.
    /// </exception>
    public static void Require(
        this StrataStore strata, ServerCallContext context, Study study, string splitBy, IReadOnlyList<string> arms, bool compared)
    {
        if (arms.Count > 0 || compared)
        {
            context.RequireSight(study);
        }

        if (strata.Check(study, splitBy, arms, compared) is { Count: > 0 } faults)
        {
            throw RpcErrors.InvalidArgument(faults[0].WireCode, faults.Select(fault => (fault.Field, fault.Message)));
        }
    }
}

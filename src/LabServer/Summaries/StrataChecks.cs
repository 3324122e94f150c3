using LabServer.Core;
using LabServer.Core.Storage;

namespace LabServer.Summaries;

/// <summary>What every summary request says of strata and arms.</summary>
internal static class StrataChecks
{
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: an attribute or arm that there is not, or not two arms to compare.</exception>
    public static void Require(this StrataStore strata, Study study, string splitBy, IReadOnlyList<string> arms, bool compared)
    {
        if (strata.Check(study, splitBy, arms, compared) is { Count: > 0 } faults)
        {
            throw RpcErrors.InvalidArgument(faults[0].WireCode, faults.Select(fault => (fault.Field, fault.Message)));
        }
    }
}

using Grpc.Core;
using LabServer.Api;

namespace LabServer.Tests.Support;

/// <summary>Calls that the server must refuse.</summary>
internal static class Refused
{
    /// <summary>The fault of a call that fails with this status and reason.</summary>
    public static async Task<RpcFault> With<T>(StatusCode code, string reason, AsyncUnaryCall<T> call) =>
        Is(code, reason, await Assert.ThrowsAsync<RpcException>(async () => await call));

    /// <inheritdoc cref="With{T}"/>
    public static async Task<RpcFault> With(StatusCode code, string reason, Func<Task> call) =>
        Is(code, reason, await Assert.ThrowsAsync<RpcException>(call));

    private static RpcFault Is(StatusCode code, string reason, RpcException exception)
    {
        var fault = RpcFault.Read(exception);
        Assert.Equal((code, reason), (fault.Code, fault.Reason));
        return fault;
    }

    /// <summary>The fields that a fault names, in order.</summary>
    public static IEnumerable<string> Fields(this RpcFault fault) => fault.Violations.Select(violation => violation.Field);
}

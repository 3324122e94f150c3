using Grpc.Core;
using LabServer.Core.Access;
using LabServer.Limits;

namespace LabServer.Access;

/// <summary>
/// Lets a call through to what it asks for, or refuses it. Stands before the endpoint and not in an interceptor: a request
/// is decoded before any interceptor runs, and who may not call must not make the server unpack anything.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, CallerReader callers, CallLimits limits)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            await next(context);
            return;
        }

        IDisposable open;
        try
        {
            open = endpoint.Metadata.GetMetadata<OpenAttribute>() is null
                ? await Begin(context, endpoint)
                : limits.Begin(context.Connection.RemoteIpAddress);
        }
        catch (RpcException refused)
        {
            await Refusal.Write(context, refused);
            return;
        }

        using (open)
        {
            await next(context);
        }
    }

    private async ValueTask<IDisposable> Begin(HttpContext context, Endpoint endpoint)
    {
        var found = await Known(context);
        // Counted whether or not it is permitted: being refused costs the others as much.
        var open = limits.Begin(found.Caller.Name);
        // What has no policy of its own is what gRPC answers for methods that there are not.
        var needed = endpoint.Metadata.GetMetadata<NeedsAttribute>()?.Permission ?? Permission.Call;
        if (!found.Caller.May(needed))
        {
            open.Dispose();
            throw RpcErrors.PermissionMissing(needed.ToString());
        }

        context.Features.Set(found);
        return open;
    }

    private async ValueTask<KnownCaller> Known(HttpContext context)
    {
        try
        {
            return await callers.Read(context);
        }
        catch (RpcException)
        {
            limits.Refuse(context.Connection.RemoteIpAddress);
            throw;
        }
    }
}

using Grpc.Core;
using LabServer.Core.Access;

namespace LabServer.Access;

/// <summary>
/// Lets a call through to what it asks for, or refuses it. Stands before the endpoint and not in an interceptor: a request
/// is decoded before any interceptor runs, and who may not call must not make the server unpack anything.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, CallerReader callers)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<OpenAttribute>() is null)
        {
            try
            {
                var found = await callers.Read(context);
                // What has no policy of its own is what gRPC answers for methods that there are not.
                var needed = endpoint.Metadata.GetMetadata<NeedsAttribute>()?.Permission ?? Permission.Call;
                if (!found.Caller.May(needed))
                {
                    throw RpcErrors.PermissionMissing(needed.ToString());
                }

                context.Features.Set(found);
            }
            catch (RpcException refused)
            {
                await Refusal.Write(context, refused);
                return;
            }
        }

        await next(context);
    }
}

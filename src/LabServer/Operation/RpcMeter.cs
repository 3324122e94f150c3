using System.Diagnostics;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using LabServer.Access;
using Microsoft.AspNetCore.Http.Features;

namespace LabServer.Operation;

/// <summary>Measures each RPC, those too that are refused before they reach a service.</summary>
internal sealed class RpcMeter(RequestDelegate next, RpcMetrics metrics)
{
    private const string Status = "grpc-status";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!Refusal.IsGrpc(context.Request.ContentType))
        {
            await next(context);
            return;
        }

        var method = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method;
        var stream = method?.Type is null or MethodType.Unary ? null : method;
        var began = Stopwatch.GetTimestamp();
        if (stream is not null)
        {
            metrics.Stream(stream, 1);
        }

        try
        {
            await next(context);
        }
        finally
        {
            if (stream is not null)
            {
                metrics.Stream(stream, -1);
            }

            metrics.Ended(method, StatusOf(context), Stopwatch.GetElapsedTime(began));
        }
    }

    // A call that ends before its first message has its status among the headers.
    private static string? StatusOf(HttpContext context) =>
        context.Response.Headers.TryGetValue(Status, out var header) ? header.ToString()
        : context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers.TryGetValue(Status, out var trailer) == true ? trailer.ToString()
        : null;
}

using System.Globalization;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using LabServer.Access;
using LabServer.Api;
using LabServer.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace LabServer.Limits;

/// <summary>
/// Gives the statuses that gRPC itself makes, before any of our code runs, the details that all others have. What it calls
/// INTERNAL or UNKNOWN there is a message that could not be read: a fault of the caller, and said so.
/// </summary>
internal sealed class StatusDetails(RequestDelegate next, IOptions<LimitsOptions> limits, ILogger<StatusDetails> logger)
{
    private const string Status = "grpc-status";

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (Refusal.IsGrpc(context.Response.ContentType)
            && Trailers(context) is { IsReadOnly: false } trailers && !trailers.ContainsKey(RpcFault.DetailsTrailer)
            && int.TryParse(trailers[Status], NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code != (int)StatusCode.OK)
        {
            Refusal.Write(trailers, Detailed((StatusCode)code, Uri.UnescapeDataString(trailers["grpc-message"].ToString()), context));
        }
    }

    private static IHeaderDictionary? Trailers(HttpContext context) =>
        context.Response.HasStarted ? context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers : context.Response.Headers;

    private RpcException Detailed(StatusCode code, string message, HttpContext context)
    {
        switch (code)
        {
            case StatusCode.ResourceExhausted:
                return RpcErrors.MessageTooLarge(limits.Value.MessageBytes);
            case StatusCode.Unimplemented:
                return RpcErrors.Unimplemented(
                    context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is null ? "METHOD_UNKNOWN" : "ENCODING_UNKNOWN", message);
            case StatusCode.Internal:
                return RpcErrors.MessageUndecodable(message);
            case StatusCode.Unknown when context.Features.Get<FailureInterceptor>() is null:
                return RpcErrors.MessageUndecodable("is not framed as gRPC says");
            case StatusCode.DeadlineExceeded:
                return RpcErrors.DeadlineExceeded();
            case StatusCode.Cancelled:
                return RpcErrors.Cancelled();
            default:
                // gRPC has logged the exception itself; this is what joins the two.
                var correlationId = Guid.NewGuid().ToString("N");
                logger.StatusWithoutDetails(context.Request.Path, code, correlationId);
                return RpcErrors.Internal(correlationId);
        }
    }
}

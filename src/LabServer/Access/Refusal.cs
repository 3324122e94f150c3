using System.Globalization;
using Grpc.Core;
using LabServer.Api;

namespace LabServer.Access;

/// <summary>Answers a call that is refused before anything of it was read.</summary>
internal static class Refusal
{
    private const string GrpcContent = "application/grpc";

    /// <summary>Whether content of this type is gRPC's.</summary>
    public static bool IsGrpc(string? contentType) => contentType?.StartsWith(GrpcContent, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>To gRPC a status alone, as headers without a message; to others the HTTP status for it.</summary>
    public static Task Write(HttpContext context, RpcException refused)
    {
        var response = context.Response;
        if (!IsGrpc(context.Request.ContentType))
        {
            response.StatusCode = refused.StatusCode switch
            {
                StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
                StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
                _ => StatusCodes.Status403Forbidden,
            };
            if (RpcFault.Read(refused).RetryAfter is { } after)
            {
                response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            return response.WriteAsync(refused.Status.Detail + "\n");
        }

        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = GrpcContent;
        Write(response.Headers, refused);
        return response.CompleteAsync();
    }

    /// <summary>The status with its details, in place of one that may be there.</summary>
    public static void Write(IHeaderDictionary trailers, RpcException refused)
    {
        trailers["grpc-status"] = ((int)refused.StatusCode).ToString(CultureInfo.InvariantCulture);
        trailers["grpc-message"] = Uri.EscapeDataString(refused.Status.Detail);
        foreach (var trailer in refused.Trailers)
        {
            trailers[trailer.Key] = trailer.IsBinary ? Convert.ToBase64String(trailer.ValueBytes) : trailer.Value;
        }
    }
}

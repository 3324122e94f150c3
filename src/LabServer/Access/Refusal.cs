using System.Globalization;
using Grpc.Core;

namespace LabServer.Access;

/// <summary>Answers a call that is refused before anything of it was read.</summary>
internal static class Refusal
{
    private const string GrpcContent = "application/grpc";

    /// <summary>To gRPC a status alone, as headers without a message; to others the HTTP status for it.</summary>
    public static Task Write(HttpContext context, RpcException refused)
    {
        var response = context.Response;
        if (context.Request.ContentType?.StartsWith(GrpcContent, StringComparison.OrdinalIgnoreCase) != true)
        {
            response.StatusCode = refused.StatusCode == StatusCode.Unauthenticated ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
            return response.WriteAsync(refused.Status.Detail + "\n");
        }

        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = GrpcContent;
        response.Headers["grpc-status"] = ((int)refused.StatusCode).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(refused.Status.Detail);
        foreach (var trailer in refused.Trailers)
        {
            response.Headers[trailer.Key] = trailer.IsBinary ? Convert.ToBase64String(trailer.ValueBytes) : trailer.Value;
        }

        return response.CompleteAsync();
    }
}

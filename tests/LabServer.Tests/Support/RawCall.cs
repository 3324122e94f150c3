using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using LabServer.Api;

namespace LabServer.Tests.Support;

/// <summary>Calls made by hand over HTTP/2, for frames and headers that no gRPC client sends.</summary>
/// <param name="address">Where the server listens.</param>
/// <param name="adminKey">The administrator's key.</param>
internal sealed class RawCall(Uri address, string adminKey) : IDisposable
{
    public const string Submit = "/labserver.v1.IngestionService/SubmitResults";
    public const string Stream = "/labserver.v1.IngestionService/StreamResults";

    private readonly HttpClient _client = new(new SocketsHttpHandler()) { Timeout = Eventually.Bound };

    public RawCall(ServerFixture server)
        : this(server.GrpcAddress, server.AdminKey)
    {
    }

    /// <summary>A message with the five bytes before it that say its length and whether it is compressed.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> message, bool compressed = false, uint? length = null)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), length ?? (uint)message.Length);
        message.CopyTo(frame.AsSpan(5));
        return frame;
    }

    /// <summary>Sends a body to a method with the administrator's key, unless another or none is given. The status, read as a client does.</summary>
    public Task<RpcFault> Post(string path, byte[] body, string? encoding = null, string? key = "", IEnumerable<(string Name, string Value)>? headers = null) =>
        Post(path, new ByteArrayContent(body), encoding, key, headers);

    /// <inheritdoc cref="Post(string, byte[], string?, string?, IEnumerable{ValueTuple{string, string}}?)"/>
    public async Task<RpcFault> Post(string path, HttpContent body, string? encoding = null, string? key = "", IEnumerable<(string Name, string Value)>? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("authorization", $"Bearer {(key.Length == 0 ? adminKey : key)}");
        }

        foreach (var (name, value) in headers ?? [])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (encoding is not null)
        {
            request.Headers.TryAddWithoutValidation("grpc-encoding", encoding);
        }

        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead);
        response.EnsureSuccessStatusCode();
        return Read(response.TrailingHeaders.Contains("grpc-status") ? response.TrailingHeaders : response.Headers);
    }

    public void Dispose() => _client.Dispose();

    private static RpcFault Read(HttpResponseHeaders headers)
    {
        var trailers = new Metadata();
        if (One(RpcFault.DetailsTrailer) is { } details)
        {
            trailers.Add(RpcFault.DetailsTrailer, Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '=')));
        }

        var code = (StatusCode)int.Parse(One("grpc-status") ?? "2", CultureInfo.InvariantCulture);
        return RpcFault.Read(new RpcException(new Status(code, Uri.UnescapeDataString(One("grpc-message") ?? "")), trailers));

        string? One(string name) => headers.TryGetValues(name, out var values) ? values.Single() : null;
    }
}

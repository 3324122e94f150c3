using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LabServer.Hosting;

/// <summary>The two places where the server listens, both on 127.0.0.1 alone.</summary>
internal sealed class Endpoints
{
    private ListenOptions? _grpc;
    private ListenOptions? _http;

    /// <summary>Address of gRPC. Its port is known once the server has started.</summary>
    public string Grpc => AddressOf(_grpc);

    /// <summary>Address of HTTP. Its port is known once the server has started.</summary>
    public string Http => AddressOf(_http);

    /// <summary>Makes Kestrel listen there.</summary>
    public void Listen(KestrelServerOptions kestrel, ServerOptions options)
    {
        // Without TLS nothing negotiates the version, so gRPC, which is HTTP/2 only, has a port of its own.
        kestrel.Listen(IPAddress.Loopback, options.GrpcPort, listen => (_grpc = listen).Protocols = HttpProtocols.Http2);
        kestrel.Listen(IPAddress.Loopback, options.HttpPort, listen => (_http = listen).Protocols = HttpProtocols.Http1);
    }

    private static string AddressOf(ListenOptions? listen) => $"http://{listen!.IPEndPoint}";
}

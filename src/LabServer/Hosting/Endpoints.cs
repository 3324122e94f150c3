using System.Net;
using System.Net.Security;
using LabServer.Access;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace LabServer.Hosting;

/// <summary>The two places where the server listens: on 127.0.0.1 alone unless the settings name another address.</summary>
internal sealed class Endpoints(IOptions<AccessOptions> access, TimeProvider time, ILogger<Endpoints> logger)
{
    private ListenOptions? _grpc;
    private ListenOptions? _http;
    private bool _hasTls;

    /// <summary>Address of gRPC. Its port is known once the server has started.</summary>
    public string Grpc => AddressOf(_grpc);

    /// <summary>Address of HTTP. Its port is known once the server has started.</summary>
    public string Http => AddressOf(_http);

    /// <summary>Makes Kestrel listen there.</summary>
    public void Listen(KestrelServerOptions kestrel, ServerOptions options)
    {
        var address = IPAddress.Parse(options.Address);
        var tls = options.CertificateFile.Length > 0 ? Tls(options) : null;
        _hasTls = tls is not null;
        // Without TLS nothing negotiates the version, so gRPC, which is HTTP/2 only, has a port of its own.
        Listen(options.GrpcPort, HttpProtocols.Http2, listen => _grpc = listen);
        Listen(options.HttpPort, HttpProtocols.Http1, listen => _http = listen);

        void Listen(int port, HttpProtocols protocols, Action<ListenOptions> keep) => kestrel.Listen(address, port, listen =>
        {
            keep(listen);
            listen.Protocols = protocols;
            if (tls is not null)
            {
                listen.UseHttps(tls);
            }
        });
    }

    private TlsHandshakeCallbackOptions Tls(ServerOptions options)
    {
        var files = new[] { options.CertificateFile, options.CertificateKeyFile }.Where(file => file.Length > 0);
        var certificate = new FromFiles<SslStreamCertificateContext>(
            files,
            () => SslStreamCertificateContext.Create(ServerCertificate.Read(options), ServerCertificate.Issuers(options), offline: true),
            time,
            logger);
        var asks = access.Value.ClientCertificates.Count > 0;
        return new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Value,
                ClientCertificateRequired = asks,
                // None is as good as one here, and which are known is looked up by their hash: no issuer is believed, and so
                // none can make another.
#pragma warning disable CA5359 // It is about servers' certificates; this is the server.
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
            }),
        };
    }

    private string AddressOf(ListenOptions? listen)
    {
        var at = listen!.IPEndPoint!;
        // Where it listens on every address, it is also here.
        var here = at.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, at.Port)
            : at.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, at.Port) : at;
        return $"{(_hasTls ? "https" : "http")}://{here}";
    }
}

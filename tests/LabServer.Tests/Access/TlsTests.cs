using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using LabServer.Api.V1;
using LabServer.Tests.Support;
using Microsoft.Extensions.Options;

namespace LabServer.Tests.Access;

/// <summary>TLS, client certificates, and where the server refuses to listen.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RSA _serverKey = RSA.Create(2048);
    private readonly X509Certificate2 _server;
    private readonly X509Certificate2 _known = Certificate("analyser");
    private readonly X509Certificate2 _unknown = Certificate("analyser");

    public TlsTests()
    {
        var request = new CertificateRequest("CN=localhost", _serverKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _server = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    public void Dispose()
    {
        _serverKey.Dispose();
        _server.Dispose();
        _known.Dispose();
        _unknown.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Calls_OverTls_ByKeyOrKnownCertificate()
    {
        await using var server = await ServerFixture.Start(Settings());
        var caller = new GetCallerRequest();
        Assert.Equal("https", server.GrpcAddress.Scheme);

        using var byKey = Channel(server, null, server.AdminKey);
        using var byCertificate = Channel(server, _known, null);
        using var byUnknown = Channel(server, _unknown, null);
        using var byNothing = Channel(server, null, null);

        Assert.Equal("admin", (await new AccessService.AccessServiceClient(byKey).GetCallerAsync(caller)).Name);
        var known = await new AccessService.AccessServiceClient(byCertificate).GetCallerAsync(caller);
        Assert.Equal(("certificate:analyser-1", Role.Laboratory, true), (known.Name, known.Role, known.AllStudies));
        Assert.Equal(["CENTRAL"], known.Laboratories);
        await Refused.With(StatusCode.Unauthenticated, "KEY_UNKNOWN", new AccessService.AccessServiceClient(byUnknown).GetCallerAsync(caller));
        await Refused.With(StatusCode.Unauthenticated, "KEY_MISSING", new AccessService.AccessServiceClient(byNothing).GetCallerAsync(caller));
    }

    [Fact]
    public async Task Certificate_FileReplaced_IsShownWithoutARestart()
    {
        var settings = Settings();
        await using var server = await ServerFixture.Start(settings);
        using var before = Channel(server, null, server.AdminKey);
        await new AccessService.AccessServiceClient(before).GetCallerAsync(new GetCallerRequest());
        using var next = new CertificateRequest("CN=localhost", _serverKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(2));

        await File.WriteAllTextAsync(settings["LabServer:CertificateFile"]!, next.ExportCertificatePem());

        await Eventually.True(async () => await Shown(server) == next.GetCertHashString(), "the new certificate is shown");
        // A connection that was open stays so.
        Assert.Equal("admin", (await new AccessService.AccessServiceClient(before).GetCallerAsync(new GetCallerRequest())).Name);

        await File.WriteAllTextAsync(settings["LabServer:CertificateFile"]!, "no certificate");
        await Eventually.True(
            async () => await Shown(server) == next.GetCertHashString() && server.Log.Any(entry => entry.EventId == 521), "the fault is logged");
    }

    [Theory]
    [InlineData("Address", "0.0.0.0", "AllowCleartextBeyondLoopback")]
    [InlineData("Address", "somewhere", "not an IP address")]
    [InlineData("CertificateFile", "/nowhere/server.pem", "CertificateFile")]
    [InlineData("Access:Jwt:Issuer", "https://issuer.example", "go together")]
    [InlineData("Access:ClientCertificates:0:Sha256", "00", "64 hexadecimal digits")]
    public async Task Start_SettingThatCannotBe_IsRefusedAndSaysWhy(string setting, string value, string why)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => ServerFixture.Start(new Dictionary<string, string?> { [$"LabServer:{setting}"] = value }));

        Assert.Contains(why, Failures(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_BeyondLoopbackWithoutKeys_IsRefusedAlsoWhereCleartextIsAllowed()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => ServerFixture.Start(new Dictionary<string, string?>
        {
            ["LabServer:Address"] = "0.0.0.0",
            ["LabServer:Access:AllowCleartextBeyondLoopback"] = "true",
            ["LabServer:Access:RequireKey"] = "false",
        }));

        Assert.Contains("Access:RequireKey", Failures(refused), StringComparison.Ordinal);
    }

    /// <summary>Hash of the certificate that the server shows to a new connection.</summary>
    private static async Task<string> Shown(ServerFixture server)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(server.HttpAddress.Host, server.HttpAddress.Port);
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => shown is not null);
        await tls.AuthenticateAsClientAsync("localhost");
        return tls.RemoteCertificate!.GetCertHashString();
    }

    private static string Failures(Exception exception) => exception switch
    {
        OptionsValidationException options => string.Join(' ', options.Failures),
        AggregateException many => string.Join(' ', many.InnerExceptions.Select(Failures)),
        _ => exception.Message,
    };

    private static X509Certificate2 Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private GrpcChannel Channel(ServerFixture server, X509Certificate2? client, string? key)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                // This very certificate; nothing signed it.
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == _server.GetCertHashString(),
                ClientCertificates = client is null ? null : [client],
                LocalCertificateSelectionCallback = client is null ? null : (_, _, _, _, _) => client,
            },
        };
        return GrpcChannel.ForAddress(
            server.GrpcAddress, new GrpcChannelOptions { HttpHandler = key is null ? handler : new KeySender(key, handler), DisposeHttpClient = true });
    }

    private Dictionary<string, string?> Settings()
    {
        var (certificate, key) = (Path.Combine(_folder.Path, "server.pem"), Path.Combine(_folder.Path, "server.key"));
        File.WriteAllText(certificate, _server.ExportCertificatePem());
        File.WriteAllText(key, _serverKey.ExportPkcs8PrivateKeyPem());
        return new Dictionary<string, string?>
        {
            ["LabServer:CertificateFile"] = certificate,
            ["LabServer:CertificateKeyFile"] = key,
            ["LabServer:Access:ClientCertificates:0:Sha256"] = _known.GetCertHashString(HashAlgorithmName.SHA256),
            ["LabServer:Access:ClientCertificates:0:Name"] = "analyser-1",
            ["LabServer:Access:ClientCertificates:0:Role"] = "laboratory",
            ["LabServer:Access:ClientCertificates:0:Studies:0"] = "*",
            ["LabServer:Access:ClientCertificates:0:Laboratories:0"] = "CENTRAL",
        };
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli;

/// <summary>labctl against a server with a certificate of a private authority, and callers known by theirs.</summary>
public sealed class TlsOptionsTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServerFixture _server = null!;

    public async Task InitializeAsync()
    {
        using var authority = Authority("authority", "ca.pem");
        using var other = Authority("other", "other.pem");
        using var server = Issue(authority, "server", "localhost");
        using var client = Issue(other, "client", "analyser");
        _server = await ServerFixture.Start(new Dictionary<string, string?>
        {
            ["LabServer:CertificateFile"] = PathOf("server.pem"),
            ["LabServer:CertificateKeyFile"] = PathOf("server.key"),
            ["LabServer:Access:ClientCertificates:0:Sha256"] = client.GetCertHashString(HashAlgorithmName.SHA256),
            ["LabServer:Access:ClientCertificates:0:Name"] = "analyser-1",
            ["LabServer:Access:ClientCertificates:0:Role"] = "laboratory",
            ["LabServer:Access:ClientCertificates:0:Studies:0"] = "*",
            ["LabServer:Access:ClientCertificates:0:Laboratories:0"] = "CENTRAL",
        });
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CaFile_OfTheServersIssuer_IsBelieved()
    {
        var byOption = await Health("--ca-file", PathOf("ca.pem"));
        var byEnvironment = await LabctlCall.Run(["health", "--server", Address], new Dictionary<string, string?> { ["LABCTL_CA_FILE"] = PathOf("ca.pem") });

        Assert.Equal((0, "SERVING\n"), (byOption.ExitCode, byOption.Output));
        Assert.Equal((0, "SERVING\n"), (byEnvironment.ExitCode, byEnvironment.Output));
    }

    [Fact]
    public async Task CaFile_OfAnotherIssuerOrNone_IsNotReached()
    {
        foreach (var call in new[] { await Health("--ca-file", PathOf("other.pem")), await Health() })
        {
            Assert.Equal(4, call.ExitCode);
            Assert.Contains("certificate", call.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task CaFile_ServerOfAnotherName_IsNotReached()
    {
        // The certificate is for localhost and for no address.
        var call = await LabctlCall.Run("health", "--server", _server.GrpcAddress.ToString(), "--ca-file", PathOf("ca.pem"));

        Assert.Equal(4, call.ExitCode);
    }

    [Fact]
    public async Task ClientCertificate_ThatTheServerKnows_CallsWithoutAKey()
    {
        var call = await LabctlCall.Run(
            ["keys", "whoami", "--server", Address, "--ca-file", PathOf("ca.pem"), "--client-certificate", PathOf("client.pem"), "--client-key", PathOf("client.key"), "--format", "json"],
            NoKey);
        var without = await LabctlCall.Run(["keys", "whoami", "--server", Address, "--ca-file", PathOf("ca.pem")], NoKey);

        Assert.Equal((0, "certificate:analyser-1"), (call.ExitCode, call.Json["name"]!.ToString()));
        Assert.Equal(1, without.ExitCode);
        Assert.Contains("KEY_MISSING", without.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--ca-file", "none.pem", "--ca-file: ")]
    [InlineData("--ca-file", "client.key", "holds no certificate")]
    [InlineData("--client-certificate", "none.pem", "--client-certificate, --client-key: ")]
    [InlineData("--client-certificate", "client.pem", "--client-certificate, --client-key: ")]
    [InlineData("--client-key", "client.key", "the certificate is missing")]
    public async Task File_ThatCannotBeUsed_IsAUsageFault(string option, string file, string said)
    {
        var call = await Health(option, PathOf(file));

        Assert.Equal(2, call.ExitCode);
        Assert.Contains(said, call.Error, StringComparison.Ordinal);
    }

    // An empty one is none; the key of the server under test would be found otherwise.
    private static readonly Dictionary<string, string?> NoKey = new() { ["LABCTL_API_KEY_FILE"] = "" };

    private string Address => $"https://localhost:{_server.GrpcAddress.Port}";

    private Task<LabctlCall> Health(params string[] options) => LabctlCall.Run(["health", "--server", Address, .. options]);

    private string PathOf(string file) => Path.Combine(_folder.Path, file);

    private X509Certificate2 Authority(string name, string file)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var made = request.CreateSelfSigned(Now.AddDays(-2), Now.AddDays(2));
        File.WriteAllText(PathOf(file), made.ExportCertificatePem());
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private X509Certificate2 Issue(X509Certificate2 authority, string file, string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var made = request.Create(authority, Now.AddDays(-1), Now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(PathOf($"{file}.pem"), made.ExportCertificatePem());
        File.WriteAllText(PathOf($"{file}.key"), key.ExportPkcs8PrivateKeyPem());
        return made;
    }

    private static DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();
}

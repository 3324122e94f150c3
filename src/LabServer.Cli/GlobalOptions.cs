using System.CommandLine;
using System.Net.Security;

namespace LabServer.Cli;

/// <summary>Options that every command takes, before or behind its name.</summary>
internal sealed class GlobalOptions
{
    /// <summary>Server when neither the option nor LABCTL_SERVER names one.</summary>
    public const string DefaultServer = "http://127.0.0.1:5001";

    private readonly Func<string, string?> _environment;

    /// <summary>The options, with <paramref name="environment"/> for their defaults.</summary>
    public GlobalOptions(Func<string, string?> environment)
    {
        _environment = environment;
        Server = new Option<string?>("--server")
        {
            Description = $"Address of the server's gRPC port. Default: LABCTL_SERVER, else {DefaultServer}.",
            HelpName = "URL",
            Recursive = true,
        };
        ApiKeyFile = new Option<string?>("--api-key-file")
        {
            Description = "File with the API key. Default: LABCTL_API_KEY_FILE, else no key is sent.",
            HelpName = "FILE",
            Recursive = true,
        };
        CaFile = File("--ca-file", "PEM file of the only issuers whose server certificates are taken. Default: LABCTL_CA_FILE, else those this machine believes.");
        ClientCertificate = File("--client-certificate", "PEM file of a certificate to show the server. Default: LABCTL_CLIENT_CERTIFICATE, else none is.");
        ClientKey = File("--client-key", "PEM file of its key. Default: LABCTL_CLIENT_KEY, else it is in the file of the certificate.");
    }

    /// <summary>--server.</summary>
    public Option<string?> Server { get; }

    /// <summary>--api-key-file.</summary>
    public Option<string?> ApiKeyFile { get; }

    /// <summary>--ca-file.</summary>
    public Option<string?> CaFile { get; }

    /// <summary>--client-certificate.</summary>
    public Option<string?> ClientCertificate { get; }

    /// <summary>--client-key.</summary>
    public Option<string?> ClientKey { get; }

    /// <summary>How the server is known over TLS, and what it is shown.</summary>
    /// <exception cref="UsageException">A file cannot be used, or a key has no certificate.</exception>
    public SslClientAuthenticationOptions TlsOf(ParseResult parsed)
    {
        var certificate = parsed.GetValue(ClientCertificate) ?? Environment("LABCTL_CLIENT_CERTIFICATE");
        var key = parsed.GetValue(ClientKey) ?? Environment("LABCTL_CLIENT_KEY");
        return key is not null && certificate is null
            ? throw new UsageException("--client-key: the certificate is missing (--client-certificate).")
            : ServerTls.Read(parsed.GetValue(CaFile) ?? Environment("LABCTL_CA_FILE"), certificate, key);
    }

    /// <summary>The server's address.</summary>
    /// <exception cref="UsageException">It is not one.</exception>
    public Uri ServerOf(ParseResult parsed)
    {
        var text = parsed.GetValue(Server) ?? Environment("LABCTL_SERVER") ?? DefaultServer;
        return Uri.TryCreate(text, UriKind.Absolute, out var server) && (server.Scheme == Uri.UriSchemeHttp || server.Scheme == Uri.UriSchemeHttps)
            ? server
            : throw new UsageException($"--server: {text} is not an address such as {DefaultServer}.");
    }

    /// <summary>The API key, or null where none is to be sent.</summary>
    /// <exception cref="UsageException">The file cannot be read, or holds no key.</exception>
    public string? ApiKeyOf(ParseResult parsed)
    {
        if ((parsed.GetValue(ApiKeyFile) ?? Environment("LABCTL_API_KEY_FILE")) is not { } path)
        {
            return null;
        }

        try
        {
            var key = System.IO.File.ReadAllText(path).Trim();
            return key.Length > 0 && !key.Any(char.IsControl)
                ? key
                : throw new UsageException($"--api-key-file: {path} does not hold a key on one line.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--api-key-file: {path} cannot be read: {fault.Message}");
        }
    }

    private static Option<string?> File(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE", Recursive = true };

    private string? Environment(string name) => _environment(name) is { Length: > 0 } value ? value : null;
}

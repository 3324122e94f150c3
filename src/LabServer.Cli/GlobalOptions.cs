using System.CommandLine;

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
    }

    /// <summary>--server.</summary>
    public Option<string?> Server { get; }

    /// <summary>--api-key-file.</summary>
    public Option<string?> ApiKeyFile { get; }

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
            var key = File.ReadAllText(path).Trim();
            return key.Length > 0 && !key.Any(char.IsControl)
                ? key
                : throw new UsageException($"--api-key-file: {path} does not hold a key on one line.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--api-key-file: {path} cannot be read: {fault.Message}");
        }
    }

    private string? Environment(string name) => _environment(name) is { Length: > 0 } value ? value : null;
}

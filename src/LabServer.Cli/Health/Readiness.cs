using System.Net;
using System.Net.Security;
using System.Text.Json;
using LabServer.Cli.Output;

namespace LabServer.Cli.Health;

/// <summary>What <c>/readyz</c> of a server says.</summary>
internal static class Readiness
{
    // The server gives each of its checks five seconds.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    /// <summary>How checks are written.</summary>
    public static readonly IReadOnlyList<Column<ReadyCheck>> Columns =
    [
        new("check", check => check.Name),
        new("ok", check => check.Ok),
        new("problem", check => check.Problem),
    ];

    /// <summary>Asks, and reads the answer, by name of the check.</summary>
    /// <exception cref="UsageException">The address is none.</exception>
    /// <exception cref="HttpRequestException">Nobody answers there.</exception>
    /// <exception cref="CommandFailure">Who answers is no LabServer.</exception>
    public static async Task<IReadOnlyList<ReadyCheck>> Ask(string address, SslClientAuthenticationOptions tls, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
        {
            throw new UsageException($"--ready: {address} is not an address such as http://127.0.0.1:5000.");
        }

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = !server.IsLoopback, SslOptions = tls }) { Timeout = Bound };
        using var answer = await http.GetAsync(new Uri(server, "/readyz"), cancellationToken);
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable))
        {
            throw NoLabServer(address);
        }

        try
        {
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            return [.. json.RootElement.GetProperty("checks").EnumerateObject()
                .Select(check => new ReadyCheck(check.Name, check.Value.GetProperty("ok").GetBoolean(), check.Value.GetProperty("problem").GetString() ?? ""))
                .OrderBy(check => check.Name, StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw NoLabServer(address);
        }
    }

    private static CommandFailure NoLabServer(string address) => new($"What answers at {address} is not the HTTP port of a LabServer.");
}

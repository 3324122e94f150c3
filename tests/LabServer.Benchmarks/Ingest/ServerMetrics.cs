using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Ingest;

/// <summary>What the server says of itself at <c>/metrics</c>.</summary>
internal static class ServerMetrics
{
    private const string AllocatedName = "dotnet_gc_heap_total_allocated_bytes_total{";

    /// <summary>Bytes it has allocated on the managed heap since it started.</summary>
    public static async Task<double> Allocated(MeasuredServer server, CancellationToken cancellation)
    {
        using var addresses = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(server.Folder, "endpoints.json"), cancellation));
        var key = await File.ReadAllTextAsync(Path.Combine(server.Folder, "admin.key"), cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(addresses.RootElement.GetProperty("http").GetString()!) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Trim());
        var lines = (await http.GetStringAsync("/metrics", cancellation)).Split('\n');
        var line = lines.Single(line => line.StartsWith(AllocatedName, StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }
}

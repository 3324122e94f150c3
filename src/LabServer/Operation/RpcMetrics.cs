using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using Grpc.Core;

namespace LabServer.Operation;

/// <summary>Counts RPCs. A method is named by what the server serves, never by what a caller sent.</summary>
internal sealed class RpcMetrics(Meter meter)
{
    private readonly Histogram<double> _duration = meter.CreateHistogram(
        "labserver.rpc.duration", "s", "How long RPCs took, by method and status; its count is how many there were.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600],
        });

    private readonly UpDownCounter<long> _streams = meter.CreateUpDownCounter<long>(
        "labserver.rpc.open_streams", "{stream}", "Streams that are open: results coming in, exports, watches.");

    private readonly UpDownCounter<long> _watches = meter.CreateUpDownCounter<long>(
        "labserver.rpc.open_watches", "{watch}", "Those of the open streams that wait for news.");

    /// <summary>A stream of a method is opened (1) or has ended (-1).</summary>
    public void Stream(IMethod method, int change)
    {
        var name = Method(method);
        _streams.Add(change, name);
        if (method.Name.StartsWith("Watch", StringComparison.Ordinal))
        {
            _watches.Add(change, name);
        }
    }

    /// <summary>A call has ended.</summary>
    /// <param name="method">Its method; null: one that there is not.</param>
    /// <param name="status">Number of its status, as it was sent; null: none was, since the caller went.</param>
    /// <param name="duration">How long it took.</param>
    public void Ended(IMethod? method, string? status, TimeSpan duration) => _duration.Record(
        duration.TotalSeconds, method is null ? new("method", "unknown") : Method(method), new("status", StatusOf(status)));

    private static KeyValuePair<string, object?> Method(IMethod method) => new("method", $"{method.ServiceName}/{method.Name}");

    private static string StatusOf(string? sent) =>
        int.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((StatusCode)number)
            ? JsonNamingPolicy.SnakeCaseUpper.ConvertName(((StatusCode)number).ToString())
            : "CANCELLED";
}

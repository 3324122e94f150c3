using System.ComponentModel.DataAnnotations;

namespace LabServer.Operation;

/// <summary>What those who run the server see of it. Section <c>LabServer:Operation</c>.</summary>
internal sealed class OperationOptions
{
    /// <summary>Free space in the data folder below which the server calls itself not ready, in bytes. 0: it does not look.</summary>
    /// <value>The default value is 1 GiB.</value>
    [Range(0, long.MaxValue, ErrorMessage = "Operation:MinimumFreeBytes: a number of bytes, 0 for no limit.")]
    public long MinimumFreeBytes { get; set; } = 1L << 30;

    /// <summary>How long after its time a nightly job that has not started counts as overdue.</summary>
    /// <value>The default value is one hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "Operation:OverdueAfter: a time from {1} to {2}.")]
    public TimeSpan OverdueAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether <c>/metrics</c> is answered without a key: only for a server that listens on the loopback interface, where a
    /// collector would otherwise have to hold an administrator's key.
    /// </summary>
    /// <value>The default value is false.</value>
    public bool OpenMetrics { get; set; }

    /// <summary>
    /// Where metrics and spans are sent by OTLP: <c>http://127.0.0.1:4317</c>. The standard variable
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> does the same.
    /// </summary>
    /// <value>The default value is empty: nothing is sent.</value>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>How the log on the console looks.</summary>
    /// <value>The default value is <see cref="LogFormat.Text"/>.</value>
    public LogFormat LogFormat { get; set; }
}

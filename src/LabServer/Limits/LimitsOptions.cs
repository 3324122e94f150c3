using System.ComponentModel.DataAnnotations;

namespace LabServer.Limits;

/// <summary>What one caller may cost the others. Section <c>LabServer:Limits</c>; docs/limits.md has what callers see.</summary>
internal sealed class LimitsOptions
{
    /// <summary>Most bytes of a message as it is read, compressed or not. 5,000 results with every field filled fit several times over.</summary>
    /// <value>The default value is 16 MiB.</value>
    [Range(64 * 1024, 256 * 1024 * 1024, ErrorMessage = "Limits:MessageBytes: a number from {1} to {2}.")]
    public int MessageBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Most bytes that messages of all callers together may have in memory at once, as sent and as unpacked, each counted
    /// without its first 64 KiB. At least twice <see cref="MessageBytes"/>, so that one always fits.
    /// </summary>
    /// <value>The default value is 128 MiB.</value>
    [Range(0, 64L * 1024 * 1024 * 1024, ErrorMessage = "Limits:LargeMessageBytes: a number from {1} to {2}.")]
    public long LargeMessageBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>How many times its size on the wire a compressed message of more than 1 MiB may become.</summary>
    /// <value>The default value is 100.</value>
    [Range(1, 2000, ErrorMessage = "Limits:CompressionRatio: a number from {1} to {2}.")]
    public int CompressionRatio { get; set; } = 100;

    /// <summary>Most bytes of all headers of a call.</summary>
    /// <value>The default value is 32 KiB.</value>
    [Range(1024, 1024 * 1024, ErrorMessage = "Limits:HeaderBytes: a number from {1} to {2}.")]
    public int HeaderBytes { get; set; } = 32 * 1024;

    /// <summary>Most headers of a call.</summary>
    /// <value>The default value is 100.</value>
    [Range(20, 1000, ErrorMessage = "Limits:HeaderCount: a number from {1} to {2}.")]
    public int HeaderCount { get; set; } = 100;

    /// <summary>Most calls at once on a connection. More wait with the client.</summary>
    /// <value>The default value is 100.</value>
    [Range(1, 10_000, ErrorMessage = "Limits:StreamsPerConnection: a number from {1} to {2}.")]
    public int StreamsPerConnection { get; set; } = 100;

    /// <summary>Most connections in all, on both ports together. Further ones are closed at once.</summary>
    /// <value>The default value is 5,000.</value>
    [Range(1, 1_000_000, ErrorMessage = "Limits:Connections: a number from {1} to {2}.")]
    public int Connections { get; set; } = 5000;

    /// <summary>How long the headers of a call may take to come.</summary>
    /// <value>The default value is 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "Limits:HeadersTimeout: a time from {1} to {2}.")]
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Fewest bytes a second of a request that is one message, and of an answer that waits to be taken. Streams of a sender are
    /// left out: nobody knows when a quiet laboratory has its next results.
    /// </summary>
    /// <value>The default value is 240.</value>
    [Range(1, 1_000_000, ErrorMessage = "Limits:SlowBytesPerSecond: a number from {1} to {2}.")]
    public int SlowBytesPerSecond { get; set; } = 240;

    /// <summary>How long a caller may be slower than that.</summary>
    /// <value>The default value is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "Limits:SlowGrace: a time from {1} to {2}.")]
    public TimeSpan SlowGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection without a call stays open.</summary>
    /// <value>The default value is 130 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "Limits:IdleConnection: a time from {1} to {2}.")]
    public TimeSpan IdleConnection { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>After how long without a sign of life from the other end of a connection it is asked for one.</summary>
    /// <value>The default value is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "Limits:PingAfter: a time from {1} to {2}.")]
    public TimeSpan PingAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long it may take to give it. Then the connection and its calls are ended.</summary>
    /// <value>The default value is 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "Limits:PingTimeout: a time from {1} to {2}.")]
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Calls a second that a caller may begin in the long run. 0: any number.</summary>
    /// <value>The default value is 500.</value>
    [Range(0, 1_000_000, ErrorMessage = "Limits:CallsPerSecond: a number from {1} to {2}.")]
    public int CallsPerSecond { get; set; } = 500;

    /// <summary>Calls that a caller may begin at once after a time without any.</summary>
    /// <value>The default value is 2,000.</value>
    [Range(1, 1_000_000, ErrorMessage = "Limits:CallsBurst: a number from {1} to {2}.")]
    public int CallsBurst { get; set; } = 2000;

    /// <summary>Calls that a caller may have open at once, over all its connections: streams, watches, exports and what is just being answered.</summary>
    /// <value>The default value is 256.</value>
    [Range(1, 1_000_000, ErrorMessage = "Limits:CallsAtOnce: a number from {1} to {2}.")]
    public int CallsAtOnce { get; set; } = 256;

    /// <summary>Calls a minute from one address that may carry no key or one that is not taken, before the answer is to wait. 0: any number.</summary>
    /// <value>The default value is 600.</value>
    [Range(0, 1_000_000, ErrorMessage = "Limits:RefusedKeysPerMinute: a number from {1} to {2}.")]
    public int RefusedKeysPerMinute { get; set; } = 600;
}

namespace LabServer.Api;

/// <summary>How a <see cref="ResultPusher"/> sends.</summary>
public sealed record ResultPusherOptions
{
    /// <summary>Streams that are open at once.</summary>
    /// <value>At least 1. The default value is 2.</value>
    public int Streams { get; init; } = 2;

    /// <summary>
    /// Batches that may be under way on one stream without an acknowledgement. With <see cref="Streams"/> it bounds the
    /// memory that a push takes, whatever the number of results.
    /// </summary>
    /// <value>At least 1. The default value is 4.</value>
    public int Window { get; init; } = 4;

    /// <summary>Pause before the first attempt to reconnect; it doubles from attempt to attempt.</summary>
    /// <value>The default value is 200 ms.</value>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause between two attempts to reconnect.</summary>
    /// <value>The default value is 10 s.</value>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a stream may fail to get anything acknowledged, over all its attempts, before the push gives up.</summary>
    /// <value>The default value is 2 minutes.</value>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(2);
}

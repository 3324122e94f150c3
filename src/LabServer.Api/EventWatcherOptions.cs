namespace LabServer.Api;

/// <summary>How an <see cref="EventWatcher"/> goes on after a dropped connection.</summary>
public sealed record EventWatcherOptions
{
    /// <summary>Pause before the first attempt to reconnect; it doubles from attempt to attempt.</summary>
    /// <value>The default value is 200 ms.</value>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause between two attempts to reconnect.</summary>
    /// <value>The default value is 10 s.</value>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the server may be out of reach before the watch gives up. It is in reach again with a message, or when a
    /// connection has held for 10 s.
    /// </summary>
    /// <value>The default value is 10 minutes.</value>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(10);
}

namespace LabServer.Core;

/// <summary>Instants as the database and the domain count them: UTC microseconds since 1970-01-01.</summary>
public static class Clock
{
    /// <summary>Now.</summary>
    public static long NowUs(TimeProvider time) => ToUs(time.GetUtcNow());

    /// <summary><paramref name="instant"/> in microseconds; what is finer is cut off.</summary>
    public static long ToUs(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The instant of <paramref name="us"/> microseconds.</summary>
    public static DateTimeOffset FromUs(long us) =>
        new(DateTimeOffset.UnixEpoch.Ticks + (us * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}

namespace LabServer.Tests.Support;

/// <summary>A stopwatch that goes on by the same step each time that it is looked at.</summary>
public sealed class SteppedTime(TimeSpan step) : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref _ticks, step.Ticks);
}

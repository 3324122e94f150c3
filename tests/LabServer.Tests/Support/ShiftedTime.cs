namespace LabServer.Tests.Support;

/// <summary>The system's clock, set to another time; it goes on from there.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private long _shiftTicks;

    public ShiftedTime(DateTimeOffset now) => Set(now);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _shiftTicks));

    /// <summary>Sets the clock, forwards or back.</summary>
    public void Set(DateTimeOffset now) => Volatile.Write(ref _shiftTicks, (now - System.GetUtcNow()).Ticks);
}

namespace LabServer.Tests.Support;

/// <summary>A clock that stands still.</summary>
public sealed class StoppedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}

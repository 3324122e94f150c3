using System.Globalization;

namespace LabServer.Core.Tests.Support;

/// <summary>A clock that stands still.</summary>
internal sealed class FixedTime(string now) : TimeProvider
{
    private readonly DateTimeOffset _now = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture);

    public override DateTimeOffset GetUtcNow() => _now;
}

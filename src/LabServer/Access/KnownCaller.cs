using LabServer.Core.Access;

namespace LabServer.Access;

/// <summary>Who makes a call, as the gate found.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="IsStillKnown">Whether its key is still taken: for calls that go on after it was revoked or has expired.</param>
internal sealed record KnownCaller(Caller Caller, Func<bool> IsStillKnown)
{
    /// <summary>One whose way in does not end while the server runs.</summary>
    public static KnownCaller Of(Caller caller) => new(caller, () => true);
}

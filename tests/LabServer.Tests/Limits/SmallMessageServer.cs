using LabServer.Tests.Support;

namespace LabServer.Tests.Limits;

/// <summary>A server whose messages may have 2 MiB, 4 MiB together, and a hundred times their size on the wire.</summary>
public sealed class SmallMessageServer : IAsyncLifetime
{
    public const int Limit = 2 << 20;

    public ServerFixture Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await ServerFixture.Start(new Dictionary<string, string?>
    {
        ["LabServer:Limits:MessageBytes"] = FormattableString.Invariant($"{Limit}"),
        ["LabServer:Limits:LargeMessageBytes"] = FormattableString.Invariant($"{2 * Limit}"),
        ["LabServer:Limits:CompressionRatio"] = "100",
    });

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

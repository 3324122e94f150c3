using LabServer.Tests.Support;

namespace LabServer.Tests.Torture;

/// <summary>A server that takes any number of calls a second, for tests that are one caller with nothing else to do.</summary>
public sealed class UnlimitedServer : IAsyncLifetime
{
    public ServerFixture Server { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Server = await ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Limits:CallsPerSecond"] = "0" });

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

using Grpc.Net.Client;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Torture;

/// <summary>A server to attack: a process without limits of calls, in a folder of its own.</summary>
internal sealed class Victim : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private Victim(TemporaryFolder folder, ServerProcess process, GrpcChannel channel, string key) =>
        (_folder, Process, Channel, Key) = (folder, process, channel, key);

    public ServerProcess Process { get; }

    /// <summary>Channel of a client that behaves well.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>A key of who behaves badly; what it spends is nobody else's.</summary>
    public string Key { get; }

    public static async Task<Victim> Start()
    {
        var folder = new TemporaryFolder();
        var process = await ServerProcess.Start(
            folder.Path, new Dictionary<string, string> { ["LABSERVER__LIMITS__CALLSPERSECOND"] = "0", ["LABSERVER__BACKUPS__CRON"] = "" });
        var channel = process.OpenChannel();
        var key = await new AccessService.AccessServiceClient(channel).CreateKeyAsync(new CreateKeyRequest { Name = "attacker", Role = Role.StudyAdmin });
        return new Victim(folder, process, channel, key.Text);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await Process.DisposeAsync();
        _folder.Dispose();
    }
}

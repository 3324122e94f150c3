using System.Diagnostics;
using Grpc.Net.Client;
using LabServer.Api.V1;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;

namespace LabServer.Tests.Torture;

/// <summary>A server in a process of its own, and a client that behaves well while others do not.</summary>
internal sealed class Abused : IAsyncDisposable
{
    private const int Megabyte = 1 << 20;
    private const int MostMegabytes = 100;

    private readonly TemporaryFolder _folder;
    private readonly GrpcChannel _channel;

    private Abused(TemporaryFolder folder, ServerProcess server, GrpcChannel channel, string key) =>
        (_folder, Server, _channel, Key) = (folder, server, channel, key);

    public ServerProcess Server { get; }

    /// <summary>A key of who behaves badly; what it spends is nobody else's.</summary>
    public string Key { get; }

    public static async Task<Abused> Start()
    {
        var folder = new TemporaryFolder();
        var server = await ServerProcess.Start(
            folder.Path, new Dictionary<string, string> { ["LABSERVER__LIMITS__CALLSPERSECOND"] = "0", ["LABSERVER__BACKUPS__CRON"] = "" });
        var channel = server.OpenChannel();
        var key = await new AccessService.AccessServiceClient(channel).CreateKeyAsync(new CreateKeyRequest { Name = "attacker", Role = Role.StudyAdmin });
        return new Abused(folder, server, channel, key.Text);
    }

    /// <summary>
    /// Measures the client alone, then while <paramref name="attack"/> goes on, then alone again. Memory may be 100 MB more at
    /// most; how long the client's calls take is told, and asserted by nobody, as this machine may have others to serve.
    /// </summary>
    public async Task<string> Measure(Func<Task> attack)
    {
        // The first calls of a process are none of what is measured.
        await Calls(() => false, Battery.Size(200, 5_000));
        var before = Server.ResidentBytes;
        var alone = await Calls(() => false, Battery.Size(200, 5_000));
        var attacking = attack();
        var meanwhile = await Calls(() => !attacking.IsCompleted, Battery.Size(50, 1_000));
        await attacking;
        var after = await Calls(() => false, Battery.Size(50, 1_000));
        var more = (Math.Max(meanwhile.Memory, after.Memory) - before) / Megabyte;
        if (Battery.IsWhole)
        {
            Assert.True(more <= MostMegabytes, $"{more} MB more");
        }

        return FormattableString.Invariant($"memory at most {more:+0;-0;0} MB over {before / Megabyte} MB, p99 of another client {alone.P99:F1} ms alone, {meanwhile.P99:F1} ms meanwhile, {after.P99:F1} ms after");
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    // Calls one after the other, at least so many, and on while the condition holds; each has to be answered.
    private async Task<(double P99, long Memory)> Calls(Func<bool> goesOn, int atLeast)
    {
        var client = new StudiesService.StudiesServiceClient(_channel);
        var (times, memory) = (new List<double>(), 0L);
        while (times.Count < atLeast || goesOn())
        {
            var start = Stopwatch.GetTimestamp();
            await client.ListStudiesAsync(new ListStudiesRequest(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Eventually.Bound);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (times.Count % 20 == 0)
            {
                memory = Math.Max(memory, Server.ResidentBytes);
            }
        }

        times.Sort();
        return (times[times.Count * 99 / 100], Math.Max(memory, Server.ResidentBytes));
    }
}

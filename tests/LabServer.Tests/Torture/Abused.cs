using System.Diagnostics;
using LabServer.Api.V1;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;

namespace LabServer.Tests.Torture;

/// <summary>
/// A server in a process of its own, and a client that behaves well while others do not. In the whole battery a second one
/// suffers the same: attackers on this machine take its cores, and what they cost the client by that alone is told apart.
/// </summary>
internal sealed class Abused : IAsyncDisposable
{
    private const int Megabyte = 1 << 20;
    private const int MostMegabytes = 100;

    private readonly Victim _server;
    private readonly Victim? _other;
    private int _answered;

    private Abused(Victim server, Victim? other) => (_server, _other) = (server, other);

    public static async Task<Abused> Start() => new(await Victim.Start(), Battery.IsWhole ? await Victim.Start() : null);

    /// <summary>
    /// Measures the client alone, then while <paramref name="attack"/> goes on elsewhere and here, then alone again. Memory may
    /// be 100 MB more at most; how long the client's calls take is told, and asserted by nobody, as this machine may have others
    /// to serve.
    /// </summary>
    /// <param name="attack">What is measured; done again until there are calls enough.</param>
    /// <param name="prepare">What goes before it, once; null: nothing.</param>
    public async Task<string> Measure(Func<Victim, Task> attack, Func<Victim, Task>? prepare = null)
    {
        prepare ??= _ => Task.CompletedTask;
        // The first calls of a process are none of what is measured.
        await Calls(() => false, Battery.Size(200, 5_000));
        var before = _server.Process.MemoryBytes;
        var alone = await Calls(() => false, Battery.Size(200, 5_000));
        var elsewhere = "";
        if (_other is not null)
        {
            await prepare(_other);
            elsewhere = FormattableString.Invariant($", {(await During(() => attack(_other))).P99:F1} ms while another server suffers it");
        }

        await prepare(_server);
        var meanwhile = await During(() => attack(_server));
        var after = await Calls(() => false, Battery.Size(50, 1_000));
        var more = (Math.Max(meanwhile.Memory, after.Memory) - before) / Megabyte;
        if (Battery.IsWhole)
        {
            Assert.True(more <= MostMegabytes, $"{more} MB more");
        }

        return FormattableString.Invariant(
            $"memory at most {more:+0;-0;0} MB over {before / Megabyte} MB, p99 of another client {alone.P99:F1} ms alone{elsewhere}, {meanwhile.P99:F1} ms while this one does ({meanwhile.Count} calls), {after.P99:F1} ms after");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await (_other?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    // One attack after the other, until there are calls enough to speak of one in a hundred.
    private async Task<(double P99, long Memory, int Count)> During(Func<Task> attack)
    {
        _answered = 0;
        var attacks = Task.Run(async () =>
        {
            do
            {
                await attack();
            }
            while (Volatile.Read(ref _answered) < Battery.Size(1, 1_000));
        });
        var times = await Calls(() => !attacks.IsCompleted, 1);
        await attacks;
        return times;
    }

    // Calls one after the other, at least so many, and on while the condition holds; each has to be answered.
    private async Task<(double P99, long Memory, int Count)> Calls(Func<bool> goesOn, int atLeast)
    {
        var client = new StudiesService.StudiesServiceClient(_server.Channel);
        var (times, memory) = (new List<double>(), 0L);
        while (times.Count < atLeast || goesOn())
        {
            var start = Stopwatch.GetTimestamp();
            await client.ListStudiesAsync(new ListStudiesRequest(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Eventually.Bound);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Interlocked.Increment(ref _answered);
            if (times.Count % 20 == 0)
            {
                memory = Math.Max(memory, _server.Process.MemoryBytes);
            }
        }

        times.Sort();
        return (times[times.Count * 99 / 100], Math.Max(memory, _server.Process.MemoryBytes), times.Count);
    }
}

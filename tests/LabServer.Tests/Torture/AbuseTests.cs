using System.IO.Compression;
using System.Net.Sockets;
using Grpc.Core;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;

namespace LabServer.Tests.Torture;

/// <summary>Callers that want the server to run out of something.</summary>
[Collection(Alone.Name)]
[Trait(Battery.Name, Battery.Value)]
public sealed class AbuseTests
{
    private const int BombsAtOnce = 10;
    private const int ResettingConnections = 4;
    private const int ResetsAtOnce = 50;

    [Fact]
    public async Task GzipBombs_AreRefusedWhileTheyAreUnpacked()
    {
        var (bombs, megabytes) = (Battery.Size(4, 50), Battery.Size(64, 1024));
        await using var abused = await Abused.Start();
        var bomb = Bomb(megabytes);

        var figures = await abused.Measure(async victim =>
        {
            using var raw = new RawCall(victim.Process.GrpcAddress, victim.Key);
            for (var sent = 0; sent < bombs; sent += BombsAtOnce)
            {
                var faults = await Task.WhenAll(Enumerable.Range(sent, Math.Min(BombsAtOnce, bombs - sent)).Select(
                    i => raw.Post(i % 2 == 0 ? RawCall.Submit : RawCall.Stream, RawCall.Frame(bomb, compressed: true), "gzip")));
                // A large bomb is too large before it has become a hundred times its size.
                Assert.All(faults, fault => Assert.True(
                    fault is { Code: StatusCode.ResourceExhausted, Reason: "COMPRESSION_RATIO_EXCEEDED" or "MESSAGE_TOO_LARGE" }, fault.ToString()));
            }
        });

        Battery.Report("gzip bombs", $"{bombs} of {bomb.Length} bytes that unpack to {megabytes} MB, all refused; {figures}");
    }

    [Fact]
    public async Task SlowConnections_HoldUpNobody()
    {
        var connections = Battery.Size(60, 1_000);
        await using var abused = await Abused.Start();
        var open = new Dictionary<Victim, List<NetworkStream>>();

        var figures = await abused.Measure(SendAByteOnEach, Open);

        foreach (var stream in open.Values.SelectMany(streams => streams))
        {
            await stream.DisposeAsync();
        }

        Battery.Report("slow connections", $"{connections} connections, a third silent, a third without a call, a third byte by byte; {figures}");

        async Task Open(Victim victim)
        {
            open[victim] = [];
            for (var i = 0; i < connections; i++)
            {
                var stream = i % 3 == 0 ? await Http2.Connect(victim.Process.GrpcAddress) : await Http2.Open(victim.Process.GrpcAddress);
                open[victim].Add(stream);
                if (i % 3 == 2)
                {
                    await stream.WriteAsync(Http2.Frame(Http2.Headers, Http2.EndHeaders, 1, Http2.Call(RawCall.Submit, victim.Key)));
                }
            }
        }

        // A byte at a time of messages that never end, ten a second on each connection.
        async Task SendAByteOnEach(Victim victim)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            for (var round = 0; round < 10; round++)
            {
                foreach (var stream in open[victim].Where((_, i) => i % 3 == 2))
                {
                    await Try(() => stream.WriteAsync(Http2.Frame(Http2.Data, 0, 1, [0])));
                }

                await timer.WaitForNextTickAsync();
            }
        }
    }

    [Fact]
    public async Task StreamResets_OneAfterTheOther_EndConnectionsAndNothingElse()
    {
        var resets = Battery.Size(2_000, 100_000);
        await using var abused = await Abused.Start();
        var (sent, ended) = (0, 0);

        var figures = await abused.Measure(victim =>
        {
            (sent, ended) = (0, 0);
            return Task.WhenAll(Enumerable.Range(0, ResettingConnections).Select(_ => Task.Run(() => Reset(victim))));
        });

        Battery.Report("stream resets", $"{sent} streams begun and reset, {ended} connections ended by the server; {figures}");

        async Task Reset(Victim victim)
        {
            var block = Http2.Call(RawCall.Submit, victim.Key);
            while (Volatile.Read(ref sent) < resets)
            {
                await using var stream = await Http2.Open(victim.Process.GrpcAddress);
                var reading = Http2.ReadToEnd(stream);
                for (var id = 1; !reading.IsCompleted && Volatile.Read(ref sent) < resets; id += 2 * ResetsAtOnce)
                {
                    var many = Enumerable.Range(0, ResetsAtOnce).SelectMany(i => (byte[])[
                        .. Http2.Frame(Http2.Headers, Http2.EndHeaders, id + (2 * i), block), .. Http2.Frame(Http2.ResetStream, 0, id + (2 * i), [0, 0, 0, 8])]);
                    await Try(() => stream.WriteAsync((byte[])[.. many]));
                    Interlocked.Add(ref sent, ResetsAtOnce);
                }

                await Try(() => { stream.Socket.Shutdown(SocketShutdown.Send); return ValueTask.CompletedTask; });
                Interlocked.Add(ref ended, (await reading).Exists(frame => frame.Type == Http2.GoAway) ? 1 : 0);
            }
        }
    }

    private static byte[] Bomb(int megabytes)
    {
        using var output = new MemoryStream();
        using (var packer = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < megabytes; i++)
            {
                packer.Write(zeros);
            }
        }

        return output.ToArray();
    }

    private static async Task Try(Func<ValueTask> send)
    {
        try
        {
            await send();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The server has ended the connection, as it should.
        }
    }
}

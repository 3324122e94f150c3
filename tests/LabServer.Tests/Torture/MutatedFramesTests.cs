using System.Diagnostics;
using System.Net.Sockets;
using Google.Protobuf;
using LabServer.Api.V1;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;

namespace LabServer.Tests.Torture;

/// <summary>Connections that speak HTTP/2 nearly as they should.</summary>
[Collection(Alone.Name)]
[Trait(Battery.Name, Battery.Value)]
public sealed class MutatedFramesTests
{
    private const int Workers = 8;
    private const int FramesPerConnection = 10;
    private const int HeaderBytes = 9;
    private const int LastAnswered = 3;

    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Paths = [RawCall.Submit, RawCall.Stream, "/labserver.v1.AccessService/GetCaller", "/grpc.health.v1.Health/Check"];

    [Fact]
    public async Task Frames_Mutated_EndConnectionsAndNothingElse()
    {
        var frames = Battery.Size(1_000, 100_000);
        await using var server = await ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Limits:CallsPerSecond"] = "0" });
        using (var warm = new RawCall(server))
        {
            // The first call of its kind takes longer than anybody waits below.
            foreach (var path in Paths)
            {
                await warm.Post(path, RawCall.Frame([]));
            }
        }

        var (sent, goneAway, answered) = (0, 0, 0);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var mutation = new Mutation(Battery.Seed + worker);
            while (Volatile.Read(ref sent) < frames)
            {
                var conversation = Conversation(mutation, server.AdminKey);
                Interlocked.Add(ref sent, conversation.Count);
                await using var stream = await Http2.Connect(server.GrpcAddress);
                var answer = new TaskCompletionSource();
                // Whether all is read or it is broken off: the server ends it, within the bound.
                var reading = Http2.ReadToEnd(stream, frame =>
                {
                    if (frame.Stream == LastAnswered)
                    {
                        answer.TrySetResult();
                    }
                });
                try
                {
                    await stream.WriteAsync(mutation.Chance(20) ? mutation.Bytes(Http2.Preface, 1) : Http2.Preface);
                    await stream.WriteAsync((byte[])[.. conversation.SelectMany(bytes => bytes)]);
                    // A connection that the client ends gets no answers any more; what was changed beyond an answer gets none anyway.
                    await Task.WhenAny(answer.Task, reading, Task.Delay(LongestAnswer));
                    stream.Socket.Shutdown(SocketShutdown.Send);
                }
                catch (Exception exception) when (exception is IOException or SocketException)
                {
                    // It has ended it already.
                }

                var read = await reading;
                Interlocked.Add(ref goneAway, read.Exists(frame => frame.Type == Http2.GoAway && frame.Payload.AsSpan(4).ContainsAnyExcept((byte)0)) ? 1 : 0);
                Interlocked.Add(ref answered, read.Exists(frame => frame.Type == Http2.Headers) ? 1 : 0);
            }
        })));
        watch.Stop();

        Assert.True(goneAway > 0 && answered > 0, $"{goneAway} refused, {answered} answered: the frames are neither all good nor all bad");
        using var fresh = server.OpenChannel();
        Assert.Equal("admin", (await new AccessService.AccessServiceClient(fresh).GetCallerAsync(new GetCallerRequest())).Name);
        Battery.Report(
            "mutated HTTP/2 frames",
            $"{sent} frames on {sent / FramesPerConnection} connections, {answered} with an answer, {goneAway} told to go away, server up, in {watch.Elapsed.TotalSeconds:F0} s");
    }

    // Settings, three calls with their messages, a ping, credit and a reset; then some of it changed.
    private static List<byte[]> Conversation(Mutation mutation, string key)
    {
        var block = Http2.Call(mutation.Of(Paths), key);
        var message = RawCall.Frame(new SubmitResultsRequest { StudyId = "S", Laboratory = "L", Results = { Trial.Alt("1", "30") } }.ToByteArray());
        List<byte[]> frames =
        [
            Http2.Frame(Http2.Settings, 0, 0, []),
            Http2.Frame(Http2.Headers, Http2.EndHeaders, 1, block),
            Http2.Frame(Http2.Data, Http2.EndStream, 1, message),
            Http2.Frame(Http2.Ping, 0, 0, new byte[8]),
            Http2.Frame(Http2.Headers, Http2.EndHeaders, 3, block),
            Http2.Frame(Http2.WindowUpdate, 0, 0, [0, 1, 0, 0]),
            Http2.Frame(Http2.Data, 0, 3, message.AsSpan(0, 3)),
            Http2.Frame(Http2.Data, Http2.EndStream, 3, message.AsSpan(3)),
            Http2.Frame(Http2.Headers, Http2.EndHeaders, 5, block),
            Http2.Frame(Http2.ResetStream, 0, 5, [0, 0, 0, 8]),
        ];
        // Nearly all that is wrong with a frame ends its connection; what is wrong within the data of a call comes further.
        var deep = mutation.Chance(2);
        for (var times = 1 + mutation.Next(3); times > 0; times--)
        {
            var at = mutation.Next(frames.Count);
            if (deep)
            {
                at = mutation.Of([2, 6, 7]);
                frames[at] = Http2.Frame(Http2.Data, frames[at][4], frames[at][8], mutation.Bytes(frames[at][HeaderBytes..], 1 + mutation.Next(4)));
                continue;
            }

            if (frames[at].Length < HeaderBytes)
            {
                // Changed before into something that is no frame.
                continue;
            }

            switch (mutation.Next(6))
            {
                case 0:
                    frames[at] = mutation.Bytes(frames[at], 1 + mutation.Next(3));
                    break;
                case 1:
                    // The header alone: length, type, flags, stream.
                    frames[at] = [.. mutation.Bytes(frames[at][..HeaderBytes], 1), .. frames[at][HeaderBytes..]];
                    break;
                case 2:
                    // The payload alone, so that the frame is one: HPACK, settings, message.
                    frames[at] = Http2.Frame(frames[at][3], frames[at][4], frames[at][8], mutation.Bytes(frames[at][HeaderBytes..], 1 + mutation.Next(4)));
                    break;
                case 3:
                    frames[at] = Http2.Frame((byte)mutation.Next(12), (byte)mutation.Next(256), mutation.Next(8), mutation.Bytes(new byte[mutation.Next(40)], 4));
                    break;
                case 4:
                    frames[at] = frames[mutation.Next(frames.Count)];
                    break;
                default:
                    frames[at] = Http2.Frame(frames[at][3], (byte)(frames[at][4] ^ (1 << mutation.Next(6))), mutation.Next(9), frames[at].AsSpan(HeaderBytes));
                    break;
            }
        }

        return frames;
    }
}

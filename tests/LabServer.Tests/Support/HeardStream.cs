using Grpc.Core;

namespace LabServer.Tests.Support;

/// <summary>A stream read to its end in the background: what it said, and how it ended.</summary>
internal sealed class HeardStream<T>
{
    private readonly Lock _gate = new();
    private readonly List<T> _seen = [];

    private HeardStream()
    {
    }

    /// <summary>What it has said so far.</summary>
    public IReadOnlyList<T> Seen
    {
        get
        {
            lock (_gate)
            {
                return [.. _seen];
            }
        }
    }

    /// <summary>Ends as the stream does: with its status where that is none of success.</summary>
    public required Task End { get; init; }

    public static HeardStream<T> Of<TMessage>(IAsyncStreamReader<TMessage> stream, Func<TMessage, T> part)
    {
        var begin = new TaskCompletionSource<HeardStream<T>>();
        var heard = new HeardStream<T> { End = Task.Run(async () => await (await begin.Task).Read(stream, part)) };
        begin.SetResult(heard);
        return heard;
    }

    private async Task Read<TMessage>(IAsyncStreamReader<TMessage> stream, Func<TMessage, T> part)
    {
        await foreach (var message in stream.ReadAllAsync())
        {
            lock (_gate)
            {
                _seen.Add(part(message));
            }
        }
    }
}

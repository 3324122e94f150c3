using Grpc.Core;

namespace LabServer.Tests.Compat;

internal sealed class EchoService : Echo.EchoBase
{
    public const string Wait = "WAIT";

    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a call waits.</summary>
    public Task Waiting => _waiting.Task;

    /// <summary>Ends when the waiting call is cancelled.</summary>
    public Task Cancelled => _cancelled.Task;

    public override async Task<Words> Say(Words request, ServerCallContext context)
    {
        if (request.Text == Wait)
        {
            await using var registration = context.CancellationToken.Register(() => _cancelled.TrySetResult());
            _waiting.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
        }

        // Everything a client may ask for by name comes back twice: in headers and in trailers.
        var echoed = new Metadata();
        foreach (var entry in context.RequestHeaders.Where(entry => entry.Key.StartsWith("echo-", StringComparison.Ordinal)))
        {
            echoed.Add(entry);
            context.ResponseTrailers.Add(entry);
        }

        await context.WriteResponseHeadersAsync(echoed);
        return request;
    }

    public override async Task<Words> Join(IAsyncStreamReader<Words> requestStream, ServerCallContext context)
    {
        var texts = new List<string>();
        await foreach (var words in requestStream.ReadAllAsync(context.CancellationToken))
        {
            texts.Add(words.Text);
        }

        return new Words { Text = string.Join(' ', texts) };
    }

    public override async Task Split(
        Words request, IServerStreamWriter<Words> responseStream, ServerCallContext context)
    {
        foreach (var word in request.Text.Split(' '))
        {
            await responseStream.WriteAsync(new Words { Text = word }, context.CancellationToken);
        }
    }

    public override async Task Chat(
        IAsyncStreamReader<Words> requestStream, IServerStreamWriter<Words> responseStream, ServerCallContext context)
    {
        await foreach (var words in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(words, context.CancellationToken);
        }
    }
}

using Grpc.Core;
using LabServer.Api.V1;

namespace LabServer.Tests.Support;

/// <summary>Writes batches to a stream until that has ended; how, whoever reads the answers sees.</summary>
internal sealed class EndlessWriter : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly Task _writing;

    /// <param name="requests">The stream.</param>
    /// <param name="batch">The batch of a number, of which the first is 1.</param>
    public EndlessWriter(IClientStreamWriter<StreamResultsRequest> requests, Func<ulong, StreamResultsRequest> batch) =>
        _writing = Write(requests, batch);

    public async ValueTask DisposeAsync()
    {
        // A write that waits for flow control does not always notice the end of its call; it has to be told.
        await _over.CancelAsync();
        await _writing.WaitAsync(Eventually.Bound);
        _over.Dispose();
    }

    private async Task Write(IClientStreamWriter<StreamResultsRequest> requests, Func<ulong, StreamResultsRequest> batch)
    {
        try
        {
            for (var number = 1UL; ; number++)
            {
                await requests.WriteAsync(batch(number), _over.Token);
            }
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or IOException or OperationCanceledException)
        {
            // The stream has ended.
        }
    }
}

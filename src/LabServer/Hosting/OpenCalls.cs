namespace LabServer.Hosting;

/// <summary>
/// Holds back the closing of connections at a stop until the calls on them have ended and their ends can have been read: a
/// connection that is closed while the other end still sends is reset, and takes with it what was not read yet, the status of
/// a stream too.
/// </summary>
internal sealed class OpenCalls(IHostApplicationLifetime lifetime, TimeProvider time) : IHostedLifecycleService
{
    // Who does not read does not end, and must not hold up the stop.
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ToRead = TimeSpan.FromMilliseconds(100);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the server itself, until it stops.
    private int _open = 1;

    /// <summary>Counts a call as open until its answer has been given to the connection.</summary>
    public Task Count(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _open);
        context.Response.OnCompleted(() =>
        {
            End();
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Calls end by this; the host says it only after what is awaited here.
        lifetime.StopApplication();
        if (End())
        {
            return;
        }

        try
        {
            await _ended.Task.WaitAsync(MostWait, time, cancellationToken);
            await Task.Delay(ToRead, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // Those that are left are cut off with their connections.
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool End()
    {
        var last = Interlocked.Decrement(ref _open) == 0;
        if (last)
        {
            _ended.TrySetResult();
        }

        return last;
    }
}

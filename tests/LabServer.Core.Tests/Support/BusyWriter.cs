using LabServer.Core.Storage;

namespace LabServer.Core.Tests.Support;

/// <summary>A writer that is kept from its next transaction: what it is given meanwhile waits, and then goes into one.</summary>
internal sealed class BusyWriter : IAsyncDisposable
{
    // Longer than any test keeps one.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private readonly ManualResetEventSlim _gate = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _busy = Task.CompletedTask;

    private BusyWriter()
    {
    }

    /// <summary>Keeps a writer busy until <see cref="GoOn"/>.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="isCommitted">Behind a commit, so that other processes can write; else within a transaction.</param>
    public static async Task<BusyWriter> Of(DatabaseWriter writer, bool isCommitted = false)
    {
        var kept = new BusyWriter();
        kept._busy = writer.Run(
            session =>
            {
                if (isCommitted)
                {
                    session.AfterCommit(kept.Hold);
                }
                else
                {
                    kept.Hold();
                }
            },
            rows: 1,
            CancellationToken.None);
        // Whichever comes first: work that fails never begins to wait.
        await await Task.WhenAny(kept._begun.Task, kept._busy);
        return kept;
    }

    /// <summary>Lets it go on, and waits for the end of its transaction.</summary>
    public Task GoOn()
    {
        _gate.Set();
        return _busy;
    }

    public async ValueTask DisposeAsync()
    {
        await GoOn();
        _gate.Dispose();
    }

    private void Hold()
    {
        _begun.TrySetResult();
        _gate.Wait(Bound);
    }
}

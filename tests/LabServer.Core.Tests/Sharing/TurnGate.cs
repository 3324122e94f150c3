namespace LabServer.Core.Tests.Sharing;

/// <summary>Where a simulated server waits before each transaction that writes, until the simulation lets it go on or kills it.</summary>
internal sealed class TurnGate : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(0);
    private readonly Action _changed;
    private bool _isDead;

    public TurnGate(Action changed) => _changed = changed;

    /// <summary>Whether somebody waits.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Waits for the turn. Called by the writer, which is one.</summary>
    public void Pass()
    {
        lock (_lock)
        {
            if (_isDead)
            {
                throw new SimulatedCrashException();
            }

            IsWaiting = true;
        }

        _changed();
        _turn.Wait();
        if (_isDead)
        {
            throw new SimulatedCrashException();
        }
    }

    /// <summary>Lets who waits go on.</summary>
    public void GoOn()
    {
        lock (_lock)
        {
            IsWaiting = false;
        }

        _turn.Release();
    }

    /// <summary>Kills the server: whoever waits and whoever comes is turned away.</summary>
    public void Kill()
    {
        lock (_lock)
        {
            _isDead = true;
            if (!IsWaiting)
            {
                return;
            }

            IsWaiting = false;
        }

        _turn.Release();
    }

    public void Dispose() => _turn.Dispose();
}

namespace LabServer.Core.Tests.Sharing;

/// <summary>Where a simulated server waits before each transaction that writes, until the simulation lets it go on or kills it.</summary>
/// <param name="changed">Called when somebody begins to wait.</param>
internal sealed class TurnGate(Action changed)
{
    private readonly object _lock = new();
    private bool _isDead;

    /// <summary>Whether somebody waits.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Waits for the turn. Called by the writer, which is one.</summary>
    public void Pass()
    {
        lock (_lock)
        {
            IsWaiting = !_isDead;
        }

        changed();
        lock (_lock)
        {
            while (IsWaiting)
            {
                Monitor.Wait(_lock);
            }

            if (_isDead)
            {
                throw new SimulatedCrashException();
            }
        }
    }

    /// <summary>Lets who waits go on.</summary>
    public void GoOn()
    {
        lock (_lock)
        {
            IsWaiting = false;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Kills the server: whoever waits and whoever comes is turned away.</summary>
    public void Kill()
    {
        lock (_lock)
        {
            _isDead = true;
            IsWaiting = false;
            Monitor.Pulse(_lock);
        }
    }
}

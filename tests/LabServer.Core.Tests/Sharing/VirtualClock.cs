namespace LabServer.Core.Tests.Sharing;

/// <summary>The time of a simulation. It goes on when the simulation says so, and not by itself.</summary>
internal sealed class VirtualClock
{
    private readonly Lock _gate = new();
    private readonly List<VirtualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 11, 29, 8, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <summary>Lets time pass, and everything happen that was to happen by then.</summary>
    public void Advance(TimeSpan by)
    {
        List<VirtualTimer> due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            _timers.RemoveAll(due.Contains);
        }

        due.ForEach(timer => timer.Fire());
    }

    /// <summary>The clock as one server has it.</summary>
    /// <param name="changed">Called when the number of delays that the server waits in changes, with that change.</param>
    public TimeProvider For(Action<int> changed) => new ServerTime(this, changed);

    private void Add(VirtualTimer timer)
    {
        lock (_gate)
        {
            _timers.Add(timer);
        }
    }

    private void Remove(VirtualTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    private sealed class ServerTime(VirtualClock clock, Action<int> changed) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new VirtualTimer(clock, callback, state, changed);
            timer.Change(dueTime, period);
            return timer;
        }
    }

    /// <summary>Fires once: a delay is all that is asked of it.</summary>
    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state, Action<int> changed) : ITimer
    {
        private int _waits;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                Stop();
                return true;
            }

            Due = clock.Now + dueTime;
            if (Interlocked.Exchange(ref _waits, 1) == 0)
            {
                changed(1);
                clock.Add(this);
            }

            return true;
        }

        public void Fire()
        {
            if (Interlocked.Exchange(ref _waits, 0) == 1)
            {
                // Before the callback: who is woken by it is at work, and not waiting any more.
                changed(-1);
                callback(state);
            }
        }

        public void Dispose() => Stop();

        public ValueTask DisposeAsync()
        {
            Stop();
            return ValueTask.CompletedTask;
        }

        private void Stop()
        {
            clock.Remove(this);
            if (Interlocked.Exchange(ref _waits, 0) == 1)
            {
                changed(-1);
            }
        }
    }
}

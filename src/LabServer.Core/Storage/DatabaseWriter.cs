using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;

namespace LabServer.Core.Storage;

/// <summary>
/// The single writer. Work that is waiting is put into one transaction, so that many batches share the cost of one
/// durable commit; each caller's task ends only when its transaction has reached the disk.
/// </summary>
/// <remarks>
/// When a transaction fails, it is rolled back and each piece of work in it is run again in a transaction of its own:
/// whatever is at fault then fails alone. Where the database is at fault (disk full, locked, …) all of it fails at once, and
/// the next transaction is on a connection of its own: nothing has to be restarted once the cause is gone. What passes by itself
/// (<see cref="Dialect.IsPassing"/>) is tried again a few times before that, but never once a commit was begun.
/// </remarks>
public sealed class DatabaseWriter : IAsyncDisposable
{
    // A group ends here so that the first caller in it does not wait for an endless queue.
    private const int MaximumGroupRows = 20_000;
    private const int QueueLength = 256;
    private const int UrgentQueueLength = 16;

    /// <summary>Rows of work that must be the last of its transaction, because what follows depends on its outcome.</summary>
    public const int Alone = MaximumGroupRows;

    // A deadlock is over at once; a database that moves to another machine takes seconds, and then those who ask wait and ask again.
    private static readonly TimeSpan[] BeforeNextTry =
        [TimeSpan.Zero, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    // Who asks waits as long, however long a single try takes.
    private static readonly TimeSpan TriesEnd = TimeSpan.FromSeconds(10);

    private readonly Dialect _dialect;
    private readonly TimeProvider _time;

    // Null: nothing but a knock, so that urgent work is looked for.
    private readonly Channel<Work?> _queue;
    private readonly Channel<Work> _urgent;
    private readonly Task _loop;
    private readonly SharedCopies _copies;
    private readonly StorageMetrics? _metrics;
    private DbConnection? _connection;
    private PreparedStatements? _prepared;
    private volatile bool _closing;
    private Exception? _failure;

    internal DatabaseWriter(Dialect dialect, DbConnection connection, TimeProvider time, SharedCopies copies, StorageMetrics? metrics)
    {
        _dialect = dialect;
        _connection = connection;
        _time = time;
        _copies = copies;
        _metrics = metrics;
        _queue = Channel.CreateBounded<Work?>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
        _urgent = Channel.CreateBounded<Work>(new BoundedChannelOptions(UrgentQueueLength) { SingleReader = true });
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>
    /// What the database said when it did not take the last transaction (a full disk, a file that cannot be written); null:
    /// it took it. What is wrong with a piece of work itself does not count.
    /// </summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>How many pieces of work wait for a transaction.</summary>
    public int Waiting => _queue.Reader.Count + _urgent.Reader.Count;

    /// <summary>Runs <paramref name="work"/> in a transaction and returns its answer when that is durable.</summary>
    /// <param name="work">What to write. Called on the writer's thread; may be called twice, see the remarks of the type.</param>
    /// <param name="rows">About how many rows it writes; decides how much shares a transaction.</param>
    /// <param name="cancellation">Gives up waiting for a place in the queue. Work that has a place is done.</param>
    public async Task<T> Run<T>(Func<WriteSession, T> work, int rows, CancellationToken cancellation)
    {
        var item = new Work<T>(work, rows);
        await _queue.Writer.WriteAsync(item, cancellation).ConfigureAwait(false);
        return await item.Answer.Task.ConfigureAwait(false);
    }

    /// <inheritdoc cref="Run{T}"/>
    public Task Run(Action<WriteSession> work, int rows, CancellationToken cancellation) =>
        Run(
            session =>
            {
                work(session);
                return true;
            },
            rows,
            cancellation);

    /// <summary>
    /// Runs <paramref name="work"/> in the next transaction, ahead of all that waits in <see cref="Run{T}"/>: for what is of no use
    /// late, as a server's sign of life is. It must be small and rare, as a renewal is or a claim of shares: the transaction takes
    /// as much of the other work as it would without.
    /// </summary>
    /// <inheritdoc cref="Run{T}"/>
    public async Task<T> RunUrgent<T>(Func<WriteSession, T> work, CancellationToken cancellation)
    {
        var item = new Work<T>(work, rows: 1);
        await _urgent.Writer.WriteAsync(item, cancellation).ConfigureAwait(false);
        // Where there is no place for it, nobody sleeps.
        _queue.Writer.TryWrite(null);
        return await item.Answer.Task.ConfigureAwait(false);
    }

    /// <inheritdoc cref="RunUrgent{T}"/>
    public Task RunUrgent(Action<WriteSession> work, CancellationToken cancellation) =>
        RunUrgent(
            session =>
            {
                work(session);
                return true;
            },
            cancellation);

    /// <summary>
    /// Finishes what is queued, refuses more, and closes the connection. Where the database cannot be written, what is queued
    /// fails: it is not waited for.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _closing = true;
        // In this order: once there is no more in the queue, there is no more that is urgent.
        _urgent.Writer.TryComplete();
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        Disconnect();
    }

    private async Task Loop()
    {
        var group = new List<Work>();
        while (await HasMore().ConfigureAwait(false))
        {
            Gather(group);
            if (group.Count == 0)
            {
                continue;
            }

            try
            {
                await Settle(group).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // A fault of this class or of who listens to its figures: whoever waits is told, and the next group has its turn.
                group.ForEach(work => work.Fail(exception));
            }

            group.Clear();
        }
    }

    private async Task Settle(List<Work> group)
    {
        var failure = await TryCommit(group).ConfigureAwait(false);
        if (failure is not null && (group.Count == 1 || failure is AfterCommitException or CommitUnknownException || _dialect.FaultOf(failure) != StorageFault.None))
        {
            group.ForEach(work => work.Fail(failure));
            FailTheRest(failure);
        }
        else if (failure is not null)
        {
            await CommitEach(group).ConfigureAwait(false);
        }
    }

    // Full, the queue has no place for a knock: what is urgent is looked for before there is any waiting, and once more at the end.
    private async ValueTask<bool> HasMore() =>
        _urgent.Reader.Count > 0 || await _queue.Reader.WaitToReadAsync().ConfigureAwait(false) || _urgent.Reader.Count > 0;

    private void Gather(List<Work> group)
    {
        while (_urgent.Reader.TryRead(out var urgent))
        {
            group.Add(urgent);
        }

        var rows = 0;
        while (rows < MaximumGroupRows && _queue.Reader.TryRead(out var work))
        {
            if (work is not null)
            {
                group.Add(work);
                rows += work.Rows;
            }
        }
    }

    private async Task CommitEach(List<Work> group)
    {
        foreach (var work in group)
        {
            if (await TryCommit([work]).ConfigureAwait(false) is { } own)
            {
                work.Fail(own);
            }
        }
    }

    // At the end nobody comes back for another try, and each would wait for the lock again.
    private void FailTheRest(Exception failure)
    {
        while (_closing && _dialect.FaultOf(failure) != StorageFault.None && (_urgent.Reader.TryRead(out var work) || _queue.Reader.TryRead(out work)))
        {
            work?.Fail(failure);
        }
    }

    // What a failing disk leaves of a connection (a transaction it cannot roll back, statements of it) is not used again.
    private void Disconnect()
    {
        var (prepared, connection) = (_prepared, _connection);
        (_prepared, _connection) = (null, null);
        using (connection)
        {
            prepared?.Dispose();
        }
    }

    private async Task<Exception?> TryCommit(List<Work> group)
    {
        var began = _time.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            var failure = TryOnce(group);
            if (failure is null or AfterCommitException or CommitUnknownException || !(_dialect.IsPassing(failure) || (tries == 0 && WasRaced(failure)))
                || _closing || tries == BeforeNextTry.Length || _time.GetElapsedTime(began) > TriesEnd)
            {
                return failure;
            }

            Disconnect();
            await Task.Delay(BeforeNextTry[tries], _time).ConfigureAwait(false);
        }
    }

    // Another server was first to store the same: the second time its rows are there to be seen. Where this process writes alone
    // the work itself is at fault.
    private bool WasRaced(Exception failure) =>
        _dialect.IsShared && failure is DbException raced && _dialect.IsUniqueViolation(raced);

    private Exception? TryOnce(List<Work> group)
    {
        using var span = Telemetry.Source.StartActivity("commit");
        var began = Stopwatch.GetTimestamp();
        try
        {
            Commit(group);
        }
        catch (Exception exception)
        {
            Note(exception, span);
            // A server across the network leaves connections that cannot be used in more ways than it has numbers for.
            if (_dialect.FaultOf(exception) is not StorageFault.None and not StorageFault.Busy
                || (_dialect.IsShared && exception is DbException or InvalidOperationException))
            {
                Disconnect();
            }

            return exception;
        }

        Note(group, Stopwatch.GetElapsedTime(began), span);
        foreach (var work in group)
        {
            work.Finish();
        }

        return null;
    }

    private void Commit(List<Work> group)
    {
        _connection ??= _dialect.OpenWriter();
        _prepared ??= new PreparedStatements(_connection, _dialect);
        using var transaction = _dialect.BeginWrite(_connection);
        // No other writes from here on: what is in memory is what the work may count on.
        var before = _copies.Refresh(_connection, transaction);
        var session = new WriteSession(_connection, transaction, _dialect, _time, _prepared);
        foreach (var work in group)
        {
            work.Do(session);
        }

        session.RunBeforeCommit();
        Commit(transaction);
        try
        {
            session.RunAfterCommit();
        }
        finally
        {
            _copies.LookAgain(before, session.AuditHead);
        }
    }

    private void Commit(DbTransaction transaction)
    {
        try
        {
            _dialect.Commit(transaction);
        }
        catch (Exception exception) when (_dialect.MayBeCommitted(exception))
        {
            throw new CommitUnknownException(exception);
        }
    }

    private void Note(List<Work> group, TimeSpan duration, Activity? span)
    {
        Volatile.Write(ref _failure, null);
        var rows = group.Sum(work => work.Rows);
        _metrics?.Committed(duration, rows, group.Count);
        span?.SetTag("labserver.rows", rows).SetTag("labserver.works", group.Count);
    }

    private void Note(Exception exception, Activity? span)
    {
        if (_dialect.FaultOf(exception) != StorageFault.None)
        {
            Volatile.Write(ref _failure, exception);
        }

        _metrics?.Failed(exception);
        span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
    }

    private abstract class Work(int rows)
    {
        public int Rows => rows;

        public abstract void Do(WriteSession session);

        public abstract void Finish();

        public abstract void Fail(Exception exception);
    }

    private sealed class Work<T>(Func<WriteSession, T> work, int rows) : Work(rows)
    {
        private T? _answer;

        public TaskCompletionSource<T> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Do(WriteSession session) => _answer = work(session);

        public override void Finish() => Answer.TrySetResult(_answer!);

        public override void Fail(Exception exception) => Answer.TrySetException(exception);
    }
}

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
/// whatever is at fault then fails alone.
/// </remarks>
public sealed class DatabaseWriter : IAsyncDisposable
{
    // A group ends here so that the first caller in it does not wait for an endless queue.
    private const int MaximumGroupRows = 20_000;
    private const int QueueLength = 256;

    /// <summary>Rows of work that must be the last of its transaction, because what follows depends on its outcome.</summary>
    public const int Alone = MaximumGroupRows;

    private readonly Dialect _dialect;
    private readonly DbConnection _connection;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);
    private readonly Channel<Work> _queue;
    private readonly Task _loop;
    private readonly StorageMetrics? _metrics;
    private Exception? _failure;

    internal DatabaseWriter(Dialect dialect, DbConnection connection, TimeProvider time, StorageMetrics? metrics = null)
    {
        _dialect = dialect;
        _connection = connection;
        _time = time;
        _metrics = metrics;
        _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>
    /// What the database said when it did not take the last transaction (a full disk, a file that cannot be written); null:
    /// it took it. What is wrong with a piece of work itself does not count.
    /// </summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>How many pieces of work wait for a transaction.</summary>
    public int Waiting => _queue.Reader.Count;

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

    /// <summary>Finishes what is queued, refuses more, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync().ConfigureAwait(false);
        }

        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task Loop()
    {
        var group = new List<Work>();
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var rows = 0;
            while (rows < MaximumGroupRows && _queue.Reader.TryRead(out var work))
            {
                group.Add(work);
                rows += work.Rows;
            }

            var failure = TryCommit(group);
            if (failure is not null && group.Count == 1)
            {
                group[0].Fail(failure);
            }
            else if (failure is not null)
            {
                foreach (var work in group)
                {
                    if (TryCommit([work]) is { } own)
                    {
                        work.Fail(own);
                    }
                }
            }

            group.Clear();
        }
    }

    private Exception? TryCommit(List<Work> group)
    {
        using var span = Telemetry.Source.StartActivity("commit");
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var transaction = _connection.BeginTransaction();
            var session = new WriteSession(_connection, transaction, _dialect, _time, _commands);
            foreach (var work in group)
            {
                work.Do(session);
            }

            session.RunBeforeCommit();
            transaction.Commit();
            session.RunAfterCommit();
        }
        catch (Exception exception)
        {
            Note(exception, span);
            return exception;
        }

        Note(group, Stopwatch.GetElapsedTime(began), span);
        foreach (var work in group)
        {
            work.Finish();
        }

        return null;
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
        if (exception is DbException said && !_dialect.IsUniqueViolation(said))
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

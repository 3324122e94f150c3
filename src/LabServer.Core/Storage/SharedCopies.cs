using System.Data.Common;
using System.Runtime.ExceptionServices;
using Dapper;

namespace LabServer.Core.Storage;

/// <summary>
/// What this process keeps in memory of a database that others write to as well. Whatever changes one of these copies leaves an
/// entry in the audit trail, so that the entries since the last look tell which copies are to be read again. Where the database is
/// nobody else's there is nothing to look for.
/// </summary>
/// <remarks>
/// The writer looks before each transaction, and somebody beside it twice a second. Neither waits for what the other reads: each copy
/// knows up to which entry it has everything, and takes over what was read only if that is newer.
/// </remarks>
public sealed class SharedCopies
{
    // What is known to be there, and what is last.
    private const string SelectEnds = """
        SELECT entry_number AS Number, hash AS Hash FROM audit_entry WHERE entry_number = @known
        UNION ALL
        SELECT entry_number, hash FROM audit_entry WHERE entry_number > @known AND entry_number = (SELECT MAX(entry_number) FROM audit_entry)
        ORDER BY Number
        """;

    private const string SelectActions = """
        SELECT action AS Action, MAX(entry_number) AS Last FROM audit_entry
        WHERE entry_number > @seen AND entry_number <= @last
        GROUP BY action
        """;

    private readonly List<Copy> _copies = [];
    private readonly Lock _gate = new();
    private readonly Dialect _dialect;
    private readonly long _opened;

    // The newest entry that this process has seen or written.
    private End _known = new(0, []);
    private bool _isLost;

    /// <summary>Before anything is copied, so that no change after that is missed.</summary>
    internal SharedCopies(Dialect dialect, DbConnection connection)
    {
        _dialect = dialect;
        if (dialect.IsShared)
        {
            _known = LastEnd(connection, null, _known);
            _opened = _known.Number;
        }
    }

    /// <summary>
    /// Whether the database has lost what this process knows to have been committed, as after a failover that nobody waited for. What is
    /// in memory (keys of subjects, above all) may mean something else there now.
    /// </summary>
    public bool IsLost => Volatile.Read(ref _isLost);

    /// <summary>Registers a copy, which was read after the database was opened.</summary>
    /// <param name="read">Reads it again, in the transaction it is given, and returns what takes it over.</param>
    /// <param name="actions">Actions of the audit trail that change it.</param>
    public void Add(Func<DbConnection, DbTransaction, Action> read, params string[] actions)
    {
        lock (_gate)
        {
            // Not what was seen since: what came between reading and this is read again.
            _copies.Add(new Copy(read, actions) { Seen = _opened });
        }
    }

    /// <summary>Reads again what others have changed, as the transaction sees it. Returns the number of the last entry that it sees.</summary>
    /// <exception cref="LostCommitsException">The database is not the one that this process knows.</exception>
    internal long Refresh(DbConnection connection, DbTransaction transaction)
    {
        if (!_dialect.IsShared)
        {
            return 0;
        }

        // What is known now the transaction sees, as it has not looked at anything yet.
        End known;
        List<(Copy Copy, long Seen)> copies;
        lock (_gate)
        {
            known = _known;
            copies = [.. _copies.Select(copy => (copy, copy.Seen))];
        }

        var last = LastEnd(connection, transaction, known);
        var seen = copies.Select(copy => copy.Seen).Append(last.Number).Min();
        ExceptionDispatchInfo? failure = null;
        if (seen < last.Number)
        {
            var changed = connection.Query<(string Action, long Last)>(SelectActions, new { seen, last = last.Number }, transaction)
                .ToDictionary(row => row.Action, row => row.Last, StringComparer.Ordinal);
            foreach (var (copy, before) in copies)
            {
                try
                {
                    var isChanged = copy.Actions.Any(action => changed.GetValueOrDefault(action) > before);
                    Take(copy, before, last.Number, isChanged ? copy.Read(connection, transaction) : null);
                }
                catch (Exception exception) when (_dialect.FaultOf(exception) == StorageFault.None)
                {
                    // It stays behind, and the others do not.
                    failure ??= ExceptionDispatchInfo.Capture(exception);
                }
            }
        }

        Know(last);
        failure?.Throw();
        return last.Number;
    }

    /// <summary>
    /// To be called when a transaction is committed and its own changes are in the copies. Others may have committed since, and somebody
    /// may have read that before: what was taken over then is read again, as the transaction's own changes have replaced it.
    /// </summary>
    /// <param name="before">The last entry before the transaction.</param>
    /// <param name="head">The last one of its own; null: it has none.</param>
    internal void LookAgain(long before, AuditHead? head)
    {
        if (!_dialect.IsShared)
        {
            return;
        }

        lock (_gate)
        {
            foreach (var copy in _copies)
            {
                copy.Seen = Math.Min(copy.Seen, before);
            }
        }

        if (head is not null)
        {
            Know(new End(head.Number, head.Hash));
        }
    }

    private void Take(Copy copy, long before, long last, Action? takeOver)
    {
        lock (_gate)
        {
            // Nothing was read because nothing had changed since: that is good only for a copy that has still got all it had.
            if (last > copy.Seen && (takeOver is not null || copy.Seen >= before))
            {
                takeOver?.Invoke();
                copy.Seen = last;
            }
        }
    }

    private void Know(End end)
    {
        lock (_gate)
        {
            _known = end.Number > _known.Number ? end : _known;
        }
    }

    private End LastEnd(DbConnection connection, DbTransaction? transaction, End known)
    {
        var ends = connection.Query<(long Number, byte[] Hash)>(SelectEnds, new { known = known.Number }, transaction)
            .Select(row => new End(row.Number, row.Hash)).ToList();
        if (IsLost || (known.Number > 0 && !(ends is [var first, ..] && first.Number == known.Number && first.Hash.AsSpan().SequenceEqual(known.Hash))))
        {
            Volatile.Write(ref _isLost, true);
            throw new LostCommitsException(known.Number);
        }

        return ends is [.., var last] ? last : known;
    }

    private sealed record Copy(Func<DbConnection, DbTransaction, Action> Read, string[] Actions)
    {
        /// <summary>Up to which entry it has everything.</summary>
        public long Seen { get; set; }
    }

    private sealed record End(long Number, byte[] Hash);
}

using System.Data.Common;
using Dapper;

namespace LabServer.Core.Storage;

/// <summary>
/// What this process keeps in memory of a database that others write to as well. Whatever changes one of these copies leaves an
/// entry in the audit trail, so that the entries since the last look tell which copies are to be read again. Where the database is
/// nobody else's there is nothing to look for.
/// </summary>
public sealed class SharedCopies
{
    private const string SelectLast = "SELECT COALESCE(MAX(entry_number), 0) FROM audit_entry";

    private const string SelectActions = "SELECT DISTINCT action FROM audit_entry WHERE entry_number > @seen AND entry_number <= @last";

    private readonly List<(string[] Actions, Action<DbConnection, DbTransaction> Read)> _copies = [];
    private readonly Lock _gate = new();
    private readonly bool _isShared;
    private long _seen;

    /// <summary>Before anything is copied, so that no change after that is missed.</summary>
    internal SharedCopies(Dialect dialect, DbConnection connection)
    {
        _isShared = dialect.IsShared;
        if (_isShared)
        {
            _seen = connection.ExecuteScalar<long>(SelectLast);
        }
    }

    /// <summary>Registers a copy.</summary>
    /// <param name="read">Reads it again, in the transaction it is given.</param>
    /// <param name="actions">Actions of the audit trail that change it.</param>
    public void Add(Action<DbConnection, DbTransaction> read, params string[] actions)
    {
        lock (_gate)
        {
            _copies.Add((actions, read));
        }
    }

    /// <summary>Reads again what others have changed, as the transaction sees it.</summary>
    internal void Refresh(DbConnection connection, DbTransaction transaction)
    {
        if (!_isShared)
        {
            return;
        }

        lock (_gate)
        {
            var last = connection.ExecuteScalar<long>(SelectLast, transaction: transaction);
            if (last == _seen)
            {
                return;
            }

            var actions = connection.Query<string>(SelectActions, new { seen = _seen, last }, transaction).ToHashSet(StringComparer.Ordinal);
            foreach (var (_, read) in _copies.Where(copy => copy.Actions.Any(actions.Contains)))
            {
                read(connection, transaction);
            }

            _seen = last;
        }
    }
}

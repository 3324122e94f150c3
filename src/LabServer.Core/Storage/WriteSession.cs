using System.Data.Common;

namespace LabServer.Core.Storage;

/// <summary>The writer's connection inside one transaction. Valid only while the work it is handed to runs.</summary>
public sealed class WriteSession
{
    private readonly DbConnection _connection;
    private readonly PreparedStatements _prepared;
    private readonly List<Action> _beforeCommit = [];
    private readonly List<Action> _afterCommit = [];

    internal WriteSession(
        DbConnection connection, DbTransaction transaction, Dialect dialect, TimeProvider time, PreparedStatements prepared)
    {
        _connection = connection;
        Transaction = transaction;
        Dialect = dialect;
        Time = time;
        _prepared = prepared;
        prepared.Begin();
    }

    /// <summary>The one connection that writes. What is asked of it is asked behind everything that was written before.</summary>
    public DbConnection Connection
    {
        get
        {
            RequireTransaction();
            _prepared.RunWaiting();
            return _connection;
        }
    }

    /// <summary>The open transaction; hand it to Dapper.</summary>
    public DbTransaction Transaction { get; }

    /// <summary>The engine.</summary>
    public Dialect Dialect { get; }

    /// <summary>The clock.</summary>
    internal TimeProvider Time { get; }

    /// <summary>Where the audit trail ends, with what this transaction has added; null: not looked at yet.</summary>
    internal AuditHead? AuditHead { get; set; }

    /// <summary>The prepared statement for <paramref name="sql"/>, a constant, for what is written row by row.</summary>
    internal RowStatement Rows(string sql)
    {
        RequireTransaction();
        return _prepared.Rows(sql, Transaction);
    }

    /// <summary>The same for a write whose words are the engine's.</summary>
    internal RowStatement Rows(RowWrite write)
    {
        RequireTransaction();
        return _prepared.Rows(write, Transaction);
    }

    /// <summary>The key that the engine gave the row inserted last.</summary>
    public long LastInsertedKey() => Dialect.LastInsertedKey(Connection, Transaction);

    /// <summary>
    /// Runs <paramref name="action"/> as the last thing of the transaction, when all work that shares it is done: for what
    /// is written once for all of it.
    /// </summary>
    internal void BeforeCommit(Action action) => _beforeCommit.Add(action);

    /// <summary>
    /// Runs <paramref name="action"/> once the transaction is durable, before anyone is told. For in-memory copies of
    /// what was written: they must never run ahead of the disk.
    /// </summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal void RunBeforeCommit()
    {
        _beforeCommit.ForEach(action => action());
        RequireTransaction();
        _prepared.RunWaiting();
    }

    // An engine that ended it, for an error that somebody took for less, would take what follows for a transaction of its own.
    private void RequireTransaction()
    {
        if (Transaction.Connection is null)
        {
            throw new InvalidOperationException("The transaction has ended.");
        }
    }

    /// <exception cref="AfterCommitException">Some of it failed; all the rest was run.</exception>
    internal void RunAfterCommit()
    {
        Exception? first = null;
        foreach (var action in _afterCommit)
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                first ??= exception;
            }
        }

        if (first is not null)
        {
            throw new AfterCommitException(first);
        }
    }
}

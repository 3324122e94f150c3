using System.Data.Common;

namespace LabServer.Core.Storage;

/// <summary>Statements of one connection, each prepared once, when it is first needed.</summary>
internal sealed class PreparedStatements(DbConnection connection, Dialect dialect) : IDisposable
{
    // By the constant itself: a text of many columns would be hashed for each of ten thousand rows.
    private readonly Dictionary<object, RowStatement> _rows = new(ReferenceEqualityComparer.Instance);

    // Of the whole connection, as the order in which its statements run matters.
    private readonly RowQueue _queue = new();

    /// <summary>Begins a transaction: nothing of the one before is left.</summary>
    public void Begin() => _queue.Clear();

    /// <summary>Sends what waits to be sent with others like it.</summary>
    public void RunWaiting() => _queue.Run();

    /// <summary>The statement for a text that runs once a row. The text is a constant, and told from others by being that.</summary>
    public RowStatement Rows(string sql, DbTransaction transaction) =>
        Begin(_rows.TryGetValue(sql, out var statement) ? statement : Add(sql, sql), transaction);

    /// <summary>The statement that writes a row in the engine's way, told from others by being that object.</summary>
    public RowStatement Rows(RowWrite write, DbTransaction transaction) =>
        Begin(_rows.TryGetValue(write, out var statement) ? statement : Add(write, dialect.TextOf(write)), transaction);

    private RowStatement Add(object key, string sql)
    {
        var statement = dialect.Statement(connection, sql, _queue);
        _rows.Add(key, statement);
        return statement;
    }

    // Whoever had it before may have failed between two parameters.
    private static RowStatement Begin(RowStatement statement, DbTransaction transaction)
    {
        statement.Begin(transaction);
        return statement;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _rows.Values)
        {
            statement.Dispose();
        }
    }
}

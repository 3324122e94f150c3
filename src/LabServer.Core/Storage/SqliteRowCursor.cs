using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LabServer.Core.Storage;

/// <summary>Rows straight from SQLite: a small part of what the data reader takes for each column.</summary>
internal sealed class SqliteRowCursor : RowCursor
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    // Of _statement. Zero once disposed: SQLite reads null from that, and refuses a step.
    private nint _row;

    /// <summary>Prepares a query, which sees what the open transaction of the connection sees.</summary>
    public SqliteRowCursor(SqliteConnection connection, string sql, ReadOnlySpan<(string Name, long Value)> parameters)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
        _row = _statement.DangerousGetHandle();
        Bind(parameters);
    }

    /// <inheritdoc/>
    public override void Again(params ReadOnlySpan<(string Name, long Value)> parameters)
    {
        Check(raw.sqlite3_reset(_statement));
        Bind(parameters);
    }

    /// <inheritdoc/>
    public override bool Read()
    {
        var result = SqliteNative.Step(_row);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return result == raw.SQLITE_ROW;
        }

        Check(result);
        return false;
    }

    /// <inheritdoc/>
    public override long Whole(int ordinal) => SqliteNative.ColumnInt64(_row, ordinal);

    /// <inheritdoc/>
    public override double? Number(int ordinal) => SqliteNative.Number(_row, ordinal);

    /// <inheritdoc/>
    public override long? Key(int ordinal) => SqliteNative.Key(_row, ordinal);

    /// <inheritdoc/>
    public override string Text(int ordinal) => SqliteNative.Text(_row, ordinal);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _row = 0;
        _statement.Dispose();
    }

    private void Bind(ReadOnlySpan<(string Name, long Value)> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            Check(raw.sqlite3_bind_int64(_statement, raw.sqlite3_bind_parameter_index(_statement, name), value));
        }
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}

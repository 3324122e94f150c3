using System.Data;
using Microsoft.Data.SqlClient;

namespace LabServer.Core.Storage;

/// <summary>Rows of SQL Server as they come, or, where a connection can have only one query under way, held until they are asked for.</summary>
internal sealed class SqlServerRowCursor : RowCursor
{
    private readonly SqlCommand _command;
    private readonly bool _holdsRows;
    private SqlDataReader? _reader;
    private List<object[]>? _held;
    private int _row;
    private bool _isRead;

    public SqlServerRowCursor(
        SqlConnection connection, SqlTransaction? transaction, string sql, bool holdsRows, ReadOnlySpan<(string Name, long Value)> parameters)
    {
        _command = new SqlCommand(sql, connection, transaction);
        _holdsRows = holdsRows;
        foreach (var name in SqlServerText.ParametersOf(sql))
        {
            _command.Parameters.Add(new SqlParameter(name, SqlDbType.BigInt) { Value = DBNull.Value });
        }

        Bind(parameters);
    }

    /// <inheritdoc/>
    public override void Again(params ReadOnlySpan<(string Name, long Value)> parameters)
    {
        Close();
        _isRead = false;
        Bind(parameters);
    }

    /// <inheritdoc/>
    public override bool Read()
    {
        if (!_isRead)
        {
            _isRead = true;
            Open();
        }

        if (_held is not null)
        {
            return ++_row < _held.Count;
        }

        if (_reader?.Read() == true)
        {
            return true;
        }

        // The connection is free for others, and holds no old state of the database.
        Close();
        return false;
    }

    /// <inheritdoc/>
    public override long Whole(int ordinal) => Key(ordinal) ?? 0;

    /// <inheritdoc/>
    public override double? Number(int ordinal) =>
        _held is not null ? Held(ordinal) as double?
        : _reader is not null ? SqlServerRowValues.Number(_reader, ordinal)
        : null;

    /// <inheritdoc/>
    public override long? Key(int ordinal) =>
        _held is not null ? Held(ordinal) switch { long number => number, int number => number, _ => null }
        : _reader is not null ? SqlServerRowValues.Whole(_reader, ordinal)
        : null;

    /// <inheritdoc/>
    public override string Text(int ordinal) =>
        _held is not null ? Held(ordinal) as string ?? ""
        : _reader is not null ? SqlServerRowValues.Text(_reader, ordinal)
        : "";

    /// <inheritdoc/>
    public override void Dispose()
    {
        Close();
        _command.Dispose();
    }

    private void Open()
    {
        var reader = _command.ExecuteReader();
        if (!_holdsRows)
        {
            _reader = reader;
            return;
        }

        using (reader)
        {
            (_held, _row) = ([], -1);
            while (reader.Read())
            {
                var values = new object[reader.FieldCount];
                reader.GetValues(values);
                _held.Add(values);
            }
        }
    }

    private object Held(int ordinal) => _held![_row][ordinal];

    private void Close()
    {
        _reader?.Dispose();
        (_reader, _held) = (null, null);
    }

    private void Bind(ReadOnlySpan<(string Name, long Value)> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            _command.Parameters[name].Value = value;
        }
    }
}

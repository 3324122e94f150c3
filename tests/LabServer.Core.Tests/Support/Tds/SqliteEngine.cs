using Dapper;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Storage;
using LabServer.Core.Tests.Storage.TSql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LabServer.Core.Tests.Support.Tds;

/// <summary>
/// SQLite behind the protocol of SQL Server: what is the same in both languages is run, and its answers have the types that SQL
/// Server would give them. So everything of ours is run that is run with SQL Server, down to its client; the server is not.
/// </summary>
internal sealed class SqliteEngine : TdsEngine
{
    private const byte Snapshot = 5;

    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;

    // A transaction was begun, and there as soon as something is asked in it.
    private bool _isAnnounced;
    private bool _isOpen;

    /// <summary>Starts a server on a file that has the schema, whoever made it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">The server's clock.</param>
    public static TdsServer Start(string path, TimeProvider time)
    {
        var server = TdsServer.Start(() => new SqliteEngine(path, time));
        server.Tables["#sent"] = SqlServerBulkTests.ColumnsOf("#sent");
        server.Tables["#rejected"] = SqlServerBulkTests.ColumnsOf("#rejected");
        return server;
    }

    private SqliteEngine(string path, TimeProvider time)
    {
        _time = time;
        _connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=30");
        _connection.Open();
        _connection.Execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF");
    }

    public override TdsAnswer[] Answer(TdsRequest request)
    {
        try
        {
            return Special(request.Text) ?? Run(SqliteTranslation.Of(request.Text), request is TdsCall call ? call.Parameters : []);
        }
        catch (Exception fault)
        {
            // As with XACT_ABORT.
            var wasOpen = _isOpen;
            RollBack();
            return [TdsAnswer.Error(NumberOf(fault), Message(fault, request), endsTransaction: wasOpen)];
        }
    }

    public override void Take(TdsBulkRows rows)
    {
        var table = rows.Text.Contains("[#sent]", StringComparison.Ordinal) ? "\"#sent\"" : "\"#rejected\"";
        using var command = _connection.CreateCommand();
        command.CommandText = string.Concat("INSERT INTO ", table, " VALUES (", string.Join(", ", rows.Columns.Select(column => "@" + column.Name)), ")");
        foreach (var row in rows.Rows)
        {
            command.Parameters.Clear();
            foreach (var (column, value) in rows.Columns.Zip(row))
            {
                command.Parameters.AddWithValue("@" + column.Name, value ?? DBNull.Value);
            }

            command.ExecuteNonQuery();
        }
    }

    public override void Begin(byte isolation)
    {
        _isAnnounced = true;
        if (isolation == Snapshot)
        {
            Open("BEGIN DEFERRED");
        }
    }

    public override void Commit() => End("COMMIT");

    public override void RollBack() => End("ROLLBACK");

    public override void Dispose() => _connection.Dispose();

    // What only SQL Server understands, or what here is another's: the schema files that were run.
    private TdsAnswer[]? Special(string text)
    {
        if (text == SqlServerText.WriterSettings || text == SqlServerText.CreateJournal)
        {
            return [TdsAnswer.Done];
        }

        if (text.Contains("sp_getapplock", StringComparison.Ordinal))
        {
            Open("BEGIN IMMEDIATE");
            return [TdsAnswer.Rows([new TdsColumn("", TdsType.Int)], [0L])];
        }

        if (text.Contains("tempdb..#", StringComparison.Ordinal))
        {
            SqliteBulk.Create(_connection, transaction: null);
            _connection.Execute(text.Contains("#sent", StringComparison.Ordinal) ? "DELETE FROM \"#sent\"" : "DELETE FROM \"#rejected\"");
            return [TdsAnswer.Done];
        }

        if (text.Contains("FROM schema_journal", StringComparison.Ordinal))
        {
            return [TdsAnswer.Rows(
                [new("number", TdsType.Long), new("name", TdsType.Text), new("sha256", TdsType.Text)],
                [.. SchemaUpgrade.Files("sqlserver").Select(file => new object?[] { (long)file.Number, file.Name, file.Sha256 })])];
        }

        return text switch
        {
            SqlServerText.SelectSettings => [TdsAnswer.Rows([new("name", TdsType.Text), new("", TdsType.Long), new("", TdsType.Long)], ["labserver", 1L, 1L])],
            SqlServerText.SelectNow => [TdsAnswer.Rows([new("", TdsType.Long)], [Clock.NowUs(_time)])],
            SqlServerText.SelectSize or SqlServerText.SelectLogSize => [TdsAnswer.Rows([new("", TdsType.Long)], [8192L])],
            _ => null,
        };
    }

    private TdsAnswer[] Run(SqliteTranslation statement, IReadOnlyList<TdsParameter> parameters)
    {
        if (_isAnnounced && !_isOpen)
        {
            Open("BEGIN DEFERRED");
        }

        if (statement.Columns is null)
        {
            return [.. statement.Steps.SelectMany(step => Change(step, parameters))];
        }

        using var command = Command(Assert.Single(statement.Steps).Sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        }

        // Of * only SQLite says what it is; no statement of ours has it.
        var columns = statement.Columns.Count == reader.FieldCount
            ? statement.Columns
            : [.. Enumerable.Range(0, reader.FieldCount).Select(i => new SqlColumn(reader.GetName(i), SqlType.Any))];
        var types = columns.Select((column, i) => TypeOf(column, rows.Select(row => row[i]).FirstOrDefault(value => value is not null))).ToList();
        return [TdsAnswer.Rows(
            [.. columns.Zip(types, (column, type) => new TdsColumn(column.Name, type))],
            [.. rows.Select(row => row.Zip(types, Fit).ToArray())])];
    }

    private IEnumerable<TdsAnswer> Change(SqliteStep step, IReadOnlyList<TdsParameter> parameters)
    {
        var changed = Execute(step.Sql, parameters);
        yield return TdsAnswer.Changed(changed);
        if (changed == 0 && step.Otherwise is not null)
        {
            yield return TdsAnswer.Changed(Execute(step.Otherwise, parameters));
        }
    }

    private int Execute(string sql, IReadOnlyList<TdsParameter> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    // The caller disposes it: a statement that is left keeps the file open behind the connection's end.
    private SqliteCommand Command(string sql, IReadOnlyList<TdsParameter> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.AddWithValue(parameter.Name, parameter.Value switch { null => DBNull.Value, bool flag => flag ? 1L : 0L, var value => value });
        }

        return command;
    }

    // What a parameter alone decides has the type of its value.
    private static TdsType TypeOf(SqlColumn column, object? value) => column.Type switch
    {
        SqlType.Int => TdsType.Int,
        SqlType.Bigint => TdsType.Long,
        SqlType.Float => TdsType.Number,
        SqlType.Text => TdsType.LongText,
        SqlType.Bytes => TdsType.LongBytes,
        _ => value switch { double => TdsType.Number, string => TdsType.LongText, byte[] => TdsType.LongBytes, _ => TdsType.Long },
    };

    private static object? Fit(object? value, TdsType type) => value is long whole && type == TdsType.Number ? (double)whole : value;

    private void Open(string how)
    {
        if (!_isOpen)
        {
            _connection.Execute(how);
            _isOpen = true;
        }
    }

    private void End(string how)
    {
        if (_isOpen)
        {
            _connection.Execute(how);
        }

        (_isOpen, _isAnnounced) = (false, false);
    }

    private static int NumberOf(Exception fault) => fault switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_BUSY } => 1222,
        SqliteException { SqliteExtendedErrorCode: 1555 or 2067 or 2579 } => 2627,
        SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT } => 547,
        _ => 50_000,
    };

    // As long as the protocol takes it.
    private static string Message(Exception fault, TdsRequest request)
    {
        var message = $"{fault.Message} {request.Text}";
        return message[..Math.Min(message.Length, 2_000)];
    }
}

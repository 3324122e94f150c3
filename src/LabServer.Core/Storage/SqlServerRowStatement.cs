using System.Data;
using System.Data.Common;
using System.Text;
using Microsoft.Data.SqlClient;

namespace LabServer.Core.Storage;

/// <summary>
/// A statement on SQL Server, of whose changes many can be one way there and back. A statement is sent with its text each
/// time: the engine knows it again by that and by the types of the parameters, which so are few: a text is as long as a short one
/// can be, and null has the type that was there before.
/// </summary>
internal sealed class SqlServerRowStatement : RowStatement
{
    private const int ShortText = 4000;
    private const int ShortBytes = 8000;
    private const int AnyLength = -1;

    private readonly SqlCommand _command;
    private readonly RowQueue _queue;
    private readonly SqlServerWaitingRows _waiting;
    private SqlDataReader? _row;
    private int _given;

    public SqlServerRowStatement(SqlConnection connection, string sql, RowQueue queue)
    {
        _command = new SqlCommand(sql, connection);
        _queue = queue;
        foreach (var name in SqlServerText.ParametersOf(sql))
        {
            // A null before any value: a whole number that is not there fits every column.
            _command.Parameters.Add(new SqlParameter(name, SqlDbType.BigInt));
        }

        _waiting = new SqlServerWaitingRows(_command);
    }

    private SqlDataReader Row => _row ?? throw new InvalidOperationException("There is no row at hand.");

    public override RowStatement Add(long value) => Add(SqlDbType.BigInt, 0, value);

    public override RowStatement Add(double value) => Add(SqlDbType.Float, 0, value);

    public override RowStatement Add(ReadOnlySpan<byte> value) =>
        Add(SqlDbType.VarBinary, value.Length <= ShortBytes ? ShortBytes : AnyLength, value.ToArray());

    public override RowStatement Add(string value) => Add(SqlDbType.NVarChar, value.Length <= ShortText ? ShortText : AnyLength, value);

    public override RowStatement AddText(ReadOnlySpan<byte> utf8) => Add(Encoding.UTF8.GetString(utf8));

    public override RowStatement AddNull()
    {
        Next().Value = DBNull.Value;
        return this;
    }

    public override int Run() => Finish(command => command.ExecuteNonQuery());

    public override void RunLater()
    {
        RequireAll();
        _queue.Enter(this);
        _waiting.Add();
        _given = 0;
    }

    public override void RunWaiting() => _waiting.Run();

    public override void DropWaiting() => _waiting.Clear();

    public override long? Insert() => Finish(command => (long?)command.ExecuteScalar());

    public override long? FindWhole()
    {
        long? found = null;
        Find(row => found = row.Whole(0));
        return found;
    }

    public override bool Find(Action<RowStatement> read) => Read(read, all: false);

    public override void Each(Action<RowStatement> read) => Read(read, all: true);

    public override long Whole(int ordinal) => SqlServerRowValues.Whole(Row, ordinal) ?? 0;

    public override double? Number(int ordinal) => SqlServerRowValues.Number(Row, ordinal);

    public override long? Key(int ordinal) => SqlServerRowValues.Whole(Row, ordinal);

    public override string Text(int ordinal) => SqlServerRowValues.Text(Row, ordinal);

    public override ReadOnlySpan<byte> Bytes(int ordinal) => SqlServerRowValues.Bytes(Row, ordinal);

    public override void Begin(DbTransaction transaction)
    {
        _command.Transaction = (SqlTransaction)transaction;
        _given = 0;
    }

    public override void Dispose()
    {
        _waiting.Dispose();
        _command.Dispose();
    }

    private SqlServerRowStatement Add(SqlDbType type, int size, object value)
    {
        Set(Next(), type, size, value);
        return this;
    }

    // Once of any length, always: else each mixture of long and short texts would be a statement of its own to the engine.
    internal static void Set(SqlParameter parameter, SqlDbType type, int size, object value)
    {
        if (parameter.SqlDbType != type || (parameter.Size != size && parameter.Size != AnyLength))
        {
            (parameter.SqlDbType, parameter.Size) = (type, size);
        }

        parameter.Value = value;
    }

    private SqlParameter Next() => _command.Parameters[_given++];

    private bool Read(Action<RowStatement> read, bool all) => Finish(command =>
    {
        using (_row = command.ExecuteReader())
        {
            var found = false;
            while ((all || !found) && _row.Read())
            {
                found = true;
                read(this);
            }

            // What the server says behind the rows, an error among it, comes with the end.
            while (_row.Read() || _row.NextResult())
            {
            }

            return found;
        }
    });

    private T Finish<T>(Func<SqlCommand, T> run)
    {
        RequireAll();
        try
        {
            _queue.Run();
            return run(_command);
        }
        finally
        {
            _row = null;
            _given = 0;
        }
    }

    private void RequireAll()
    {
        if (_given != _command.Parameters.Count)
        {
            throw new InvalidOperationException($"The statement has {_command.Parameters.Count} parameters, and {_given} were given.");
        }
    }
}

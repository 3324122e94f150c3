using System.Data.Common;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LabServer.Core.Storage;

/// <summary>A statement straight on SQLite. Texts are bound where they were encoded, so that the engine copies them once.</summary>
internal sealed class SqliteRowStatement : RowStatement
{
    private const int UsualBytes = 4096;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly nint _handle;
    private readonly int _parameters;

    // What the statement is bound to must not move, nor go, before it has run: a chunk that is full is kept until then.
    private readonly List<byte[]> _full = [];
    private readonly List<GCHandle> _pinned = [];
    private byte[] _chunk = Chunk(UsualBytes);
    private int _used;
    private int _position;

    /// <summary>Prepares the statement for the life of the connection.</summary>
    public SqliteRowStatement(DbConnection connection, string sql)
    {
        _database = ((SqliteConnection)connection).Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
        _handle = _statement.DangerousGetHandle();
        _parameters = raw.sqlite3_bind_parameter_count(_statement);
    }

    public override RowStatement Add(long value)
    {
        Check(SqliteNative.BindInt64(_handle, ++_position, value));
        return this;
    }

    public override RowStatement Add(double value)
    {
        Check(SqliteNative.BindDouble(_handle, ++_position, value));
        return this;
    }

    public override RowStatement AddNull()
    {
        Check(SqliteNative.BindNull(_handle, ++_position));
        return this;
    }

    public override RowStatement Add(byte[] value)
    {
        var pin = GCHandle.Alloc(value, GCHandleType.Pinned);
        _pinned.Add(pin);
        Check(value.Length == 0
            ? SqliteNative.BindZeroBlob(_handle, ++_position, 0)
            : SqliteNative.BindBlob(_handle, ++_position, pin.AddrOfPinnedObject(), value.Length, SqliteNative.Static));
        return this;
    }

    public override RowStatement Add(string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most > _chunk.Length - _used)
        {
            _full.Add(_chunk);
            (_chunk, _used) = (Chunk(Math.Max(2 * _chunk.Length, most)), 0);
        }

        var text = Marshal.UnsafeAddrOfPinnedArrayElement(_chunk, _used);
        var length = Encoding.UTF8.GetBytes(value, _chunk.AsSpan(_used));
        _used += length;
        Check(SqliteNative.BindText(_handle, ++_position, text, length, SqliteNative.Static));
        return this;
    }

    public override int Run()
    {
        try
        {
            Step();
            return raw.sqlite3_changes(_database);
        }
        finally
        {
            Forget();
        }
    }

    public override bool Find(Action<RowStatement> read)
    {
        try
        {
            var found = Step() == raw.SQLITE_ROW;
            if (found)
            {
                read(this);
            }

            return found;
        }
        finally
        {
            Forget();
        }
    }

    public override void Each(Action<RowStatement> read)
    {
        try
        {
            while (Step() == raw.SQLITE_ROW)
            {
                read(this);
            }
        }
        finally
        {
            Forget();
        }
    }

    public override long Whole(int ordinal) => SqliteNative.ColumnInt64(_handle, ordinal);

    public override double? Number(int ordinal) => SqliteNative.Number(_handle, ordinal);

    public override long? Key(int ordinal) => SqliteNative.Key(_handle, ordinal);

    public override string Text(int ordinal) => SqliteNative.Text(_handle, ordinal);

    public override ReadOnlySpan<byte> Bytes(int ordinal) => raw.sqlite3_column_blob(_statement, ordinal);

    public override void Forget()
    {
        // The failure of the last run, which its step has told already.
        _ = SqliteNative.Reset(_handle);
        Unpin();
        _full.Clear();
        _used = 0;
        _position = 0;
    }

    public override void Dispose()
    {
        _statement.Dispose();
        Unpin();
    }

    private static byte[] Chunk(int bytes) => GC.AllocateUninitializedArray<byte>(bytes, pinned: true);

    private int Step()
    {
        if (_position != _parameters)
        {
            throw new InvalidOperationException($"The statement has {_parameters} parameters, and {_position} were given.");
        }

        var result = SqliteNative.Step(_handle);
        Check(result);
        return result;
    }

    private void Unpin()
    {
        foreach (var pin in _pinned)
        {
            pin.Free();
        }

        _pinned.Clear();
    }

    private void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }
}

using System.Data.Common;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LabServer.Core.Storage;

/// <summary>
/// A statement straight on SQLite. What a parameter is bound to stays bound from one run to the next, and each binding
/// takes a lock: so a parameter is bound again only where its value differs from that of the row before.
/// </summary>
internal sealed class SqliteRowStatement : RowStatement
{
    // What is bound from larger memory than this is let go after the run.
    private const int UsualBytes = 16 * 1024;
    private const int FewBytes = 64;

    private readonly sqlite3 _owner;
    private readonly nint _database;
    private readonly sqlite3_stmt _statement;
    private readonly nint _handle;
    private readonly Parameter[] _parameters;
    private int _given;
    private bool _holdsMuch;

    /// <summary>Prepares the statement for the life of the connection.</summary>
    public SqliteRowStatement(DbConnection connection, string sql)
    {
        _owner = ((SqliteConnection)connection).Handle!;
        _database = _owner.DangerousGetHandle();
        Check(raw.sqlite3_prepare_v2(_owner, sql, out _statement));
        _handle = _statement.DangerousGetHandle();
        _parameters = new Parameter[raw.sqlite3_bind_parameter_count(_statement)];
    }

    private enum Kind
    {
        Unbound,
        Null,
        Whole,
        Number,
        Text,
        Encoded,
    }

    public override RowStatement Add(long value)
    {
        ref var parameter = ref Next(out var position);
        if (parameter.Kind != Kind.Whole || parameter.Bits != value)
        {
            Check(SqliteNative.BindInt64(_handle, position, value));
            (parameter.Kind, parameter.Bits) = (Kind.Whole, value);
        }

        return this;
    }

    public override RowStatement Add(double value)
    {
        // By its bits: -0 is another value than 0.
        var bits = BitConverter.DoubleToInt64Bits(value);
        ref var parameter = ref Next(out var position);
        if (parameter.Kind != Kind.Number || parameter.Bits != bits)
        {
            Check(SqliteNative.BindDouble(_handle, position, value));
            (parameter.Kind, parameter.Bits) = (Kind.Number, bits);
        }

        return this;
    }

    public override RowStatement AddNull()
    {
        ref var parameter = ref Next(out var position);
        if (parameter.Kind != Kind.Null)
        {
            Check(SqliteNative.BindNull(_handle, position));
            parameter.Kind = Kind.Null;
        }

        return this;
    }

    public override RowStatement Add(string value)
    {
        ref var parameter = ref Next(out var position);
        if (parameter.Kind != Kind.Text || parameter.Text != value)
        {
            var bytes = Room(ref parameter, Encoding.UTF8.GetMaxByteCount(value.Length));
            var length = Encoding.UTF8.GetBytes(value, bytes);
            Check(SqliteNative.BindText(_handle, position, Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0), length, SqliteNative.Static));
            (parameter.Kind, parameter.Text) = (Kind.Text, value);
        }

        return this;
    }

    public override RowStatement Add(ReadOnlySpan<byte> value)
    {
        ref var parameter = ref Next(out var position);
        Check(value.Length == 0
            ? SqliteNative.BindZeroBlob(_handle, position, 0)
            : SqliteNative.BindBlob(_handle, position, Copy(ref parameter, value), value.Length, SqliteNative.Static));
        parameter.Kind = Kind.Encoded;
        return this;
    }

    public override RowStatement AddText(ReadOnlySpan<byte> utf8)
    {
        ref var parameter = ref Next(out var position);
        Check(SqliteNative.BindText(_handle, position, Copy(ref parameter, utf8), utf8.Length, SqliteNative.Static));
        parameter.Kind = Kind.Encoded;
        return this;
    }

    public override int Run()
    {
        try
        {
            Step();
            return SqliteNative.Changes(_database);
        }
        finally
        {
            Forget();
        }
    }

    public override long? Insert() => Run() == 1 ? SqliteNative.LastInsertedKey(_database) : null;

    public override long? FindWhole()
    {
        try
        {
            return Step() == raw.SQLITE_ROW ? Whole(0) : null;
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

    public override void Begin(DbTransaction transaction) => Forget();

    public override void Dispose() => _statement.Dispose();

    private void Forget()
    {
        // The failure of the last run, which its step has told already.
        _ = SqliteNative.Reset(_handle);
        _given = 0;
        if (_holdsMuch)
        {
            LetMuchGo();
        }
    }

    private ref Parameter Next(out int position)
    {
        ref var parameter = ref _parameters[_given];
        position = ++_given;
        return ref parameter;
    }

    // Memory for as many bytes: what the parameter is bound to already where that is large enough.
    private byte[] Room(ref Parameter parameter, int length)
    {
        parameter.Kind = Kind.Unbound;
        if (parameter.Bytes is null || parameter.Bytes.Length < length)
        {
            parameter.Bytes = GC.AllocateUninitializedArray<byte>(Math.Max(length, FewBytes), pinned: true);
            _holdsMuch |= length > UsualBytes;
        }

        return parameter.Bytes;
    }

    private nint Copy(ref Parameter parameter, ReadOnlySpan<byte> value)
    {
        var bytes = Room(ref parameter, value.Length);
        value.CopyTo(bytes);
        return Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
    }

    private int Step()
    {
        if (_given != _parameters.Length)
        {
            throw new InvalidOperationException($"The statement has {_parameters.Length} parameters, and {_given} were given.");
        }

        var result = SqliteNative.Step(_handle);
        Check(result);
        return result;
    }

    private void LetMuchGo()
    {
        foreach (ref var parameter in _parameters.AsSpan())
        {
            if (parameter.Bytes?.Length > UsualBytes)
            {
                parameter = default;
            }
        }

        _holdsMuch = false;
    }

    private void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(result, _owner);
        }
    }

    /// <summary>What a parameter is bound to.</summary>
    private struct Parameter
    {
        public Kind Kind;
        public long Bits;
        public string? Text;

        // Texts and bytes as the engine reads them when the statement runs: memory that does not move.
        public byte[]? Bytes;
    }
}

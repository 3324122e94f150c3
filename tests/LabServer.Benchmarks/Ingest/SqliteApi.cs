using System.Runtime.InteropServices;

namespace LabServer.Benchmarks.Ingest;

/// <summary>SQLite's C API, as far as the baseline needs it, on the library that the server uses.</summary>
internal static class SqliteApi
{
    public const int ReadWriteCreate = 6;

    private const string Library = "e_sqlite3";

    [DllImport(Library, EntryPoint = "sqlite3_open_v2", ExactSpelling = true)]
    public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, out nint database, int flags, nint vfs);

    [DllImport(Library, EntryPoint = "sqlite3_close_v2", ExactSpelling = true)]
    public static extern int Close(nint database);

    [DllImport(Library, EntryPoint = "sqlite3_exec", ExactSpelling = true)]
    public static extern int Execute(nint database, [MarshalAs(UnmanagedType.LPUTF8Str)] string sql, nint callback, nint argument, nint message);

    [DllImport(Library, EntryPoint = "sqlite3_prepare_v2", ExactSpelling = true)]
    public static extern int Prepare(nint database, [MarshalAs(UnmanagedType.LPUTF8Str)] string sql, int length, out nint statement, nint tail);

    [DllImport(Library, EntryPoint = "sqlite3_finalize", ExactSpelling = true)]
    public static extern int Release(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_bind_text", ExactSpelling = true)]
    public static extern int BindText(nint statement, int position, nint text, int length, nint destructor);

    [DllImport(Library, EntryPoint = "sqlite3_bind_int64", ExactSpelling = true)]
    public static extern int BindInt64(nint statement, int position, long value);

    [DllImport(Library, EntryPoint = "sqlite3_step", ExactSpelling = true)]
    public static extern int Step(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_reset", ExactSpelling = true)]
    public static extern int Reset(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_bind_double", ExactSpelling = true)]
    public static extern int BindDouble(nint statement, int position, double value);

    [DllImport(Library, EntryPoint = "sqlite3_bind_null", ExactSpelling = true)]
    public static extern int BindNull(nint statement, int position);

    [DllImport(Library, EntryPoint = "sqlite3_column_int64", ExactSpelling = true)]
    public static extern long ColumnInt64(nint statement, int ordinal);

    [DllImport(Library, EntryPoint = "sqlite3_column_double", ExactSpelling = true)]
    public static extern double ColumnDouble(nint statement, int ordinal);

    [DllImport(Library, EntryPoint = "sqlite3_column_type", ExactSpelling = true)]
    public static extern int ColumnType(nint statement, int ordinal);

    [DllImport(Library, EntryPoint = "sqlite3_column_text", ExactSpelling = true)]
    public static extern nint ColumnText(nint statement, int ordinal);

    [DllImport(Library, EntryPoint = "sqlite3_column_bytes", ExactSpelling = true)]
    public static extern int ColumnBytes(nint statement, int ordinal);
}

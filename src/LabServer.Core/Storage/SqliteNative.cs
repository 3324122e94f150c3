using System.Runtime.InteropServices;

namespace LabServer.Core.Storage;

/// <summary>
/// The few functions of SQLite that are called for every row and column of a large read or write, on the library that
/// Microsoft.Data.Sqlite has loaded. The wrapper's own calls each take and give back the statement's handle and leave
/// managed code, which costs more than what the functions do.
/// </summary>
internal static class SqliteNative
{
    /// <summary>What is bound stays where it is until the statement has run.</summary>
    public const nint Static = 0;

    private const string Library = "e_sqlite3";
    private const int Null = 5;

    /// <summary>Goes to the next row. May wait for the disk.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_step")]
    public static extern int Step(nint statement);

    // These look into the row at hand: no disk, no lock that is held, no call back, nanoseconds each.

    /// <summary>Storage class of a column's value.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_column_type")]
    [SuppressGCTransition]
    public static extern int ColumnType(nint statement, int ordinal);

    /// <summary>A column's value as a whole number; 0 for null.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_column_int64")]
    [SuppressGCTransition]
    public static extern long ColumnInt64(nint statement, int ordinal);

    /// <summary>A column's value as a number; 0 for null.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_column_double")]
    [SuppressGCTransition]
    public static extern double ColumnDouble(nint statement, int ordinal);

    // Each call takes a lock, so whether a value is null is asked only of what reads as null does.

    /// <summary>A column's value as a number; null for the database's null.</summary>
    public static double? Number(nint statement, int ordinal) =>
        ColumnDouble(statement, ordinal) is var value && value == 0 && ColumnType(statement, ordinal) == Null ? null : value;

    /// <summary>A column's value as a whole number; null for the database's null.</summary>
    public static long? Key(nint statement, int ordinal) =>
        ColumnInt64(statement, ordinal) is var value && value == 0 && ColumnType(statement, ordinal) == Null ? null : value;

    /// <summary>A column's value as text; empty for null.</summary>
    public static string Text(nint statement, int ordinal) => Marshal.PtrToStringUTF8(ColumnText(statement, ordinal)) ?? "";

    /// <summary>A column's value as UTF-8, which the statement owns until its next step; zero for null.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_column_text")]
    public static extern nint ColumnText(nint statement, int ordinal);

    /// <summary>Makes a statement ready to run again. What is bound to it stays.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_reset")]
    public static extern int Reset(nint statement);

    /// <summary>How many rows the last change made, changed or took away.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_changes")]
    [SuppressGCTransition]
    public static extern int Changes(nint database);

    /// <summary>Key of the row that was inserted last.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_last_insert_rowid")]
    [SuppressGCTransition]
    public static extern long LastInsertedKey(nint database);

    // Binding takes note of a value, or of where it is.

    /// <summary>Binds a whole number.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_bind_int64")]
    [SuppressGCTransition]
    public static extern int BindInt64(nint statement, int position, long value);

    /// <summary>Binds a number.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_bind_double")]
    [SuppressGCTransition]
    public static extern int BindDouble(nint statement, int position, double value);

    /// <summary>Binds null.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_bind_null")]
    [SuppressGCTransition]
    public static extern int BindNull(nint statement, int position);

    /// <summary>Binds UTF-8.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_bind_text")]
    [SuppressGCTransition]
    public static extern int BindText(nint statement, int position, nint text, int length, nint destructor);

    /// <summary>Binds bytes.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_bind_blob")]
    [SuppressGCTransition]
    public static extern int BindBlob(nint statement, int position, nint bytes, int length, nint destructor);

    /// <summary>Binds no bytes.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_bind_zeroblob")]
    [SuppressGCTransition]
    public static extern int BindZeroBlob(nint statement, int position, int length);
}

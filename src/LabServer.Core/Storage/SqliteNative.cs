using System.Runtime.InteropServices;

namespace LabServer.Core.Storage;

/// <summary>
/// The few functions of SQLite that are called for every row and column of a large read, on the library that
/// Microsoft.Data.Sqlite has loaded. The wrapper's own calls each take and give back the statement's handle and leave
/// managed code, which costs more than what the functions do.
/// </summary>
internal static class SqliteNative
{
    private const string Library = "e_sqlite3";

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

    /// <summary>A column's value as UTF-8, which the statement owns until its next step; zero for null.</summary>
    [DllImport(Library, ExactSpelling = true, EntryPoint = "sqlite3_column_text")]
    public static extern nint ColumnText(nint statement, int ordinal);
}

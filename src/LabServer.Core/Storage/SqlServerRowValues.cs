using Microsoft.Data.SqlClient;

namespace LabServer.Core.Storage;

/// <summary>Columns of a row as <see cref="RowValues"/> gives them.</summary>
internal static class SqlServerRowValues
{
    /// <summary>The whole number, which the engine has as an INT where it counted; null for its null.</summary>
    public static long? Whole(SqlDataReader row, int ordinal) =>
        row.IsDBNull(ordinal) ? null
        : row.GetFieldType(ordinal) == typeof(int) ? row.GetInt32(ordinal)
        : row.GetInt64(ordinal);

    /// <summary>The number; null for null.</summary>
    public static double? Number(SqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetDouble(ordinal);

    /// <summary>The text; empty for null.</summary>
    public static string Text(SqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? "" : row.GetString(ordinal);

    /// <summary>The bytes; none for null.</summary>
    public static byte[] Bytes(SqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? [] : row.GetFieldValue<byte[]>(ordinal);
}

using System.Data.Common;

namespace LabServer.Core.Storage;

/// <summary>Columns that may be null.</summary>
internal static class ReaderColumns
{
    /// <summary>The number in a column; null for the database's null.</summary>
    public static double? Number(this DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetDouble(ordinal);

    /// <summary>The key in a column; null for the database's null.</summary>
    public static long? Key(this DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetInt64(ordinal);
}

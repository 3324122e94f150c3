using System.Data.Common;

namespace LabServer.Core.Storage;

/// <summary>Prepared commands by position.</summary>
internal static class Commands
{
    /// <summary>Sets the parameters in the order in which they were named; null becomes the database's null.</summary>
    public static void Bind(this DbCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    /// <summary>Binds and runs.</summary>
    public static void Execute(this DbCommand command, params ReadOnlySpan<object?> values)
    {
        command.Bind(values);
        command.ExecuteNonQuery();
    }

    /// <summary>The number in a column; null for the database's null.</summary>
    public static double? Number(this DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetDouble(ordinal);

    /// <summary>The key in a column; null for the database's null.</summary>
    public static long? Key(this DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetInt64(ordinal);
}

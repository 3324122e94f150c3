using System.Data;

namespace LabServer.Core.Storage;

/// <summary>
/// Rows on their way into a temporary table of the writer's connection, read once from first to last. A value is a
/// <see cref="long"/>, a <see cref="double"/>, a text, bytes, or null.
/// </summary>
/// <param name="table">Name of the table.</param>
/// <param name="columns">Names of its columns, all of them.</param>
internal abstract class BulkRows(string table, IReadOnlyList<string> columns) : IDataReader
{
    /// <summary>Name of the table, without quotation marks: <c>#sent</c>.</summary>
    public string Table => table;

    /// <summary>Names of the columns, in the order of the values.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <inheritdoc/>
    public int FieldCount => columns.Count;

    /// <inheritdoc/>
    public int Depth => 0;

    /// <inheritdoc/>
    public bool IsClosed => false;

    /// <inheritdoc/>
    public int RecordsAffected => -1;

    /// <inheritdoc/>
    public object this[int i] => GetValue(i);

    /// <inheritdoc/>
    public object this[string name] => GetValue(GetOrdinal(name));

    /// <inheritdoc/>
    public abstract bool Read();

    /// <summary>A value of the row at hand; null: the database's null.</summary>
    public abstract object? Value(int ordinal);

    /// <inheritdoc/>
    public object GetValue(int i) => Value(i) ?? DBNull.Value;

    /// <inheritdoc/>
    public bool IsDBNull(int i) => Value(i) is null;

    /// <inheritdoc/>
    public string GetName(int i) => columns[i];

    /// <inheritdoc/>
    public int GetOrdinal(string name) => columns.Index().First(column => column.Item == name).Index;

    /// <inheritdoc/>
    public int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, columns.Count);
        for (var i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }

        return count;
    }

    /// <inheritdoc/>
    public long GetInt64(int i) => (long)GetValue(i);

    /// <inheritdoc/>
    public double GetDouble(int i) => (double)GetValue(i);

    /// <inheritdoc/>
    public string GetString(int i) => (string)GetValue(i);

    /// <inheritdoc/>
    public Type GetFieldType(int i) => typeof(object);

    /// <inheritdoc/>
    public string GetDataTypeName(int i) => nameof(Object);

    /// <inheritdoc/>
    public bool NextResult() => false;

    /// <inheritdoc/>
    public void Close()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    DataTable? IDataReader.GetSchemaTable() => null;

    bool IDataRecord.GetBoolean(int i) => throw NoSuchType();

    byte IDataRecord.GetByte(int i) => throw NoSuchType();

    long IDataRecord.GetBytes(int i, long fieldOffset, byte[]? buffer, int bufferoffset, int length) => throw NoSuchType();

    char IDataRecord.GetChar(int i) => throw NoSuchType();

    long IDataRecord.GetChars(int i, long fieldoffset, char[]? buffer, int bufferoffset, int length) => throw NoSuchType();

    IDataReader IDataRecord.GetData(int i) => throw NoSuchType();

    DateTime IDataRecord.GetDateTime(int i) => throw NoSuchType();

    decimal IDataRecord.GetDecimal(int i) => throw NoSuchType();

    float IDataRecord.GetFloat(int i) => throw NoSuchType();

    Guid IDataRecord.GetGuid(int i) => throw NoSuchType();

    short IDataRecord.GetInt16(int i) => throw NoSuchType();

    int IDataRecord.GetInt32(int i) => throw NoSuchType();

    private static NotSupportedException NoSuchType() => new("No column has values of this type.");
}

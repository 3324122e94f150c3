namespace LabServer.Core.Tests.Support.Tds;

/// <summary>A column of a result set, of a bulk copy or of a table-valued parameter.</summary>
internal sealed record TdsColumn(string Name, TdsType Type)
{
    private const ushort Nullable = 1;
    private const ushort NoMetadata = 0xFFFF;

    /// <summary>Columns as they stand before the rows that have them.</summary>
    public static IReadOnlyList<TdsColumn> Read(TdsReader reader)
    {
        var count = reader.Short();
        return count == NoMetadata ? [] : [.. Enumerable.Range(0, count).Select(_ => ReadOne(reader))];
    }

    public static void Write(TdsWriter writer, IReadOnlyList<TdsColumn> columns)
    {
        writer.Short(columns.Count);
        foreach (var column in columns)
        {
            writer.Int(0).Short(Nullable);
            column.Type.Write(writer);
            writer.ShortText(column.Name);
        }
    }

    private static TdsColumn ReadOne(TdsReader reader)
    {
        reader.Skip(sizeof(int) + sizeof(ushort));
        var type = TdsType.Read(reader);
        return new TdsColumn(reader.ShortText(), type);
    }
}

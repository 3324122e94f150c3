namespace LabServer.Core.Tests.Support.Tds;

/// <summary>A table-valued parameter as it came in.</summary>
internal sealed record TdsTable(string TypeName, IReadOnlyList<TdsColumn> Columns, IReadOnlyList<object?[]> Rows)
{
    public const byte Code = 0xF3;

    private const byte Row = 0x01;
    private const byte End = 0x00;

    /// <summary>The type and the rows, behind the byte of the type.</summary>
    public static TdsTable Read(TdsReader reader)
    {
        var name = string.Join('.', new[] { reader.ShortText(), reader.ShortText(), reader.ShortText() }.Where(part => part.Length > 0));
        var columns = TdsColumn.Read(reader);
        if (reader.Byte() is not End and var token)
        {
            throw new NotSupportedException($"Order or keys of a table-valued parameter (0x{token:X2}) are not read.");
        }

        var rows = new List<object?[]>();
        while (reader.Byte() == Row)
        {
            rows.Add([.. columns.Select(column => column.Type.ReadValue(reader))]);
        }

        return new TdsTable(name, columns, rows);
    }
}

namespace LabServer.Core.Tests.Support.Tds;

/// <summary>A parameter of a call as it came in.</summary>
/// <param name="Name">With its @; empty: told by its place.</param>
/// <param name="Type">As T-SQL spells it.</param>
/// <param name="Value">Null: the database's null.</param>
/// <param name="IsOutput">Whether the caller waits for a value.</param>
internal sealed record TdsParameter(string Name, string Type, object? Value, bool IsOutput)
{
    private const byte ByReference = 1;

    public static TdsParameter Read(TdsReader reader)
    {
        var name = reader.ShortText();
        var isOutput = (reader.Byte() & ByReference) != 0;
        if (reader.Peek() == TdsTable.Code)
        {
            reader.Skip(1);
            var table = TdsTable.Read(reader);
            return new TdsParameter(name, table.TypeName, table, isOutput);
        }

        var type = TdsType.Read(reader);
        return new TdsParameter(name, type.Name, type.ReadValue(reader), isOutput);
    }
}

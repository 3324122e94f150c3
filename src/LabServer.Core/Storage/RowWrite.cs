namespace LabServer.Core.Storage;

/// <summary>
/// A write of one row by its key, which engines say in different words: made of names that are constants, once, and known by
/// being that object. Parameters are the columns, in their order, with <c>@</c> before them.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="keys">Columns of the unique key, separated by a comma and a blank; they come first.</param>
/// <param name="values">The other columns of the row; empty: there are none.</param>
internal sealed class RowWrite(string table, string keys, string values = "")
{
    /// <summary>The table.</summary>
    public string Table => table;

    /// <summary>Columns of the unique key.</summary>
    public IReadOnlyList<string> Keys { get; } = keys.Split(", ");

    /// <summary>The other columns.</summary>
    public IReadOnlyList<string> Values { get; } = values.Length == 0 ? [] : values.Split(", ");

    /// <summary>All columns, in the order of the parameters.</summary>
    public IEnumerable<string> Columns => Keys.Concat(Values);

    /// <summary>What becomes of a row that has the key already: it is replaced, or it stays and nothing is written.</summary>
    public required bool Replaces { get; init; }

    /// <summary>
    /// The column, beside those above, that counts the rows from 1 in the order in which they are written, without gaps;
    /// null: the table has none.
    /// </summary>
    public string? Number { get; init; }

    /// <summary>The columns as an insert names them.</summary>
    public string ColumnList => string.Join(", ", Columns);

    /// <summary>The parameters in the same order.</summary>
    public string ParameterList => string.Join(", ", Columns.Select(column => $"@{column}"));
}

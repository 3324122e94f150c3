namespace LabServer.Core.Storage;

/// <summary>
/// Rows of a query that a table reads by the ten thousand, with less between the engine and the reader than ADO.NET puts
/// there. The caller disposes it.
/// </summary>
internal abstract class RowCursor : IDisposable
{
    /// <summary>Goes to the next row; false: there is none.</summary>
    public abstract bool Read();

    /// <summary>Runs the query again, with other numbers for some of its parameters.</summary>
    public abstract void Again(params ReadOnlySpan<(string Name, long Value)> parameters);

    /// <summary>The whole number in a column; 0 for null.</summary>
    public abstract long Whole(int ordinal);

    /// <summary>The number in a column; null for the database's null.</summary>
    public abstract double? Number(int ordinal);

    /// <summary>The text in a column; empty for null.</summary>
    public abstract string Text(int ordinal);

    /// <inheritdoc/>
    public abstract void Dispose();
}

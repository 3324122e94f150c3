namespace LabServer.Core.Storage;

/// <summary>
/// Rows of a query that a table reads by the ten thousand, with less between the engine and the reader than ADO.NET puts
/// there. The caller disposes it.
/// </summary>
internal abstract class RowCursor : RowValues
{
    /// <summary>Goes to the next row; false: there is none.</summary>
    public abstract bool Read();

    /// <summary>Runs the query again, with other numbers for some of its parameters.</summary>
    public abstract void Again(params ReadOnlySpan<(string Name, long Value)> parameters);
}

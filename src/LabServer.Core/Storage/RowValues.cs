namespace LabServer.Core.Storage;

/// <summary>The row at hand of a query.</summary>
internal abstract class RowValues : IDisposable
{
    /// <summary>The whole number in a column; 0 for null.</summary>
    public abstract long Whole(int ordinal);

    /// <summary>The number in a column; null for the database's null.</summary>
    public abstract double? Number(int ordinal);

    /// <summary>The key in a column; null for the database's null.</summary>
    public abstract long? Key(int ordinal);

    /// <summary>The text in a column; empty for null.</summary>
    public abstract string Text(int ordinal);

    /// <inheritdoc/>
    public abstract void Dispose();
}

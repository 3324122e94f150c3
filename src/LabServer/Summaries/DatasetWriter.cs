using LabServer.Core.Summaries;

namespace LabServer.Summaries;

/// <summary>Writes the rows of a dataset to a stream as they come, and holds on to none.</summary>
internal abstract class DatasetWriter : IAsyncDisposable
{
    /// <summary>What stands before the first row.</summary>
    public abstract void Begin(OpenDataset dataset);

    /// <summary>One row, a cell a column; the list may be changed afterwards.</summary>
    public abstract void Write(IReadOnlyList<string> cells);

    /// <summary>What stands behind the last row; then everything is in the stream.</summary>
    public abstract void End();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

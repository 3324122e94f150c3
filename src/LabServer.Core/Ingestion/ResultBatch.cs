namespace LabServer.Core.Ingestion;

/// <summary>A batch of checked results, ready for the writer.</summary>
/// <param name="Study">The study of all of them.</param>
/// <param name="Laboratory">The laboratory that sends.</param>
/// <param name="Sender">Who sends, as authenticated.</param>
/// <param name="Context">What they were checked against.</param>
/// <param name="Results">The results in the order sent.</param>
public sealed record ResultBatch(Study Study, string Laboratory, string Sender, CheckContext Context, IReadOnlyList<CheckedResult> Results)
{
    /// <summary>Content hashes of the results, made here so that the one writer does not have to.</summary>
    public IReadOnlyList<byte[]> ContentHashes { get; } = [.. Results.Select(result => result.Result.ContentHash())];

    /// <summary>What the reject log says of each result that is rejected, made here for the same reason; null for the others.</summary>
    internal IReadOnlyList<RejectEntry?> RejectEntries { get; } =
        [.. Results.Select(result => result.IsRejected ? RejectEntry.Of(result.Result, result.Faults) : null)];
}

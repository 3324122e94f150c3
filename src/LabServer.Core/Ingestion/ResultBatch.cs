namespace LabServer.Core.Ingestion;

/// <summary>
/// A batch of checked results, ready for the writer. What can be made of them beforehand is made here, so that the one writer
/// does not have to.
/// </summary>
/// <param name="Study">The study of all of them.</param>
/// <param name="Laboratory">The laboratory that sends.</param>
/// <param name="Sender">Who sends, as authenticated.</param>
/// <param name="Context">What they were checked against.</param>
/// <param name="Results">The results in the order sent.</param>
public sealed record ResultBatch(Study Study, string Laboratory, string Sender, CheckContext Context, IReadOnlyList<CheckedResult> Results)
{
    // One behind the other.
    private readonly byte[] _hashes = Hashes(Results);

    // Null: none is rejected.
    private readonly RejectEntry?[]? _rejects = Rejects(Results);

    /// <summary>Content hash of the result at a position.</summary>
    internal ReadOnlySpan<byte> ContentHash(int position) =>
        _hashes.AsSpan(position * LabResult.ContentHashLength, LabResult.ContentHashLength);

    /// <summary>What the reject log says of the result at a position; null: it is not rejected.</summary>
    internal RejectEntry? RejectEntry(int position) => _rejects?[position];

    private static byte[] Hashes(IReadOnlyList<CheckedResult> results)
    {
        var hashes = new byte[results.Count * LabResult.ContentHashLength];
        for (var i = 0; i < results.Count; i++)
        {
            results[i].Result.WriteContentHash(hashes.AsSpan(i * LabResult.ContentHashLength));
        }

        return hashes;
    }

    private static RejectEntry?[]? Rejects(IReadOnlyList<CheckedResult> results)
    {
        if (!results.Any(result => result.IsRejected))
        {
            return null;
        }

        var entries = new RejectEntry?[results.Count];
        using var writer = new RejectEntryWriter();
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i].IsRejected)
            {
                entries[i] = writer.Of(results[i].Result, results[i].Faults);
            }
        }

        return entries;
    }
}

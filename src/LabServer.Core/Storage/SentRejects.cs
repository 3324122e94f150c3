using System.Text;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>The results of a batch that go into the reject log, as rows of <c>#rejected</c>.</summary>
internal sealed class SentRejects(ResultBatch batch, IReadOnlyList<SentReject> rows)
    : BulkRows("#rejected", ["position", "source_result_id", "content_hash", "sent", "faults"])
{
    private int _at = -1;

    public override bool Read() => ++_at < rows.Count;

    public override object? Value(int ordinal)
    {
        var row = rows[_at];
        return ordinal switch
        {
            0 => (long)row.Position,
            1 => row.SourceResultId,
            2 => batch.ContentHash(row.Position).ToArray(),
            3 => Encoding.UTF8.GetString(row.Entry.Sent),
            4 => Encoding.UTF8.GetString(row.Entry.Faults),
            _ => throw new ArgumentOutOfRangeException(nameof(ordinal)),
        };
    }
}

using System.Security.Cryptography;
using LabServer.Core.Audit;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>
/// What one commit stores of one laboratory and sender: one entry in the audit trail, however many results. The hashes are
/// those of the content of the rows, in the order of their keys, so that a row that is changed, put in or taken out shows.
/// </summary>
internal sealed class ResultGroup(string studyId, string laboratory, string sender) : IDisposable
{
    private readonly Rows _stored = new();
    private readonly Rows _rejected = new();
    private readonly int[] _counts = new int[(int)Disposition.Rejected + 1];

    /// <summary>Counts a result.</summary>
    /// <param name="disposition">What became of it.</param>
    /// <param name="key">Key of the row that was written for it; null: none was.</param>
    /// <param name="hash">Its content hash.</param>
    public void Add(Disposition disposition, long? key, ReadOnlySpan<byte> hash)
    {
        _counts[(int)disposition]++;
        if (key is { } written)
        {
            (disposition == Disposition.Rejected ? _rejected : _stored).Add(written, hash);
        }
    }

    /// <summary>Writes the entry. Where nothing was stored, since everything had been on file, there is none.</summary>
    public void Write(WriteSession session)
    {
        if (_stored.Count + _rejected.Count == 0)
        {
            return;
        }

        var caller = laboratory == Derivation.DerivedResult.Laboratory ? Author.Server : new Author(sender);
        AuditTrail.Append(session, AuditEntry.Of(caller, AuditAction.ResultsReceived, studyId, laboratory) with
        {
            After = AuditJson.Write(new AuditedResults(
                sender,
                _counts[(int)Disposition.Accepted],
                _counts[(int)Disposition.Amended],
                _counts[(int)Disposition.Held],
                _counts[(int)Disposition.Duplicate],
                _counts[(int)Disposition.Rejected],
                _stored.End(),
                _rejected.End())),
        });
    }

    public void Dispose()
    {
        _stored.Dispose();
        _rejected.Dispose();
    }

    private sealed class Rows : IDisposable
    {
        private const int RowsAtOnce = 128;

        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // A call into the library of hashes costs more than the hash of so few bytes.
        private readonly byte[] _waiting = new byte[RowsAtOnce * LabResult.ContentHashLength];
        private int _used;
        private long _first;
        private long _last;

        public int Count { get; private set; }

        public void Add(long key, ReadOnlySpan<byte> hash)
        {
            _first = Count++ == 0 ? key : _first;
            _last = key;
            hash.CopyTo(_waiting.AsSpan(_used));
            _used += hash.Length;
            if (_used == _waiting.Length)
            {
                HashWaiting();
            }
        }

        public AuditedRows? End()
        {
            HashWaiting();
            return Count == 0 ? null : new AuditedRows(Count, _first, _last, Convert.ToHexStringLower(_hash.GetHashAndReset()));
        }

        public void Dispose() => _hash.Dispose();

        private void HashWaiting()
        {
            _hash.AppendData(_waiting, 0, _used);
            _used = 0;
        }
    }
}

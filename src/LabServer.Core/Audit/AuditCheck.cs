using System.Globalization;

namespace LabServer.Core.Audit;

/// <summary>
/// Checks a trail entry by entry, in its order. Behind an entry that is not as it was written, the chain goes on from the
/// hash that the entry carries, so that each change is told where it is and once.
/// </summary>
/// <param name="anchor">Where the trail ended when somebody kept its anchor; null: nobody did.</param>
public sealed class AuditCheck(AuditAnchor? anchor = null)
{
    private byte[] _hash = AuditHash.Start;
    private long _atUs = long.MinValue;
    private bool _anchored = anchor is null || anchor.Number == 0;

    /// <summary>Number of the entry checked last; 0: none yet.</summary>
    public long Number { get; private set; }

    /// <summary>Where the trail ends, as far as it is checked.</summary>
    public AuditAnchor End => new(Number, Convert.ToHexStringLower(_hash), Math.Max(_atUs, 0));

    /// <summary>What is wrong with the next entry; nothing: it is as it was written.</summary>
    public IReadOnlyList<AuditFault> Next(StoredAuditEntry stored)
    {
        var faults = new List<AuditFault>();
        void Add(FaultCode code, string message) => faults.Add(new AuditFault(stored.Number, code, message));
        if (stored.Number != Number + 1)
        {
            Add(FaultCode.AuditEntryMissing, string.Create(
                CultureInfo.InvariantCulture, $"stands behind entry {Number}: entries were taken out, put in or moved"));
        }

        if (!AuditHash.Of(_hash, stored).AsSpan().SequenceEqual(stored.Hash))
        {
            Add(FaultCode.AuditEntryChanged, "is not what was written, or not behind the entry that it was written behind");
        }

        if (!AuditHash.OfSealed(stored.Salt, stored.Entry).AsSpan().SequenceEqual(stored.SealedHash)
            || (stored.Salt.Length > 0 && stored.SealedHash.Length == 0))
        {
            Add(FaultCode.AuditSealBroken, "what it says of arms is not what was written");
        }

        if (stored.AtUs < _atUs)
        {
            Add(FaultCode.AuditTimeBackwards, "is earlier than the entry before it");
        }

        if (stored.Number == anchor?.Number)
        {
            _anchored = true;
            if (Convert.ToHexStringLower(stored.Hash) != anchor.Hash)
            {
                Add(FaultCode.AuditAnchorMismatch, "is not the entry of this number that the anchor was taken of: the trail was written anew");
            }
        }

        (Number, _hash, _atUs) = (stored.Number, stored.Hash, Math.Max(_atUs, stored.AtUs));
        return faults;
    }

    /// <summary>What is wrong behind the last entry: whether the trail ends before its anchor.</summary>
    public IReadOnlyList<AuditFault> Finish() => _anchored
        ? []
        : [new AuditFault(Number, FaultCode.AuditTrailTruncated, string.Create(
            CultureInfo.InvariantCulture, $"is the last one, the anchor was taken of entry {anchor!.Number}: entries were cut off or taken out"))];
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LabServer.Core.Audit;

/// <summary>
/// The hash chain over the audit trail. Never change the encoding: hashes are on file, and kept elsewhere. The hash of an
/// entry is SHA-256 of the 32 bytes of the hash before it (zeros before the first) and the entry's canonical bytes: a format
/// byte, then each field as its length (4 bytes, little-endian) and content, in the order number, time, clock, caller, action,
/// study, target, before, after, reason, hash of the sealed fields. Numbers are 8 bytes, little-endian; texts UTF-8; a clock
/// that had not stepped back has the length 0.
/// </summary>
public static class AuditHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>Bytes of a salt.</summary>
    public const int SaltLength = 16;

    private const byte Format = 1;

    // Texts that are not well-formed would come back from the database as others.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What stands before the first entry.</summary>
    public static byte[] Start => new byte[Length];

    /// <summary>The hash of an entry behind <paramref name="previous"/>; the one it carries is not looked at.</summary>
    public static byte[] Of(ReadOnlySpan<byte> previous, StoredAuditEntry stored)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        hash.AppendData(Canonical(stored));
        return hash.GetHashAndReset();
    }

    /// <summary>SHA-256 of salt and sealed fields, each as its length and content; empty where nothing is sealed.</summary>
    public static byte[] OfSealed(ReadOnlySpan<byte> salt, AuditEntry entry)
    {
        if (!IsSealed(entry))
        {
            return [];
        }

        var bytes = new List<byte>();
        Write(bytes, salt);
        Write(bytes, entry.SealedBefore);
        Write(bytes, entry.SealedAfter);
        return SHA256.HashData(bytes.ToArray());
    }

    /// <summary>SHA-256 of a text too long for an entry, lower-case hexadecimal.</summary>
    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Whether an entry has sealed fields.</summary>
    public static bool IsSealed(AuditEntry entry) => entry.SealedBefore.Length > 0 || entry.SealedAfter.Length > 0;

    /// <summary>The bytes of an entry that are hashed.</summary>
    public static byte[] Canonical(StoredAuditEntry stored)
    {
        var entry = stored.Entry;
        var bytes = new List<byte>(256) { Format };
        Write(bytes, stored.Number);
        Write(bytes, stored.AtUs);
        Write(bytes, stored.ClockUs);
        Write(bytes, entry.Caller);
        Write(bytes, entry.Action);
        Write(bytes, entry.StudyId);
        Write(bytes, entry.Target);
        Write(bytes, entry.Before);
        Write(bytes, entry.After);
        Write(bytes, entry.Reason);
        Write(bytes, stored.SealedHash);
        return [.. bytes];
    }

    private static void Write(List<byte> bytes, long? number)
    {
        Span<byte> content = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(content, number ?? 0);
        Write(bytes, number is null ? [] : content);
    }

    private static void Write(List<byte> bytes, string text) => Write(bytes, Utf8.GetBytes(text));

    private static void Write(List<byte> bytes, ReadOnlySpan<byte> content)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        bytes.AddRange(length);
        bytes.AddRange(content);
    }
}

using System.Globalization;
using LabServer.Core.Audit;

namespace LabServer.Core.Tests.Audit;

/// <summary>A sound trail in memory, and what somebody could do to it.</summary>
internal static class AuditChain
{
    /// <summary>Entries as the trail makes them; every third one has sealed fields, every seventh was written while the clock had stepped back.</summary>
    public static List<StoredAuditEntry> Of(int entries)
    {
        var chain = new List<StoredAuditEntry>();
        var previous = AuditHash.Start;
        for (var number = 1; number <= entries; number++)
        {
            var isSealed = number % 3 == 0;
            var text = number.ToString(CultureInfo.InvariantCulture);
            var entry = new AuditEntry
            {
                Action = AuditAction.SubjectChanged,
                Caller = "nurse" + text,
                StudyId = "S1",
                Target = text,
                Before = $$"""{"sex":"m","n":{{text}}}""",
                After = $$"""{"sex":"f","n":{{text}}}""",
                Reason = "typing error",
                SealedBefore = isSealed ? """{"arm":"A"}""" : "",
                SealedAfter = isSealed ? """{"arm":"B"}""" : "",
            };
            byte[] salt = isSealed ? [.. Enumerable.Range(number, AuditHash.SaltLength).Select(value => (byte)value)] : [];
            var stored = new StoredAuditEntry
            {
                Number = number,
                AtUs = 1_000_000L * number,
                ClockUs = number % 7 == 0 ? 5 : null,
                Entry = entry,
                Salt = salt,
                SealedHash = AuditHash.OfSealed(salt, entry),
                Hash = [],
            };
            previous = AuditHash.Of(previous, stored);
            chain.Add(stored with { Hash = previous });
        }

        return chain;
    }

    /// <summary>The anchor of a trail that ends with this entry.</summary>
    public static AuditAnchor Anchor(StoredAuditEntry last) => new(last.Number, Convert.ToHexStringLower(last.Hash), last.AtUs);

    /// <summary>Everything that a check of the trail finds.</summary>
    public static List<AuditFault> Check(IEnumerable<StoredAuditEntry> chain, AuditAnchor? anchor = null)
    {
        var check = new AuditCheck(anchor);
        return [.. chain.SelectMany(check.Next).ToList(), .. check.Finish()];
    }

    /// <summary>The entry with one bit of one of its fields flipped.</summary>
    public static StoredAuditEntry Flip(StoredAuditEntry stored, Random random)
    {
        var entry = stored.Entry;
        while (true)
        {
            var flipped = random.Next(14) switch
            {
                0 => stored with { Number = stored.Number ^ (1L << random.Next(20)) },
                1 => stored with { AtUs = stored.AtUs ^ (1L << random.Next(40)) },
                2 => stored with { ClockUs = stored.ClockUs is { } us ? us ^ (1L << random.Next(40)) : 0 },
                3 => stored with { Entry = entry with { Caller = Flip(entry.Caller, random) } },
                4 => stored with { Entry = entry with { Action = Flip(entry.Action, random) } },
                5 => stored with { Entry = entry with { StudyId = Flip(entry.StudyId, random) } },
                6 => stored with { Entry = entry with { Target = Flip(entry.Target, random) } },
                7 => stored with { Entry = entry with { Before = Flip(entry.Before, random) } },
                8 => stored with { Entry = entry with { After = Flip(entry.After, random) } },
                9 => stored with { Entry = entry with { Reason = Flip(entry.Reason, random) } },
                10 => stored with { Entry = entry with { SealedAfter = Flip(entry.SealedAfter, random) } },
                11 => stored with { Salt = Flip(stored.Salt, random) },
                12 => stored with { SealedHash = Flip(stored.SealedHash, random) },
                _ => stored with { Hash = Flip(stored.Hash, random) },
            };
            if (flipped != stored)
            {
                return flipped;
            }
        }
    }

    private static string Flip(string text, Random random)
    {
        var characters = text.ToCharArray();
        if (characters.Length > 0)
        {
            characters[random.Next(characters.Length)] ^= (char)(1 << random.Next(5));
        }

        return new string(characters);
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
        {
            return bytes;
        }

        byte[] copy = [.. bytes];
        copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        return copy;
    }
}

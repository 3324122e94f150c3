using LabServer.Core.Audit;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Audit;

public sealed class AuditCheckTests
{
    private const int Entries = 60;

    private static readonly List<StoredAuditEntry> Sound = AuditChain.Of(Entries);

    [Fact]
    public void Check_SoundTrail_FindsNothing()
    {
        Assert.Empty(AuditChain.Check(Sound));
        Assert.Empty(AuditChain.Check(Sound, AuditChain.Anchor(Sound[^1])));
        Assert.Empty(AuditChain.Check(Sound, AuditChain.Anchor(Sound[10])));
        Assert.Empty(AuditChain.Check([], new AuditAnchor(0, Convert.ToHexStringLower(AuditHash.Start), 0)));
    }

    [Fact]
    [Trait(Battery.Name, Battery.Value)]
    public void Check_ThousandRandomMutations_FindsEach()
    {
        var (entries, mutations) = (Battery.Size(Entries, 1_000), Battery.Size(1_000, 5_000));
        var sound = AuditChain.Of(entries);
        var random = new Random(Battery.Seed);
        var anchor = AuditChain.Anchor(sound[^1]);
        for (var mutation = 0; mutation < mutations; mutation++)
        {
            List<StoredAuditEntry> mutated = [.. sound];
            var (at, kind) = (random.Next(entries), mutation % 5);
            var other = (at + 1 + random.Next(entries - 1)) % entries;
            switch (kind)
            {
                case 0: mutated[at] = AuditChain.Flip(mutated[at], random); break;
                case 1: mutated.RemoveAt(at); break;
                case 2: (mutated[at], mutated[other]) = (mutated[other], mutated[at]); break;
                case 3: mutated.RemoveRange(at, entries - at); break;
                default: mutated.Insert(other, mutated[at]); break;
            }

            Assert.True(AuditChain.Check(mutated, anchor).Count > 0, $"Mutation {mutation} of seed {Battery.Seed}, kind {kind} at {at} and {other}, was not found.");
        }

        Battery.Report("audit rows", $"{mutations} times one of {entries} rows flipped, deleted, moved, doubled or all behind it cut off: all found");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(Entries - 1)]
    public void Check_OneEntryChanged_NamesThatOneAlone(int at)
    {
        List<StoredAuditEntry> changed = [.. Sound];
        changed[at] = changed[at] with { Entry = changed[at].Entry with { After = "{}" } };

        var fault = Assert.Single(AuditChain.Check(changed));

        Assert.Equal((at + 1, FaultCode.AuditEntryChanged), (fault.Number, fault.Code));
    }

    [Fact]
    public void Check_EntryTakenOut_NamesTheOneBehindIt()
    {
        var faults = AuditChain.Check(Sound.Where(stored => stored.Number != 7));

        Assert.Equal([(8L, FaultCode.AuditEntryMissing), (8L, FaultCode.AuditEntryChanged)], faults.Select(fault => (fault.Number, fault.Code)));
    }

    [Fact]
    public void Check_SealedFieldChanged_IsABrokenSeal()
    {
        List<StoredAuditEntry> changed = [.. Sound];
        changed[2] = changed[2] with { Entry = changed[2].Entry with { SealedAfter = """{"arm":"A"}""" } };

        Assert.Equal([(3L, FaultCode.AuditSealBroken)], AuditChain.Check(changed).Select(fault => (fault.Number, fault.Code)));
    }

    [Fact]
    public void Check_CutOff_ShowsWithTheAnchorAndNotWithoutIt()
    {
        var cut = Sound.Take(40).ToList();

        Assert.Empty(AuditChain.Check(cut));
        Assert.Equal((40L, FaultCode.AuditTrailTruncated), AuditChain.Check(cut, AuditChain.Anchor(Sound[^1])).Select(fault => (fault.Number, fault.Code)).Single());
    }

    [Fact]
    public void Check_WrittenAnewFromTheStart_ShowsWithTheAnchorAndNotWithoutIt()
    {
        var (anew, previous) = (new List<StoredAuditEntry>(), AuditHash.Start);
        foreach (var stored in Sound.Select(stored => stored with { Entry = stored.Entry with { Caller = "nobody" } }))
        {
            previous = AuditHash.Of(previous, stored);
            anew.Add(stored with { Hash = previous });
        }

        Assert.Empty(AuditChain.Check(anew));
        Assert.Equal([(30L, FaultCode.AuditAnchorMismatch)], AuditChain.Check(anew, AuditChain.Anchor(Sound[29])).Select(fault => (fault.Number, fault.Code)));
    }

    [Fact]
    public void Canonical_TextMovedToTheNextField_IsAnother()
    {
        var one = Sound[0] with { Entry = Sound[0].Entry with { StudyId = "AB", Target = "C" } };
        var other = Sound[0] with { Entry = Sound[0].Entry with { StudyId = "A", Target = "BC" } };

        Assert.NotEqual(AuditHash.Canonical(one), AuditHash.Canonical(other));
    }

    [Fact]
    public void Of_OneEntry_HasTheHashOfTheEncodingAsItIsWrittenDown()
    {
        var stored = new StoredAuditEntry
        {
            Number = 1,
            AtUs = 2,
            Entry = new AuditEntry { Action = "X", Caller = "é" },
            Hash = [],
        };

        // Format, number, time, clock, caller, action, study, target, before, after, reason, hash of what is sealed.
        var bytes = Convert.FromHexString(
            "01" + "08000000" + "0100000000000000" + "08000000" + "0200000000000000" + "00000000" + "02000000" + "C3A9" + "01000000" + "58"
            + "00000000" + "00000000" + "00000000" + "00000000" + "00000000" + "00000000");

        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(AuditHash.Canonical(stored)));
        Assert.Equal(
            System.Security.Cryptography.SHA256.HashData([.. new byte[32], .. bytes]),
            AuditHash.Of(AuditHash.Start, stored));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no anchor")]
    [InlineData("{}")]
    [InlineData("""{"entry":1,"sha256":"00","at":"2026-03-01T00:00:00Z"}""")]
    [InlineData("""{"entry":-1,"sha256":"0000000000000000000000000000000000000000000000000000000000000000","at":"2026-03-01T00:00:00Z"}""")]
    public void Anchor_OfATextThatIsNone_IsNull(string text) => Assert.Null(AuditAnchor.Read(text));

    [Fact]
    public void Anchor_WrittenAndRead_IsTheSame()
    {
        var anchor = AuditChain.Anchor(Sound[^1]);

        Assert.Equal(anchor, AuditAnchor.Read(anchor.ToString()));
    }
}

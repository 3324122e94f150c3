using LabServer.Core.Access;
using LabServer.Core.Audit;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Storage;

public sealed class ApiKeyStoreTests
{
    private static readonly ApiKey Wanted = new()
    {
        KeyId = "",
        Name = "lab-1",
        Role = Role.Laboratory,
        Studies = ["S1"],
        Laboratories = ["CENTRAL"],
        CreatedBy = "admin",
    };

    [Fact]
    public async Task Create_NewName_IsFoundByItsTextAlsoAfterARestart()
    {
        await using var study = await TestStudy.Create();
        var store = new ApiKeyStore(study.Database, TimeProvider.System);

        var (key, text) = (await store.Create(Wanted, CancellationToken.None))!.Value;

        Assert.Equal(("lab-1", key.KeyId), (Check(store, text)?.Name, KeyText.IdOf(text)));
        var again = new ApiKeyStore(study.Database, TimeProvider.System);
        var found = Check(again, text)!;
        Assert.Equal((key.KeyId, Role.Laboratory, "admin", key.CreatedUs), (found.KeyId, found.Role, found.CreatedBy, found.CreatedUs));
        Assert.Equal(["S1"], found.Studies);
        Assert.Equal(["CENTRAL"], found.Laboratories);
        Assert.Empty(found.UnblindedStudies);
        var entry = study.AllEntries()[^1].Entry;
        Assert.Equal((AuditAction.KeyCreated, "lab-1"), (entry.Action, entry.Target));
        Assert.DoesNotContain(text.Split('_', 3)[2], entry.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NameThatWasGiven_IsNullAndLeavesNothing()
    {
        await using var study = await TestStudy.Create();
        var store = new ApiKeyStore(study.Database, TimeProvider.System);
        await store.Create(Wanted, CancellationToken.None);
        await store.Revoke("lab-1", new Author("admin"), CancellationToken.None);
        var before = study.Trail.Anchor();

        Assert.Null(await store.Create(Wanted with { Role = Role.Auditor }, CancellationToken.None));

        Assert.Equal(before, study.Trail.Anchor());
        Assert.Equal(Role.Laboratory, Assert.Single(store.All()).Role);
    }

    [Fact]
    public async Task Check_TextThatIsNotTheKeys_IsNull()
    {
        await using var study = await TestStudy.Create();
        var store = new ApiKeyStore(study.Database, TimeProvider.System);
        var (key, text) = (await store.Create(Wanted, CancellationToken.None))!.Value;

        string[] wrong = ["", "lsk_", "lsk__", $"lsk_{key.KeyId}", $"lsk_{key.KeyId}_", text[..^1], text + "x", text.ToUpperInvariant(), KeyText.Make().Text];

        Assert.All(wrong, other => Assert.Null(Check(store, other)));
    }

    [Fact]
    public async Task Revoke_Key_IsRefusedFromThenOnAndRevokedOnce()
    {
        await using var study = await TestStudy.Create();
        var store = new ApiKeyStore(study.Database, TimeProvider.System);
        var (key, text) = (await store.Create(Wanted, CancellationToken.None))!.Value;

        var revoked = await store.Revoke("lab-1", new Author("admin"), CancellationToken.None);
        var again = await store.Revoke("lab-1", new Author("another"), CancellationToken.None);

        Assert.NotNull(revoked?.RevokedUs);
        Assert.Equal(revoked, again);
        Assert.Null(Check(store, text));
        Assert.False(store.IsValid(key.KeyId));
        Assert.Null(Check(new ApiKeyStore(study.Database, TimeProvider.System), text));
        Assert.Null(await store.Revoke("nobody", new Author("admin"), CancellationToken.None));
        Assert.Single(study.AllEntries(), stored => stored.Entry.Action == AuditAction.KeyRevoked);
    }

    [Fact]
    public async Task Check_AtItsExpiry_IsNull()
    {
        await using var study = await TestStudy.Create();
        var made = new ApiKeyStore(study.Database, new FixedTime("2026-05-01T12:00:00Z"));
        var (_, text) = (await made.Create(Wanted with { ExpiresUs = Clock.NowUs(new FixedTime("2026-05-02T00:00:00Z")) }, CancellationToken.None))!.Value;

        Assert.NotNull(Check(new ApiKeyStore(study.Database, new FixedTime("2026-05-01T23:59:59Z")), text));
        Assert.Null(Check(new ApiKeyStore(study.Database, new FixedTime("2026-05-02T00:00:00Z")), text));
    }

    [Fact]
    public async Task Check_TwiceInAMinute_NotesTheUseOnceOnFileAndAtOnceInMemory()
    {
        await using var study = await TestStudy.Create();
        var time = new FixedTime("2026-05-01T12:00:00Z");
        var store = new ApiKeyStore(study.Database, time);
        var (_, text) = (await store.Create(Wanted, CancellationToken.None))!.Value;

        store.Check(text, KeyText.Hash(text), out var first);
        store.Check(text, KeyText.Hash(text), out var second);
        await first;

        Assert.True(second.IsCompletedSuccessfully);
        Assert.Equal(Clock.NowUs(time), store.Find("lab-1")!.LastUsedUs);
        Assert.Equal(Clock.NowUs(time), new ApiKeyStore(study.Database, time).Find("lab-1")!.LastUsedUs);
    }

    private static ApiKey? Check(ApiKeyStore store, string text)
    {
        var key = store.Check(text, KeyText.Hash(text), out var noted);
        Assert.True(key is not null || noted.IsCompletedSuccessfully);
        return key;
    }
}

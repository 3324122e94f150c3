using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Storage;

public sealed class CommittedKeysTests
{
    [Fact]
    public async Task Add_InATransaction_IsKnownToItAtOnceAndToOthersOnceItIsDurable()
    {
        await using var study = await TestStudy.Create();
        var keys = new CommittedKeys<string>();

        var (before, within) = await study.Database.Writer.Run(
            session =>
            {
                var known = keys.TryGet(session, "Week 2", out _);
                keys.Add(session, "Week 2", 7);
                return (known, keys.TryGet(session, "Week 2", out var key) ? key : 0);
            },
            rows: 1,
            CancellationToken.None);

        Assert.False(before);
        Assert.Equal(7, within);
        Assert.Equal(7, await Find(study, keys, "Week 2"));
    }

    [Fact]
    public async Task Add_OverWhatIsKept_ForgetsTheOldAndKeepsTheNew()
    {
        await using var study = await TestStudy.Create();
        var keys = new CommittedKeys<string>(most: 2);
        foreach (var (name, key) in new[] { ("Week 2", 2), ("Week 3", 3), ("Week 4", 4) })
        {
            await study.Database.Writer.Run(session => keys.Add(session, name, key), rows: 1, CancellationToken.None);
        }

        Assert.Null(await Find(study, keys, "Week 2"));
        Assert.Equal(4, await Find(study, keys, "Week 4"));
    }

    [Fact]
    public async Task Add_InATransactionThatFails_IsForgotten()
    {
        await using var study = await TestStudy.Create();
        var keys = new CommittedKeys<string>();

        await AddAndFail(study, keys, "Week 2", 7);

        Assert.Null(await Find(study, keys, "Week 2"));
    }

    [Fact]
    public async Task Add_AfterATransactionThatFailed_KeepsOnlyItsOwn()
    {
        await using var study = await TestStudy.Create();
        var keys = new CommittedKeys<string>();
        await AddAndFail(study, keys, "Week 2", 7);

        await study.Database.Writer.Run(session => keys.Add(session, "Week 4", 8), rows: 1, CancellationToken.None);

        Assert.Null(await Find(study, keys, "Week 2"));
        Assert.Equal(8, await Find(study, keys, "Week 4"));
    }

    private static Task<InvalidOperationException> AddAndFail(TestStudy study, CommittedKeys<string> keys, string name, long key) =>
        Assert.ThrowsAsync<InvalidOperationException>(() => study.Database.Writer.Run(
            session =>
            {
                keys.Add(session, name, key);
                throw new InvalidOperationException("It fails after the key was added.");
            },
            rows: 1,
            CancellationToken.None));

    private static Task<long?> Find(TestStudy study, CommittedKeys<string> keys, string name) => study.Database.Writer.Run(
        session => keys.TryGet(session, name, out var key) ? key : (long?)null, rows: 1, CancellationToken.None);
}

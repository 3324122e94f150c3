using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Storage;

/// <summary>What a server may take of what waits for grading, beside others that are at work.</summary>
public sealed class UnclaimedTests
{
    private const string OfAnother = "UPDATE grading_share SET server_id = 'another'";

    // As a full run of another server has it: some shares of subjects, and no longer the one of taking up.
    private const string OfAnotherButTakingUp = OfAnother + " WHERE share >= 0";

    [Fact]
    public async Task HasUnclaimed_NewResults_WhileNobodyTakesUp()
    {
        await using var study = await Study();
        await study.Execute(OfAnotherButTakingUp);
        Assert.False(study.Series.HasUnclaimed("me"));

        await study.Push(TestStudy.Alt("a", "250", "2021-03-05"));

        Assert.True(study.Series.HasUnclaimed("me"));
        await study.Execute(OfAnother);
        Assert.False(study.Series.HasUnclaimed("me"));
        Assert.True(study.Series.HasUnclaimed("another"));
    }

    [Fact]
    public async Task HasUnclaimed_ReleasedResults_WhileNobodyTakesUp()
    {
        await using var study = await Study();
        await study.Push(TestStudy.Alt("a", "250", "2021-03-05", subjectId: "02"));
        await study.Grade();
        await study.Execute(OfAnotherButTakingUp);
        Assert.False(study.Series.HasUnclaimed("me"));

        // A held result is released when its subject comes to be known.
        await study.Register("02");
        Assert.Equal(1, await study.Count("SELECT COUNT(*) FROM released_result"));

        Assert.True(study.Series.HasUnclaimed("me"));
        await study.Execute(OfAnother);
        Assert.False(study.Series.HasUnclaimed("me"));
    }

    private static async Task<TestStudy> Study()
    {
        var study = await TestStudy.Create();
        await study.Register("01");
        await study.Execute("INSERT INTO server (server_id, name, started_us, lease_until_us) VALUES ('another', 'another', 0, 0)");
        return study;
    }
}

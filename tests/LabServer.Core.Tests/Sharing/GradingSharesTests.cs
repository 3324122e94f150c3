using Dapper;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Sharing;

/// <summary>Shares of grading, and whose they are when something goes wrong.</summary>
public sealed class GradingSharesTests : IDisposable
{
    private const string Taken = "SELECT COUNT(*) FROM grading_share WHERE server_id <> '' AND share >= 0";

    // As if another server had taken the first of the shares over and graded everything.
    private const string Steal = """
        UPDATE grading_share SET server_id = 'another', fence = fence + 1
        WHERE share = (SELECT MIN(share) FROM grading_share WHERE server_id <> '' AND share >= 0);
        DELETE FROM pending_series;
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;

    [SqliteFact]
    public async Task Run_LosesOneOfItsShares_GivesTheOthersBack()
    {
        var stolen = false;
        var dialect = new DialectDouble(new SqliteDialect(Path.Combine(_folder, "labserver.db"), isShared: true))
        {
            BeforeWrite = writer =>
            {
                if (!stolen && writer.State == System.Data.ConnectionState.Open && IsThere(writer) && writer.ExecuteScalar<long>(Taken) == 2)
                {
                    stolen = true;
                    writer.Execute(Steal);
                }
            },
        };
        await using var study = TestStudy.Join(dialect, TimeProvider.System);
        await study.Studies.Create(
            new Study { StudyId = TestStudy.StudyId, TimeZone = "UTC", RuleSets = [Study.DefaultRuleSet], Arms = ["A"] }, TestStudy.Tester, CancellationToken.None);
        await study.Register("01");
        await study.Register("02");
        await study.Push(TestStudy.Alt("a", "250", "2021-03-05"), TestStudy.Alt("b", "250", "2021-03-05", subjectId: "02"));

        await study.Grade();

        Assert.True(stolen);
        Assert.Equal(0, await study.Count("SELECT COUNT(*) FROM grade"));
        Assert.Equal(1, await study.Count(Taken));
    }

    [SqliteFact]
    public async Task Renew_WithoutARun_GivesBackWhatIsHeldForNothing()
    {
        await using var study = TestStudy.Join(new SqliteDialect(Path.Combine(_folder, "labserver.db"), isShared: true), TimeProvider.System);
        var shares = new GradingShares(study.Database, study.Lease, TimeProvider.System);
        await study.Lease.Begin(CancellationToken.None);
        await shares.TryClaim([3, 4], CancellationToken.None);

        await study.Lease.Renew(() => true, CancellationToken.None);
        Assert.Equal(2, await study.Count(Taken));
        await study.Lease.Renew(() => false, CancellationToken.None);

        Assert.Equal(0, await study.Count(Taken));
        Assert.Equal(1, await study.Count("SELECT COUNT(*) FROM server"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool IsThere(System.Data.Common.DbConnection writer) =>
        writer.ExecuteScalar<long>("SELECT COUNT(*) FROM sqlite_master WHERE name = 'grading_share'") == 1;
}

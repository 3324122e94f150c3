using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Storage;

/// <summary>
/// A result's whole way on a SQL Server, where there is one. With it every other test that takes its database from
/// <see cref="TestDatabase"/> runs there too; this one says loudly that none of them did.
/// </summary>
public sealed class SqlServerTests
{
    [SqlServerFact]
    public async Task Result_OnSqlServer_IsStoredOnceGradedAndCounted()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");

        var first = await study.Push(TestStudy.Alt("a", "30", "2021-02-01"), TestStudy.Alt("b", "250", "2021-03-05"), TestStudy.Alt("c", "x", "2021-13-05"));
        var again = await study.Push(TestStudy.Alt("b", "250", "2021-03-05"), TestStudy.Alt("b", "260", "2021-03-05", version: 2));
        await study.Grade();

        Assert.Equal(
            [Disposition.Accepted, Disposition.Accepted, Disposition.Rejected, Disposition.Duplicate, Disposition.Amended],
            [.. first.Select(outcome => outcome.Disposition), .. again.Select(outcome => outcome.Disposition)]);
        Assert.Equal(["a", "b", "b"], study.Results.List(study.Study.StudyKey, "", "", false, 0, 10).Select(stored => stored.Result.SourceResultId));
        Assert.Equal(3, Assert.Single(study.AllEvents()).WorstGrade);
        Assert.Equal(0, (await study.GradeFully()).Differences);
        Assert.Equal("sqlserver", study.Database.Dialect.Name);
    }

    [SqlServerFact]
    public async Task Open_TwoServersAtOnce_EachFileIsRunOnce()
    {
        await using var own = TestDatabase.Create();
        using var start = new Barrier(2);
        var servers = Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return Database.Open(own.Dialect, TimeProvider.System, session => RuleSetStore.Register(session, RuleSets.All));
            },
            TaskCreationOptions.LongRunning)).ToList();

        foreach (var server in await Task.WhenAll(servers))
        {
            await server.DisposeAsync();
        }

        using var connection = own.Dialect.OpenReader();
        Assert.Equal(SchemaUpgrade.Files("sqlserver").Count, SchemaUpgrade.RequireKnown(connection, own.Dialect).Count);
    }
}

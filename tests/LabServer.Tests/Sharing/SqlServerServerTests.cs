using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quartz;

namespace LabServer.Tests.Sharing;

/// <summary>The whole server on a SQL Server, where there is one; with it every test that has a <see cref="ServerFixture"/> runs there.</summary>
public sealed class SqlServerServerTests
{
    [SqlServerFact]
    public async Task Server_OnSqlServer_TakesGradesTellsAndLeavesBackupsToIt()
    {
        await using var server = await ServerFixture.Start();
        await SmallTrial.Push(server.Channel, "S1", subjects: 2, days: 6);

        var run = await SharedFile.Grade(server.Channel, "S1");

        Assert.Equal(Api.V1.JobRunState.Succeeded, run.State);
        Assert.Equal(2, (await server.AdverseEvents.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = "S1" })).Events.Count);
        await Refused.With(StatusCode.FailedPrecondition, "BACKUPS_BY_ENGINE", server.Jobs.RunJobAsync(new RunJobRequest { Job = "backup" }));
    }

    [Fact]
    public async Task Backup_WhereTheEngineMakesThem_IsRefused()
    {
        await using var server = await ServerFixture.Start();
        var jobs = ActivatorUtilities.CreateInstance<LabServer.Jobs.JobsService>(server.Services, new SqlServerDialect("Server=none;Database=none"));
        var context = new SilentCallContext();
        context.GetHttpContext().Features.Set(KnownCaller.Of(Core.Access.Caller.Admin));

        await Refused.With(StatusCode.FailedPrecondition, "BACKUPS_BY_ENGINE", () => jobs.RunJob(new RunJobRequest { Job = "backup" }, context));
    }

    [Theory]
    [InlineData("SqlServer", "Server=none;Database=none", true)]
    [InlineData("Sqlite", "", false)]
    public async Task Schedule_OfAnEngine_IsAClusterWhereServersShareIt(string provider, string connectionString, bool isCluster)
    {
        using var folder = new TemporaryFolder();
        await using var app = Program.Compose(new Dictionary<string, string?>
        {
            ["LabServer:Data"] = folder.Path,
            ["LabServer:Storage:Provider"] = provider,
            ["LabServer:Storage:ConnectionString"] = connectionString,
            ["LabServer:Storage:ServerLease"] = "00:00:25",
        });

        var cluster = app.Services.GetRequiredService<IOptions<ClusteringOptions>>().Value;
        Assert.Equal(isCluster, cluster.Enabled);
        // Nobody fires again what a server is at while its lease may still hold.
        Assert.Equal(isCluster, cluster.CheckinMisfireThreshold == TimeSpan.FromSeconds(25));
    }
}

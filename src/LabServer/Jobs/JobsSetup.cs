using LabServer.Core.Storage;
using LabServer.Hosting;
using LabServer.Storage;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Quartz;

namespace LabServer.Jobs;

internal static class JobsSetup
{
    // Of a cluster: how often a server says that it takes part. One that does not for this long and its lease is taken for dead, which
    // is not before its lease on runs and shares has ended.
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(3);

    /// <summary>Adds the jobs and their schedule, which is kept where the results are kept: the settings say so before they are bound.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration settings)
    {
        services.AddStageOptions<JobsOptions>("Jobs");
        services.AddSingleton<JobRunStore>().AddSingleton<JobRunChanges>().AddSingleton<LatestRuns>().AddSingleton<JobMetrics>()
            .AddSingleton<StorageWait>().AddSingleton<JobRunRecorder>().AddSingleton<JobSchedule>().AddSingleton<QueuedRuns>();
        services.AddQuartz(quartz =>
        {
            // Jobs that a stop interrupts are fired again at the next start, like those that a kill interrupts.
            quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
            quartz.UsePersistentStore(store =>
            {
                if (StorageOptions.ProviderIn(settings) == StorageProvider.SqlServer)
                {
                    KeepInSqlServer(store);
                    services.AddOptions<ClusteringOptions>().PostConfigure<IOptions<StorageOptions>>(
                        (cluster, storage) => cluster.CheckinMisfireThreshold = storage.Value.ServerLease);
                }
                else
                {
                    KeepInSqlite(store);
                }

                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
            });
        });
        // Before the hosted service of Quartz, which starts firing once the application has started.
        services.AddHostedService<JobScheduleStart>();
        services.AddHostedService<GradingHelper>();
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        // Behind it, to be stopped before it.
        services.AddHostedService<ScheduleUpkeep>();
        return services;
    }

    private static void KeepInSqlite(IPersistentStoreBuilder store)
    {
        // A factory, since the folder is known only once the settings are read.
        store.UseSqlite(source => source.DataSourceFactory = provider => SqliteFactory.Instance.CreateDataSource(
            new SqliteConnectionStringBuilder { DataSource = provider.GetRequiredService<DataFolder>().QuartzFile }.ToString()));
        store.ConfigureStore(ado =>
        {
            ado.RecoverFiringsCancelledByShutdown = true;
            // Its file is on this machine: when there is space again, nobody is to wait for a quarter of a minute.
            ado.DbRetryInterval = TimeSpan.FromSeconds(1);
        });
    }

    // One schedule for all servers: each firing is one server's, and what a dead one was at is fired again on another.
    private static void KeepInSqlServer(IPersistentStoreBuilder store)
    {
        store.UseSqlServer(source => source.DataSourceFactory = provider => SqlClientFactory.Instance.CreateDataSource(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString));
        store.UseClustering(cluster => cluster.CheckinInterval = CheckIn);
        store.ConfigureStore(ado => ado.RecoverFiringsCancelledByShutdown = true);
    }

    public static IEndpointRouteBuilder MapJobs(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<JobsService>();
        return routes;
    }
}

using LabServer.Core.Storage;
using LabServer.Hosting;
using Microsoft.Data.Sqlite;
using Quartz;

namespace LabServer.Jobs;

internal static class JobsSetup
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddStageOptions<JobsOptions>("Jobs");
        services.AddSingleton<JobRunStore>().AddSingleton<JobRunChanges>().AddSingleton<LatestRuns>().AddSingleton<JobMetrics>()
            .AddSingleton<StorageWait>().AddSingleton<JobRunRecorder>().AddSingleton<JobSchedule>();
        services.AddQuartz(quartz =>
        {
            // Jobs that a stop interrupts are fired again at the next start, like those that a kill interrupts.
            quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
            quartz.UsePersistentStore(store =>
            {
                // A factory, since the folder is known only once the settings are read.
                store.UseSqlite(source => source.DataSourceFactory = provider => SqliteFactory.Instance.CreateDataSource(
                    new SqliteConnectionStringBuilder { DataSource = provider.GetRequiredService<DataFolder>().QuartzFile }.ToString()));
                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
                store.ConfigureStore(ado =>
                {
                    ado.RecoverFiringsCancelledByShutdown = true;
                    // Its file is on this machine: when there is space again, nobody is to wait for a quarter of a minute.
                    ado.DbRetryInterval = TimeSpan.FromSeconds(1);
                });
            });
        });
        // Before the hosted service of Quartz, which starts firing once the application has started.
        services.AddHostedService<JobScheduleStart>();
        services.AddHostedService<GradingHelper>();
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        return services;
    }

    public static IEndpointRouteBuilder MapJobs(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<JobsService>();
        return routes;
    }
}

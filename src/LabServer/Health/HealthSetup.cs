using LabServer.Access;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace LabServer.Health;

internal static class HealthSetup
{
    // A check that hangs, as on a disk that does not answer, is one that fails.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<HealthStatuses>().AddSingleton<DatabaseCheck>().AddSingleton<NightlyCheck>();
        services.AddHealthChecks()
            .AddCheck<ServingCheck>("server", timeout: Bound)
            .AddCheck<DatabaseCheck>("database", timeout: Bound)
            .AddCheck<DiskCheck>("disk", timeout: Bound)
            .AddCheck<SchedulerCheck>("scheduler", timeout: Bound)
            .AddCheck<NightlyCheck>("nightly", timeout: Bound);
        return services;
    }

    /// <summary>Maps the service and <c>/readyz</c>. When the host begins to stop, everything is NOT_SERVING and each watch ends.</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<HealthService>();
        routes.MapHealthChecks("/readyz", new HealthCheckOptions { ResponseWriter = ReadyAnswer.Write }).WithMetadata(new OpenAttribute());
        // Kestrel waits for open calls when it stops; a watch left open would hold it up until its time-out.
        routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStopping.Register(routes.ServiceProvider.GetRequiredService<HealthStatuses>().Stop);
        return routes;
    }
}

namespace LabServer.Health;

internal static class HealthSetup
{
    public static IServiceCollection AddHealth(this IServiceCollection services) =>
        services.AddSingleton<HealthStatuses>();

    /// <summary>Maps the service. When the host begins to stop, everything is NOT_SERVING and each watch ends.</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<HealthService>();
        // Kestrel waits for open calls when it stops; a watch left open would hold it up until its time-out.
        routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStopping.Register(routes.ServiceProvider.GetRequiredService<HealthStatuses>().Stop);
        return routes;
    }
}

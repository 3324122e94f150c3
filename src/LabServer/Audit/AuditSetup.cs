namespace LabServer.Audit;

internal static class AuditSetup
{
    // Before whatever writes by itself, so that it ends after it: the anchor then is that of the last entry.
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddHostedService<AnchorKeeper>();

    public static IEndpointRouteBuilder MapAudit(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<AuditService>();
        return endpoints;
    }
}

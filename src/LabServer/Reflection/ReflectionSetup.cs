namespace LabServer.Reflection;

internal static class ReflectionSetup
{
    public static IServiceCollection AddReflection(this IServiceCollection services) =>
        services.AddSingleton<ServedSchema>().AddSingleton<ReflectionAnswers>();

    /// <summary>Maps versions 1 and 1 alpha.</summary>
    public static IEndpointRouteBuilder MapReflection(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<ReflectionService>();
        routes.MapGrpcService<ReflectionV1AlphaService>();
        return routes;
    }
}

namespace LabServer.Studies;

internal static class StudiesSetup
{
    public static IServiceCollection AddStudies(this IServiceCollection services) => services.AddSingleton<StudyLookup>();

    public static IEndpointRouteBuilder MapStudies(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<StudiesService>();
        return endpoints;
    }
}

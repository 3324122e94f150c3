using LabServer.Core.Derivation;
using LabServer.Core.Grading;
using LabServer.Core.Storage;

namespace LabServer.Grading;

internal static class GradingSetup
{
    public static IServiceCollection AddGrading(this IServiceCollection services) => services
        .AddSingleton<DerivationRun>()
        .AddSingleton<GradingRun>()
        .AddSingleton<GradeStore>()
        .AddSingleton<ExplanationStore>()
        .AddSingleton<AdverseEventStore>();

    public static IEndpointRouteBuilder MapGrading(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<GradingService>();
        endpoints.MapGrpcService<AdverseEventsService>();
        return endpoints;
    }
}

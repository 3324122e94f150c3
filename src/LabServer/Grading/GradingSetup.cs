using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Core.Summaries;

namespace LabServer.Grading;

internal static class GradingSetup
{
    public static IServiceCollection AddGrading(this IServiceCollection services) => services
        .AddSingleton<GradingRun>()
        .AddSingleton<GradeStore>()
        .AddSingleton<ExplanationStore>()
        .AddSingleton<RuleSetComparison>()
        .AddSingleton<AdverseEventStore>();

    public static IEndpointRouteBuilder MapGrading(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<GradingService>();
        endpoints.MapGrpcService<AdverseEventsService>();
        return endpoints;
    }
}

using LabServer.Core.Derivation;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Core.Summaries;

namespace LabServer.Grading;

internal static class GradingSetup
{
    public static IServiceCollection AddGrading(this IServiceCollection services) => services
        .AddSingleton<DerivationRun>()
        .AddSingleton<GradingRun>()
        .AddSingleton<GradeStore>()
        .AddSingleton<ExplanationStore>()
        .AddSingleton<RuleSetComparison>()
        .AddSingleton<AdverseEventStore>()
        .AddSingleton<EventLog>()
        .AddSingleton<ReviewStore>()
        .AddSingleton<ReportedEventStore>()
        .AddSingleton<AlertStore>()
        .AddSingleton<HysLawStore>();

    public static IEndpointRouteBuilder MapGrading(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<GradingService>();
        endpoints.MapGrpcService<AdverseEventsService>();
        endpoints.MapGrpcService<AlertsService>();
        return endpoints;
    }
}

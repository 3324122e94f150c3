using LabServer.Core.Storage;
using LabServer.Core.Summaries;

namespace LabServer.Summaries;

internal static class SummariesSetup
{
    public static IServiceCollection AddSummaries(this IServiceCollection services) => services
        .AddSingleton<StrataStore>()
        .AddSingleton<SummaryStore>()
        .AddSingleton<DatasetExports>()
        .AddSingleton<LiverSafetyStore>()
        .AddSingleton<ShiftTables>()
        .AddSingleton<SubjectProfile>()
        .AddSingleton<AnalysisValues>();

    public static IEndpointRouteBuilder MapSummaries(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<SummariesService>();
        return endpoints;
    }
}

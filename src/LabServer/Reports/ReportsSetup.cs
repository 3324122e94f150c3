using LabServer.Core.Reports;
using LabServer.Core.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LabServer.Reports;

internal static class ReportsSetup
{
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.TryAddSingleton<LiverSafetyStore>();
        return services.AddSingleton<SafetyReportStore>().AddSingleton<SafetyReportRun>();
    }

    public static IEndpointRouteBuilder MapReports(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<ReportsService>();
        return endpoints;
    }
}

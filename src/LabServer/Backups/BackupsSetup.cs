using LabServer.Core.Backups;
using LabServer.Hosting;
using Microsoft.Extensions.Options;

namespace LabServer.Backups;

internal static class BackupsSetup
{
    public static IServiceCollection AddBackups(this IServiceCollection services) => services
        .AddStageOptions<BackupsOptions>("Backups")
        .AddSingleton<IValidateOptions<BackupsOptions>, BackupsOptionsChecks>()
        .AddSingleton<BackupFolder>()
        .AddSingleton<BackupRun>();

    public static IEndpointRouteBuilder MapBackups(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<BackupsService>();
        return routes;
    }
}

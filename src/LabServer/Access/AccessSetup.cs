using LabServer.Core.Storage;
using LabServer.Hosting;
using LabServer.Limits;
using Microsoft.Extensions.Options;

namespace LabServer.Access;

internal static class AccessSetup
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddStageOptions<AccessOptions>("Access")
        .AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsChecks>()
        .AddSingleton<JwtCallers>()
        .AddSingleton<CertificateCallers>()
        .AddSingleton<ApiKeyStore>()
        .AddSingleton<UnblindingStore>()
        .AddSingleton<CallerReader>();

    public static WebApplication MapAccess(this WebApplication app)
    {
        // Behind the choice of the endpoint, and before its run.
        app.UseMiddleware<StatusDetails>();
        app.UseMiddleware<AccessGate>();
        app.UseMiddleware<LargeMessages>();
        app.MapGrpcService<AccessService>();
        return app;
    }
}

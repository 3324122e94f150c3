using Grpc.AspNetCore.Server.Model;
using LabServer.Access;
using LabServer.Health;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using static LabServer.Api.Health.HealthCheckResponse.Types;

namespace LabServer.Hosting;

internal static class HostingSetup
{
    /// <summary>A builder that reads appsettings.json beside the program, the environment, and <paramref name="settings"/> last.</summary>
    public static WebApplicationBuilder CreateBuilder(IReadOnlyDictionary<string, string?> settings)
    {
        // The working folder is where the operator happens to be; the settings file is the program's.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(HostingSetup).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(settings);
        return builder;
    }

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        // What fails past FailureInterceptor is a message that could not be read: its sender is told, and cannot fill our log.
        builder.Logging.AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.Critical);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ApplicationServices.GetRequiredService<Endpoints>()
            .Listen(kestrel, kestrel.ApplicationServices.GetRequiredService<IOptions<ServerOptions>>().Value));

        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddOptions<ServerOptions>().BindConfiguration(OptionsSection.Root).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ServerOptions>, ServerOptionsChecks>();
        services.AddOptions<HostOptions>().Configure<IOptions<ServerOptions>>(
            (host, server) => host.ShutdownTimeout = server.Value.StopTimeout);
        services.AddSingleton<DataFolder>().AddSingleton<Endpoints>().AddHostedService<Announcement>();
        services.AddSingleton<OpenCalls>().AddHostedService(provider => provider.GetRequiredService<OpenCalls>());
        services.AddGrpc(grpc => grpc.Interceptors.Add<FailureInterceptor>());
        services.AddSingleton<FailureInterceptor>();
        services.RemoveAll(typeof(IServiceMethodProvider<>));
        services.AddSingleton(typeof(IServiceMethodProvider<>), typeof(CheckedDecoding<>));
    }

    /// <summary>Counts calls from here on. Before whatever answers them.</summary>
    public static void MapOpenCalls(this WebApplication app)
    {
        var calls = app.Services.GetRequiredService<OpenCalls>();
        app.Use(next => context => calls.Count(context, next));
    }

    /// <summary>Maps what a person or a load balancer asks over HTTP/1.1.</summary>
    public static void MapHosting(this WebApplication app)
    {
        app.MapGet("/", [Open] (Endpoints endpoints) => $"""
            LabServer {CommandLine.Version}
            Laboratory results of clinical trials, graded into adverse events. The service is gRPC, on {endpoints.Grpc}

            """);
        app.MapGet("/healthz", [Open] (HealthStatuses health) => health.Get(HealthStatuses.Server) == ServingStatus.Serving
            ? Results.Text("SERVING\n")
            : Results.Text("NOT_SERVING\n", statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}

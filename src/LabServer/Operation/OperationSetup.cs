using System.Diagnostics.Metrics;
using LabServer.Access;
using LabServer.Core;
using LabServer.Core.Access;
using LabServer.Hosting;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace LabServer.Operation;

internal static class OperationSetup
{
    private const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static WebApplicationBuilder AddOperation(this WebApplicationBuilder builder)
    {
        AddLog(builder);
        builder.Services
            .AddStageOptions<OperationOptions>("Operation")
            .AddSingleton<IValidateOptions<OperationOptions>, OperationOptionsChecks>()
            .AddSingleton(_ => new Meter(Telemetry.Name))
            .AddSingleton<RpcMetrics>()
            .AddHostedService<ServerGauges>()
            // Under systemd it says when it serves and when it stops; elsewhere it does nothing.
            .AddSystemd();
        builder.Services.AddOpenTelemetry()
            // The standard variable for the name wins, where one machine runs several.
            .ConfigureResource(resource => resource.AddService(
                builder.Configuration["OTEL_SERVICE_NAME"] ?? "labserver", serviceVersion: CommandLine.Version))
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name).AddRuntimeInstrumentation().AddPrometheusExporter());
        Otlp.Add(builder);
        return builder;
    }

    /// <summary>Measures every RPC, and maps <c>/metrics</c>. Before whatever refuses calls, so that it sees refusals.</summary>
    public static WebApplication MapOperation(this WebApplication app)
    {
        // Said here, so that what follows stands behind the choice of the endpoint and before its run.
        app.UseRouting();
        app.UseMiddleware<RpcMeter>();
        var open = app.Configuration.GetValue<bool>($"{OptionsSection.Root}:Operation:{nameof(OperationOptions.OpenMetrics)}");
        app.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(open ? new OpenAttribute() : new NeedsAttribute(Permission.ReadMetrics));
        return app;
    }

    private static void AddLog(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = TimestampFormat;
        });
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = TimestampFormat + " ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Services.AddSingleton<ConsoleFormatter, GuardedFormatter>();
        // Last, so that no setting of the framework leads past the guard.
        builder.Services.PostConfigure<ConsoleLoggerOptions>(console => console.FormatterName = GuardedFormatter.FormatterName);
    }
}

using LabServer.Core;
using LabServer.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LabServer.Operation;

/// <summary>Sending metrics and spans to a collector, when one is named.</summary>
internal static class Otlp
{
    private const string Standard = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Own = $"{OptionsSection.Root}:Operation:{nameof(OperationOptions.OtlpEndpoint)}";

    /// <summary>Where to; null or empty: nowhere. The server's own setting wins over the standard variable.</summary>
    public static string? EndpointOf(IConfiguration configuration) =>
        configuration[Own] is { Length: > 0 } own ? own : configuration[Standard];

    /// <summary>Adds the exporters, or nothing at all: without an endpoint no span is ever made.</summary>
    public static void Add(WebApplicationBuilder builder)
    {
        if (EndpointOf(builder.Configuration) is not { Length: > 0 } endpoint || !Uri.IsWellFormedUriString(endpoint, UriKind.Absolute))
        {
            return;
        }

        // As the standard variable, which the exporters read themselves together with those for protocol, headers and
        // time-outs: one given in code would not get the paths that OTLP over HTTP adds.
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [Standard] = endpoint });
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddOtlpExporter())
            .WithTracing(tracing => tracing
                .AddSource(Telemetry.Name)
                .AddAspNetCoreInstrumentation(http =>
                    // Asked every few seconds by machines; a span of each would hide the others.
                    http.Filter = context => context.Request.Path.Value is not ("/healthz" or "/readyz" or "/metrics"))
                .AddOtlpExporter());
    }
}

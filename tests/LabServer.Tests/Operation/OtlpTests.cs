using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace LabServer.Tests.Operation;

/// <summary>Spans and metrics of a real process, at a collector.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task Otlp_EndpointSet_SpansAndMetricsArriveWithoutAnythingOfASubject()
    {
        await using var receiver = await OtlpReceiver.Start();

        await Serve(new Dictionary<string, string> { ["LABSERVER__OPERATION__OTLPENDPOINT"] = receiver.Address });

        string[] spans = ["commit", "grading", "grading full", "report", "backup", "/labserver.v1.IngestionService/SubmitResults", "labserver.rows"];
        Assert.All(spans, span => Assert.Contains(span, receiver.At("/v1/traces"), StringComparison.Ordinal));
        string[] metrics = ["labserver.ingestion.results", "labserver.storage.commit.duration", "labserver.rpc.duration", "dotnet.gc.collections"];
        Assert.All(metrics, metric => Assert.Contains(metric, receiver.At("/v1/metrics"), StringComparison.Ordinal));
        Assert.All(SecretTrial.Secrets, secret => Assert.DoesNotContain(secret, receiver.All, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Otlp_NoEndpointSet_NothingLeaves()
    {
        await using var receiver = await OtlpReceiver.Start();

        // An exporter that was there would send here.
        await Serve(new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = $"{receiver.Address}/v1/traces",
            ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = $"{receiver.Address}/v1/metrics",
        });

        Assert.Empty(receiver.All);
    }

    [Theory]
    [InlineData("LabServer:Operation:OtlpEndpoint", "http://127.0.0.1:9", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "", false)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:9", false)]
    public async Task Otlp_Setting_DecidesWhetherSpansAreMade(string setting, string value, bool areMade)
    {
        await using var app = Program.Compose(new Dictionary<string, string?> { [setting] = value });

        Assert.Equal(areMade, app.Services.GetService<TracerProvider>() is not null);
    }

    /// <summary>Drives a trial on a server with this environment, and stops it in good order, which sends what is left.</summary>
    private static async Task Serve(Dictionary<string, string> environment)
    {
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        environment["LABSERVER__JOBS__INCREMENTALINTERVAL"] = "00:00:00";
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.Start(folder.Path, environment);
        using (var channel = server.OpenChannel())
        {
            await new SecretTrial(channel).Drive();
        }

        Assert.Equal(0, await server.Stop());
    }
}

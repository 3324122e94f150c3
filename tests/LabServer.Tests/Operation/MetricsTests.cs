using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Dapper;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Jobs;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Trial = LabServer.Tests.Support.Trial;

namespace LabServer.Tests.Operation;

/// <summary>What is counted, and who may read it.</summary>
public sealed partial class MetricsTests(MeteredServer metered) : IClassFixture<MeteredServer>
{
    // Nothing of a study, a laboratory or a caller is a label.
    private static readonly string[] Labels = ["cause", "disposition", "job", "kind", "method", "outcome", "status"];

    private readonly ServerFixture _server = metered.Server;
    private readonly MeterReadings _readings = metered.Readings;

    [Fact]
    public async Task Results_OfABatch_AreCountedByWhatBecameOfThem()
    {
        var trial = await Trial.Create(_server);
        await trial.Register("01");
        string[] dispositions = ["accepted", "duplicate", "amended", "held", "rejected"];
        var before = dispositions.ToDictionary(name => name, name => _readings.Sum("labserver.ingestion.results", $"disposition={name}"));
        var batches = _readings.Sum("labserver.ingestion.batches");
        var corrected = Trial.Alt("1", "31");
        corrected.Version = 2;

        await trial.Submit(Trial.Alt("1", "30"), Trial.Alt("2", "30"), Trial.Alt("3", "30"));
        await trial.Submit(Trial.Alt("1", "30"), corrected, Trial.Alt("4", "30", subject: "unknown"), Trial.Alt("5", "30", collectedAt: "never"));

        Assert.Equal(
            [3, 1, 1, 1, 1], dispositions.Select(name => _readings.Sum("labserver.ingestion.results", $"disposition={name}") - before[name]));
        Assert.Equal(2, _readings.Sum("labserver.ingestion.batches") - batches);
    }

    [Fact]
    public async Task Commits_AreCountedWithDurationRowsAndWorks_AndFailuresByCause()
    {
        var writer = _server.Services.GetRequiredService<Database>().Writer;
        var before = (
            Count: _readings.Count("labserver.storage.commit.duration"), Rows: _readings.Sum("labserver.storage.commit.rows"),
            Works: _readings.Sum("labserver.storage.commit.works"), Database: _readings.Sum("labserver.storage.commit.failures", "cause=database"),
            Work: _readings.Sum("labserver.storage.commit.failures", "cause=work"));

        await writer.Run(_ => { }, rows: 7, CancellationToken.None);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
            () => writer.Run(session => session.Connection.Execute("DELETE FROM no_such_table"), rows: 1, CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => writer.Run(_ => throw new InvalidOperationException(), rows: 1, CancellationToken.None));
        await writer.Run(_ => { }, rows: 2, CancellationToken.None);

        Assert.Equal(
            (before.Count + 2, before.Rows + 9, before.Works + 2, before.Database + 1, before.Work + 1),
            (_readings.Count("labserver.storage.commit.duration"), _readings.Sum("labserver.storage.commit.rows"),
                _readings.Sum("labserver.storage.commit.works"), _readings.Sum("labserver.storage.commit.failures", "cause=database"),
                _readings.Sum("labserver.storage.commit.failures", "cause=work")));
    }

    [Theory]
    [InlineData("labserver.v1.StudiesService/ListStudies", "OK")]
    [InlineData("labserver.v1.StudiesService/GetStudy", "NOT_FOUND")]
    [InlineData("labserver.v1.JobsService/ListJobs", "UNAUTHENTICATED")]
    [InlineData("unknown", "UNIMPLEMENTED")]
    public async Task Rpc_IsCountedByMethodAndStatus(string method, string status)
    {
        using var keyless = _server.OpenKeylessChannel();
        var before = _readings.Count("labserver.rpc.duration", $"method={method}", $"status={status}");

        await Record.ExceptionAsync(async () => await (status switch
        {
            "OK" => (Task)_server.Studies.ListStudiesAsync(new ListStudiesRequest()).ResponseAsync,
            "NOT_FOUND" => _server.Studies.GetStudyAsync(new GetStudyRequest { StudyId = "NO-SUCH-STUDY" }).ResponseAsync,
            "UNAUTHENTICATED" => new Api.V1.JobsService.JobsServiceClient(keyless).ListJobsAsync(new ListJobsRequest()).ResponseAsync,
            _ => new NoSuchService(_server.Channel).Call(),
        }));

        await Eventually.True(
            () => _readings.Count("labserver.rpc.duration", $"method={method}", $"status={status}") == before + 1, "the call is counted");
        Assert.All(_readings.Labels.Where(label => label.StartsWith("method=", StringComparison.Ordinal)), label => Assert.DoesNotContain("NO-SUCH", label, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_WhileOpen_IsAnOpenStreamAndAnOpenWatch()
    {
        var trial = await Trial.Create(_server);
        const string Method = "method=labserver.v1.AdverseEventsService/WatchAdverseEvents";
        using var watch = trial.Events.WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = trial.StudyId, FromNow = true });
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal((1, 1), (_readings.Sum("labserver.rpc.open_streams", Method), _readings.Sum("labserver.rpc.open_watches", Method)));

        watch.Dispose();
        await Eventually.True(
            () => (_readings.Sum("labserver.rpc.open_streams", Method), _readings.Sum("labserver.rpc.open_watches", Method)) == (0, 0), "it is closed");
    }

    [Fact]
    public async Task Job_ThatEnded_IsCountedByOutcome()
    {
        var trial = await Trial.Create(_server);
        await _server.Jobs.RunJobAsync(new RunJobRequest { Job = JobNames.GradingFull, StudyId = trial.StudyId });

        await Eventually.True(
            () => _readings.Count("labserver.jobs.run.duration", "job=grading-full", "outcome=succeeded") >= 1, "the run is counted");
    }

    [Fact]
    public async Task Gauges_SayWhatIs()
    {
        var trial = await Trial.Create(_server);
        await trial.Register("01");
        await GradeAll();
        await trial.Submit(Trial.Alt("1", "30"));

        Assert.Equal((1, 0), (_readings.Gauge("labserver.grading.pending_results"), _readings.Gauge("labserver.storage.waiting")));
        var sizes = _readings.Gauge("labserver.storage.database.size") + _readings.Gauge("labserver.storage.log.size");
        Assert.Equal(_server.Services.GetRequiredService<Database>().Dialect.SizeBytes(), sizes);
        Assert.True(_readings.Gauge("labserver.storage.disk.free") > 0);
        await GradeAll();
        Assert.Equal((0, 0), (_readings.Gauge("labserver.grading.pending_results"), _readings.Gauge("labserver.grading.pending_series")));
    }

    [Fact]
    public async Task Page_WithTheAdministratorsKey_IsPrometheusTextWithoutAnythingOfAStudy()
    {
        await SmallTrial.Push(_server.Channel, "SECRET-STUDY", subjects: 1, days: 2);

        // A page that another has just asked for is given again, for less than a second.
        var page = await Get(_server, _server.AdminKey);
        await Eventually.True(
            async () => (page = await Get(_server, _server.AdminKey)).Text.Contains("# TYPE labserver_ingestion_results_total counter", StringComparison.Ordinal)
                && OwnCall().IsMatch(page.Text),
            "the page has the call and its results");

        Assert.Equal((HttpStatusCode.OK, "text/plain"), (page.Code, page.ContentType));
        Assert.Contains("dotnet_gc_", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("CENTRAL", page.Text, StringComparison.Ordinal);
        var own = page.Text.Split('\n').Where(line => line.StartsWith("labserver_", StringComparison.Ordinal));
        Assert.Empty(own.SelectMany(line => LabelName().Matches(line)).Select(match => match.Groups[1].Value).Distinct().Except([.. Labels, "otel_scope_name", "le"]));
    }

    [Fact]
    public async Task Page_WithoutAKey_IsRefused()
    {
        var page = await Get(_server, key: null);

        Assert.Equal(HttpStatusCode.Unauthorized, page.Code);
        Assert.DoesNotContain("labserver_", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithAMonitorsKey_IsServed()
    {
        var key = await _server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "collector", Role = Role.Monitor });

        Assert.Equal(HttpStatusCode.OK, (await Get(_server, key.Text)).Code);
    }

    [Fact]
    public async Task Page_WithAKeyThatMayNotReadMetrics_IsRefused()
    {
        var key = await _server.Access.CreateKeyAsync(new CreateKeyRequest { Name = "metrics-auditor", Role = Role.Auditor });

        Assert.Equal(HttpStatusCode.Forbidden, (await Get(_server, key.Text)).Code);
    }

    [Fact]
    public async Task Page_OpenOnLoopback_NeedsNoKey()
    {
        await using var server = await ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Operation:OpenMetrics"] = "true" });

        Assert.Equal(HttpStatusCode.OK, (await Get(server, key: null)).Code);
    }

    [Fact]
    public async Task Page_OpenBeyondLoopback_DoesNotStart()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => ServerFixture.Start(new Dictionary<string, string?>
        {
            ["LabServer:Operation:OpenMetrics"] = "true",
            ["LabServer:Address"] = "0.0.0.0",
            ["LabServer:Access:AllowCleartextBeyondLoopback"] = "true",
        }));

        Assert.Contains("Operation:OpenMetrics", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    private Task<GradingCounts> GradeAll() => _server.Services.GetRequiredService<GradingRun>().RunIncremental(null, _ => { }, CancellationToken.None);

    private static async Task<(HttpStatusCode Code, string? ContentType, string Text)> Get(ServerFixture server, string? key)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http.GetAsync(new Uri(server.HttpAddress, "/metrics"));
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("""labserver_rpc_duration_seconds_count\{[^}]*method="labserver.v1.IngestionService/SubmitResults",status="OK"[^}]*\} [1-9]""")]
    private static partial Regex OwnCall();

    [GeneratedRegex("[{,]([A-Za-z_]+)=")]
    private static partial Regex LabelName();

    /// <summary>A service that the server does not have.</summary>
    private sealed class NoSuchService(ChannelBase channel)
    {
        private static readonly Marshaller<string> Text = Marshallers.StringMarshaller;

        public async Task Call() => await channel.CreateCallInvoker().AsyncUnaryCall(
            new Method<string, string>(MethodType.Unary, "NO-SUCH.Service", "NO-SUCH-METHOD", Text, Text), null, new CallOptions(), "");
    }
}

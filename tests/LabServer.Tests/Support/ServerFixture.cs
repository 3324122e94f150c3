using Grpc.Core;
using Grpc.Net.Client;
using LabServer.Api.V1;
using LabServer.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace LabServer.Tests.Support;

/// <summary>
/// The whole server in this process: the composition of Program, Kestrel on 127.0.0.1 with free ports, a data folder of
/// its own. Scheduled grading is off unless the settings turn it on. Shut down, it fails when the server has
/// logged an error that the test did not announce with <see cref="ExpectError"/>.
/// </summary>
/// <remarks>
/// Use as a class fixture (<c>IClassFixture&lt;ServerFixture&gt;</c>), or make one in a test with
/// <c>await using var server = await ServerFixture.Start(…)</c>.
/// </remarks>
public sealed class ServerFixture : IAsyncLifetime, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CollectedLog _log = new();
    private readonly List<Func<LogEntry, bool>> _expected = [];
    private readonly Dictionary<string, string?> _settings;
    private readonly TimeProvider? _time;
    private WebApplication? _app;
    private GrpcChannel? _channel;

    /// <summary>For xunit; <see cref="Start"/> is for tests that need settings.</summary>
    public ServerFixture()
        : this(null, null)
    {
    }

    private ServerFixture(IReadOnlyDictionary<string, string?>? settings, TimeProvider? time)
    {
        _time = time;
        _settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["LabServer:Data"] = _folder.Path,
            ["LabServer:GrpcPort"] = "0",
            ["LabServer:HttpPort"] = "0",
            ["LabServer:StopTimeout"] = "00:00:02",
            ["LabServer:Jobs:IncrementalInterval"] = "00:00:00",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            _settings[name] = value;
        }
    }

    /// <summary>Folder of the server's data.</summary>
    public string DataFolder => _folder.Path;

    /// <summary>Address of gRPC.</summary>
    public Uri GrpcAddress => new(Services.GetRequiredService<Endpoints>().Grpc);

    /// <summary>Address of HTTP/1.1.</summary>
    public Uri HttpAddress => new(Services.GetRequiredService<Endpoints>().Http);

    /// <summary>A channel to the server, without a key.</summary>
    public GrpcChannel Channel => _channel ??= OpenChannel();

    /// <summary>The administrator's key.</summary>
    public string AdminKey => Services.GetRequiredService<DataFolder>().AdminKey;

    /// <summary>What the server is made of, for what no call shows.</summary>
    public IServiceProvider Services => (_app ?? throw new InvalidOperationException("The server does not run.")).Services;

    /// <summary>What the server has logged.</summary>
    public IReadOnlyList<LogEntry> Log => _log.Entries;

    public StudiesService.StudiesServiceClient Studies => new(Channel);

    public IngestionService.IngestionServiceClient Ingestion => new(Channel);

    public GradingService.GradingServiceClient Grading => new(Channel);

    public AdverseEventsService.AdverseEventsServiceClient AdverseEvents => new(Channel);

    public AlertsService.AlertsServiceClient Alerts => new(Channel);

    public SummariesService.SummariesServiceClient Summaries => new(Channel);

    public ReportsService.ReportsServiceClient Reports => new(Channel);

    public JobsService.JobsServiceClient Jobs => new(Channel);

    /// <summary>Starts a server with settings of its own.</summary>
    /// <param name="settings">By name: <c>LabServer:Jobs:IncrementalInterval</c>.</param>
    /// <param name="time">The clock; null: the system's.</param>
    public static async Task<ServerFixture> Start(IReadOnlyDictionary<string, string?>? settings = null, TimeProvider? time = null)
    {
        var fixture = new ServerFixture(settings, time);
        await fixture.StartServer();
        return fixture;
    }

    /// <summary>A channel of its own, for instance with a message size or an interceptor of the test's choice.</summary>
    public GrpcChannel OpenChannel(GrpcChannelOptions? options = null) => GrpcChannel.ForAddress(GrpcAddress, options ?? new());

    /// <summary>Headers that carry <paramref name="key"/>.</summary>
    public static Metadata Key(string key) => new() { { "authorization", $"Bearer {key}" } };

    /// <summary>Announces that the server will log an error like this.</summary>
    public void ExpectError(Func<LogEntry, bool> like) => _expected.Add(like);

    /// <summary>Starts the server, also again after <see cref="StopServer"/>; the data stays, the ports change.</summary>
    public async Task StartServer()
    {
        var app = Program.Compose(_settings, Adjust);
        try
        {
            Launch.Open(app);
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        _app = app;
    }

    /// <summary>Stops the server in good order; the data stays.</summary>
    public async Task StopServer()
    {
        _channel?.Dispose();
        _channel = null;
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopServer();
        _folder.Dispose();
        var unexpected = Log.Where(entry => entry.Level >= LogLevel.Error && !_expected.Any(like => like(entry))).ToList();
        Assert.True(unexpected.Count == 0, $"The server logged errors:\n{string.Join("\n", unexpected)}");
    }

    Task IAsyncLifetime.InitializeAsync() => StartServer();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private void Adjust(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(_log);
        if (_time is not null)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton(_time));
        }
    }
}

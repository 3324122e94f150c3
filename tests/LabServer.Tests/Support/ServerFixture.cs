using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;
using LabServer.Api.V1;
using LabServer.Core.Tests.Support;
using LabServer.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace LabServer.Tests.Support;

/// <summary>
/// The whole server in this process: the composition of Program, Kestrel on 127.0.0.1 with free ports, a data folder of
/// its own; its database is a SQLite file there, or one of SQL Server where <see cref="TestDatabase.Variable"/> names a server. Scheduled
/// grading and backups are off unless the settings turn them on. Shut down, it fails when the server has
/// logged an error that the test did not announce with <see cref="ExpectError"/>.
/// </summary>
/// <remarks>
/// Use as a class fixture (<c>IClassFixture&lt;ServerFixture&gt;</c>), or make one in a test with
/// <c>await using var server = await ServerFixture.Start(…)</c>.
/// </remarks>
public sealed class ServerFixture : IAsyncLifetime, IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, string> KeyFiles = new(StringComparer.Ordinal);

    private readonly TemporaryFolder _folder = new();
    private readonly CollectedLog _log = new();
    private readonly List<Func<LogEntry, bool>> _expected = [];
    private readonly Dictionary<string, string?> _settings;
    private readonly TimeProvider? _time;
    private TestDatabase? _database;
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
            ["LabServer:Backups:Cron"] = "",
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

    /// <summary>A channel to the server, with the administrator's key unless a call has another.</summary>
    public GrpcChannel Channel => _channel ??= OpenChannel();

    /// <summary>A channel to the server that sends no key; the caller's to dispose.</summary>
    public GrpcChannel OpenKeylessChannel() => GrpcChannel.ForAddress(GrpcAddress);

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

    public AccessService.AccessServiceClient Access => new(Channel);

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
    /// <remarks>With the administrator's key unless another is named.</remarks>
    public GrpcChannel OpenChannel(GrpcChannelOptions? options = null, string? key = null)
    {
        options ??= new GrpcChannelOptions { DisposeHttpClient = true };
        options.HttpHandler = new KeySender(key ?? AdminKey, options.HttpHandler ?? new SocketsHttpHandler { EnableMultipleHttp2Connections = true });
        return GrpcChannel.ForAddress(GrpcAddress, options);
    }

    /// <summary>File of the administrator's key of the server that listens at an address; null: no server of a test does.</summary>
    public static string? KeyFileOf(string address) =>
        // A port is used again after a server is gone.
        KeyFiles.TryGetValue(address.TrimEnd('/'), out var file) && File.Exists(file) ? file : null;

    /// <summary>Headers that carry <paramref name="key"/>.</summary>
    public static Metadata Key(string key) => new() { { "authorization", $"Bearer {key}" } };

    /// <summary>Announces that the server will log an error like this.</summary>
    public void ExpectError(Func<LogEntry, bool> like) => _expected.Add(like);

    /// <summary>Starts the server, also again after <see cref="StopServer"/>; the data stays, the ports change.</summary>
    public async Task StartServer()
    {
        if (TestDatabase.SqlServer is not null && _database is null)
        {
            _database = TestDatabase.Create();
            _settings["LabServer:Storage:Provider"] = "SqlServer";
            _settings["LabServer:Storage:ConnectionString"] = _database.ConnectionString;
        }

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
        KeyFiles[GrpcAddress.ToString().TrimEnd('/')] = Services.GetRequiredService<DataFolder>().AdminKeyFile;
    }

    /// <summary>Stops the server in good order; the data stays.</summary>
    public async Task StopServer()
    {
        _channel?.Dispose();
        _channel = null;
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync().WaitAsync(Eventually.Unanswered);
            await app.DisposeAsync().AsTask().WaitAsync(Eventually.Unanswered);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopServer();
        if (_database is { } database)
        {
            await database.DisposeAsync();
        }

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

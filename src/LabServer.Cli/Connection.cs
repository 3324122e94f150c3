using System.Net.Security;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using LabServer.Api.V1;

namespace LabServer.Cli;

/// <summary>A connection to the server, with a client of each service.</summary>
internal sealed class Connection : IDisposable
{
    // A page of 1,000 long rows of any list. The library's own limit is 4 MB.
    private const int LongestAnswer = 16 * 1024 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);

    private readonly GrpcChannel _channel;

    /// <summary>A connection to <paramref name="server"/>; nothing is sent yet.</summary>
    /// <param name="server">Address of the gRPC port.</param>
    /// <param name="apiKey">Sent with each call. Null: nothing is.</param>
    /// <param name="tls">For a server whose address is https.</param>
    public Connection(Uri server, string? apiKey, SslClientAuthenticationOptions tls)
    {
        _channel = GrpcChannel.ForAddress(server, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectTimeout = ConnectTimeout,
                SslOptions = tls,
                EnableMultipleHttp2Connections = true,
                // A peer that vanished without a word is noticed by its silence; a call would wait for it for ever.
                KeepAlivePingDelay = PingAfter,
                KeepAlivePingTimeout = PingTimeout,
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
                // A proxy does not carry HTTP/2 over cleartext, and a server on this machine needs none.
                UseProxy = server.Scheme == Uri.UriSchemeHttps && !server.IsLoopback,
            },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = LongestAnswer,
        });
        var calls = apiKey is null
            ? _channel.CreateCallInvoker()
            : _channel.Intercept(metadata =>
            {
                metadata.Add("authorization", $"Bearer {apiKey}");
                return metadata;
            });
        Studies = new StudiesService.StudiesServiceClient(calls);
        Catalogue = new CatalogueService.CatalogueServiceClient(calls);
        Ranges = new ReferenceRangesService.ReferenceRangesServiceClient(calls);
        Ingestion = new IngestionService.IngestionServiceClient(calls);
        Grading = new GradingService.GradingServiceClient(calls);
        AdverseEvents = new AdverseEventsService.AdverseEventsServiceClient(calls);
        Alerts = new AlertsService.AlertsServiceClient(calls);
        Summaries = new SummariesService.SummariesServiceClient(calls);
        Reports = new ReportsService.ReportsServiceClient(calls);
        Audit = new AuditService.AuditServiceClient(calls);
        Jobs = new JobsService.JobsServiceClient(calls);
        Backups = new BackupsService.BackupsServiceClient(calls);
        Access = new AccessService.AccessServiceClient(calls);
        Health = new Api.Health.Health.HealthClient(calls);
    }

    /// <summary>Studies and subjects.</summary>
    public StudiesService.StudiesServiceClient Studies { get; }

    /// <summary>Tests, their codes and units.</summary>
    public CatalogueService.CatalogueServiceClient Catalogue { get; }

    /// <summary>Laboratories' own ranges.</summary>
    public ReferenceRangesService.ReferenceRangesServiceClient Ranges { get; }

    /// <summary>Results.</summary>
    public IngestionService.IngestionServiceClient Ingestion { get; }

    /// <summary>Grades and rule sets.</summary>
    public GradingService.GradingServiceClient Grading { get; }

    /// <summary>Adverse events.</summary>
    public AdverseEventsService.AdverseEventsServiceClient AdverseEvents { get; }

    /// <summary>What somebody must look at.</summary>
    public AlertsService.AlertsServiceClient Alerts { get; }

    /// <summary>Tables and exports.</summary>
    public SummariesService.SummariesServiceClient Summaries { get; }

    /// <summary>Safety reports.</summary>
    public ReportsService.ReportsServiceClient Reports { get; }

    /// <summary>The audit trail.</summary>
    public AuditService.AuditServiceClient Audit { get; }

    /// <summary>Jobs and their runs.</summary>
    public JobsService.JobsServiceClient Jobs { get; }

    /// <summary>Backups of the server.</summary>
    public BackupsService.BackupsServiceClient Backups { get; }

    /// <summary>Keys and unblinding.</summary>
    public AccessService.AccessServiceClient Access { get; }

    /// <summary>Health of the server.</summary>
    public Api.Health.Health.HealthClient Health { get; }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();
}

using System.Net;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LabServer.Tests.Support;

/// <summary>
/// gRPC services of the test's own on a real Kestrel at 127.0.0.1, for what the real server does not do on demand:
/// dropping connections, refusing, answering wrongly.
/// </summary>
public sealed class LoopbackService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackService(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Channel = GrpcChannel.ForAddress(Address);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>A channel to it.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>Starts <paramref name="service"/> on a free port.</summary>
    public static Task<LoopbackService> Start<TService>(TService service)
        where TService : class =>
        Start(services => services.AddSingleton(service), app => app.MapGrpcService<TService>());

    /// <summary>Starts two services on one free port.</summary>
    public static Task<LoopbackService> Start<TFirst, TSecond>(TFirst first, TSecond second)
        where TFirst : class
        where TSecond : class =>
        Start(
            services => services.AddSingleton(first).AddSingleton(second),
            app =>
            {
                app.MapGrpcService<TFirst>();
                app.MapGrpcService<TSecond>();
            });

    private static async Task<LoopbackService> Start(Action<IServiceCollection> add, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        add(builder.Services);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new LoopbackService(app);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}

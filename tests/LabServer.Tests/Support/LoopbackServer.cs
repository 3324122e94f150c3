using System.Net;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LabServer.Tests.Support;

/// <summary>A real server on a free loopback port, over cleartext HTTP/2, with only the services a test maps.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app)
    {
        _app = app;
        Channel = GrpcChannel.ForAddress(
            app.Urls.Single(), new GrpcChannelOptions { UnsafeUseInsecureChannelCallCredentials = true });
    }

    public GrpcChannel Channel { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.Single());

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a server with <paramref name="service"/> alone.</summary>
    public static Task<LoopbackServer> Start<TService>(TService service)
        where TService : class =>
        Start(services => services.AddSingleton(service), app => app.MapGrpcService<TService>());

    /// <summary>Starts a server with two services.</summary>
    public static Task<LoopbackServer> Start<TFirst, TSecond>(TFirst first, TSecond second)
        where TFirst : class
        where TSecond : class =>
        Start(
            services => services.AddSingleton(first).AddSingleton(second),
            app =>
            {
                app.MapGrpcService<TFirst>();
                app.MapGrpcService<TSecond>();
            });

    public static async Task<LoopbackServer> Start(
        Action<IServiceCollection> add, Action<IEndpointRouteBuilder> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        add(builder.Services);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new LoopbackServer(app);
    }

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.DisposeAsync();
    }
}

using System.IO.Compression;
using Grpc.AspNetCore.Server;
using Grpc.Net.Compression;
using LabServer.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace LabServer.Limits;

internal static class LimitsSetup
{
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddStageOptions<LimitsOptions>("Limits").AddSingleton<CallLimits>().AddSingleton<MessageBudget>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitsOptions>>((kestrel, limits) => Set(kestrel.Limits, limits.Value));
        services.AddOptions<GrpcServiceOptions>().Configure<IOptions<LimitsOptions>>((grpc, limits) =>
        {
            grpc.MaxReceiveMessageSize = limits.Value.MessageBytes;
            grpc.CompressionProviders.Clear();
            grpc.CompressionProviders.Add(new BoundedCompression(new GzipCompressionProvider(CompressionLevel.Fastest), limits.Value));
            grpc.CompressionProviders.Add(new BoundedCompression(new DeflateCompressionProvider(CompressionLevel.Fastest), limits.Value));
        });
        return services;
    }

    private static void Set(KestrelServerLimits kestrel, LimitsOptions limits)
    {
        var slowest = new MinDataRate(limits.SlowBytesPerSecond, limits.SlowGrace);
        kestrel.MaxConcurrentConnections = limits.Connections;
        kestrel.MaxRequestHeadersTotalSize = limits.HeaderBytes;
        kestrel.MaxRequestHeaderCount = limits.HeaderCount;
        kestrel.RequestHeadersTimeout = limits.HeadersTimeout;
        kestrel.KeepAliveTimeout = limits.IdleConnection;
        kestrel.MinRequestBodyDataRate = slowest;
        kestrel.MinResponseDataRate = slowest;
        kestrel.Http2.MaxStreamsPerConnection = limits.StreamsPerConnection;
        kestrel.Http2.MaxRequestHeaderFieldSize = limits.HeaderBytes;
        kestrel.Http2.KeepAlivePingDelay = limits.PingAfter;
        kestrel.Http2.KeepAlivePingTimeout = limits.PingTimeout;
    }
}

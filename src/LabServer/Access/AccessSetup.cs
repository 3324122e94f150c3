using Grpc.AspNetCore.Server;
using LabServer.Hosting;

namespace LabServer.Access;

internal static class AccessSetup
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddStageOptions<AccessOptions>("Access")
        .AddSingleton<AccessInterceptor>()
        .Configure<GrpcServiceOptions>(grpc => grpc.Interceptors.Add<AccessInterceptor>());
}

using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Ingestion;

internal static class IngestionSetup
{
    public static IServiceCollection AddIngestion(this IServiceCollection services) => services
        .AddSingleton(provider => CatalogueStore.Open(provider.GetRequiredService<Database>(), TestCatalogue.Default))
        .AddSingleton<CatalogueStore>()
        .AddHostedService<CatalogueStart>()
        .AddSingleton<HeldResults>()
        .AddSingleton<ResultStore>()
        .AddSingleton<DerivationStore>()
        .AddSingleton<FlagStore>()
        .AddSingleton<ResultLookup>()
        .AddSingleton<ResultIntake>()
        .AddSingleton<ReferenceRangeStore>()
        .AddSingleton<OutdatedRanges>();

    public static IEndpointRouteBuilder MapIngestion(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<CatalogueService>();
        endpoints.MapGrpcService<IngestionService>();
        endpoints.MapGrpcService<ReferenceRangesService>();
        return endpoints;
    }
}

using LabServer.Core.Storage;
using LabServer.Hosting;

namespace LabServer.Storage;

internal static class StorageSetup
{
    /// <summary>Adds the results database and its stores.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(provider => Database.Open(
            new SqliteDialect(provider.GetRequiredService<DataFolder>().DatabaseFile),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<StudyStore>();
}

using System.Diagnostics.Metrics;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Hosting;

namespace LabServer.Storage;

internal static class StorageSetup
{
    /// <summary>What helps when the database is damaged.</summary>
    public const string IfDamaged = "move it out of the data folder and restore a backup (docs/operations.md)";

    /// <summary>Adds the results database and what several stages read and write in it.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddStageOptions<StorageOptions>("Storage")
        .AddSingleton<SnapshotReaders>()
        .AddSingleton<Dialect>(provider => new SqliteDialect(provider.GetRequiredService<DataFolder>().DatabaseFile))
        .AddSingleton(provider => StorageRefusal.Guard(
            provider.GetRequiredService<Dialect>(),
            provider.GetRequiredService<DataFolder>().DatabaseFile,
            "the database",
            IfDamaged,
            () => Database.Open(
                provider.GetRequiredService<Dialect>(),
                provider.GetRequiredService<TimeProvider>(),
                session => RuleSetStore.Register(session, RuleSets.All),
                provider.GetRequiredService<Meter>())))
        .AddSingleton(provider => new RuleSetStore(provider.GetRequiredService<Database>(), RuleSets.All))
        .AddSingleton(provider => new AuditTrail(provider.GetRequiredService<Database>()))
        .AddSingleton<SubjectDirectory>()
        .AddSingleton<StudyStore>()
        .AddSingleton<VisitWindowStore>()
        .AddSingleton<SubjectStore>()
        .AddSingleton<DoseStore>()
        .AddSingleton<SeriesStore>();
}

using System.Diagnostics.Metrics;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Hosting;
using Microsoft.Extensions.Options;

namespace LabServer.Storage;

internal static class StorageSetup
{
    /// <summary>What helps when the database is damaged.</summary>
    public const string IfDamaged = "move it out of the data folder and restore a backup (docs/operations.md)";

    /// <summary>Adds the results database and what several stages read and write in it.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddStageOptions<StorageOptions>("Storage")
        .AddSingleton<SnapshotReaders>()
        .AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsChecks>()
        .AddSingleton<StorageEngine>()
        .AddSingleton(provider => provider.GetRequiredService<StorageEngine>().Dialect)
        .AddSingleton(provider => StorageRefusal.Guard(
            provider.GetRequiredService<Dialect>(),
            provider.GetRequiredService<StorageEngine>().Place,
            "the database",
            IfDamaged,
            () => Database.Open(
                provider.GetRequiredService<Dialect>(),
                provider.GetRequiredService<TimeProvider>(),
                session => RuleSetStore.Register(session, RuleSets.All),
                provider.GetRequiredService<Meter>())))
        .AddSingleton(provider => new RuleSetStore(provider.GetRequiredService<Database>(), RuleSets.All))
        .AddSingleton(provider => new AuditTrail(provider.GetRequiredService<Database>()))
        .AddSingleton(provider => new ServerLease(
            provider.GetRequiredService<Database>(),
            $"{Environment.MachineName}:{provider.GetRequiredService<DataFolder>().Root}",
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.ServerLease))
        .AddSingleton<GradingShares>()
        .AddHostedService<SharedDatabase>()
        .AddSingleton<SubjectDirectory>()
        .AddSingleton<StudyStore>()
        .AddSingleton<VisitWindowStore>()
        .AddSingleton<SubjectStore>()
        .AddSingleton<DoseStore>()
        .AddSingleton<SeriesStore>();
}

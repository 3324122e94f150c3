using System.Diagnostics.Metrics;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Hosting;

namespace LabServer.Storage;

internal static class StorageSetup
{
    /// <summary>Adds the results database and what several stages read and write in it.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(provider => Database.Open(
            new SqliteDialect(provider.GetRequiredService<DataFolder>().DatabaseFile),
            provider.GetRequiredService<TimeProvider>(),
            session => RuleSetStore.Register(session, RuleSets.All),
            provider.GetRequiredService<Meter>()))
        .AddSingleton(provider => new RuleSetStore(provider.GetRequiredService<Database>(), RuleSets.All))
        .AddSingleton<AuditTrail>()
        .AddSingleton<SubjectDirectory>()
        .AddSingleton<StudyStore>()
        .AddSingleton<VisitWindowStore>()
        .AddSingleton<SubjectStore>()
        .AddSingleton<DoseStore>()
        .AddSingleton<SeriesStore>();
}

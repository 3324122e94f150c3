using LabServer.Access;
using LabServer.Audit;
using LabServer.Backups;
using LabServer.Grading;
using LabServer.Health;
using LabServer.Hosting;
using LabServer.Ingestion;
using LabServer.Jobs;
using LabServer.Limits;
using LabServer.Operation;
using LabServer.Reflection;
using LabServer.Reports;
using LabServer.Storage;
using LabServer.Studies;
using LabServer.Summaries;

namespace LabServer;

/// <summary>The server, stage by stage: the order in which a result passes them.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => Launch.Run(args, settings => Compose(settings));

    /// <summary>Puts the server together; it does not run yet.</summary>
    /// <param name="settings">Settings that win over file and environment, by name: <c>LabServer:GrpcPort</c>.</param>
    /// <param name="adjust">Replaces services after all are added; for tests.</param>
    public static WebApplication Compose(
        IReadOnlyDictionary<string, string?> settings, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = HostingSetup.CreateBuilder(settings);
        builder.AddOperation();
        builder.AddHosting();
        builder.Services
            .AddStorage()
            .AddAudit()
            .AddAccess()
            .AddLimits()
            .AddStudies()
            .AddIngestion()
            .AddGrading()
            .AddSummaries()
            .AddReports()
            .AddBackups()
            .AddJobs(builder.Configuration)
            .AddHealth()
            .AddReflection();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.MapOpenCalls();
        app.MapOperation();
        app.MapAccess();
        app.MapHosting();
        app.MapAudit();
        app.MapStudies();
        app.MapIngestion();
        app.MapGrading();
        app.MapSummaries();
        app.MapReports();
        app.MapBackups();
        app.MapJobs();
        app.MapHealth();
        app.MapReflection();
        return app;
    }
}

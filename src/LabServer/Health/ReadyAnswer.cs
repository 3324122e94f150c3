using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LabServer.Health;

/// <summary>What <c>/readyz</c> answers: each check by name, and what is wrong with it.</summary>
internal static class ReadyAnswer
{
    // Camel case, as every JSON of the server.
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            Ready = report.Status == HealthStatus.Healthy,
            Checks = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new { Ok = entry.Value.Status == HealthStatus.Healthy, Problem = Problem(entry.Value) }),
        },
        Web,
        context.RequestAborted);

    // Of an exception nothing is told: its message may hold anything. The log has it.
    private static string Problem(HealthReportEntry entry) =>
        entry.Status == HealthStatus.Healthy ? ""
        : entry.Exception is null ? entry.Description ?? ""
        : "The check itself failed; the server's log has the cause.";
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using LabServer.Core.Storage;
using LabServer.Jobs;
using LabServer.Tests.Support;

namespace LabServer.Tests.Operation;

/// <summary>What a whole trial leaves in the log of a real process, at its most talkative.</summary>
public sealed partial class LogTests
{
    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task Log_OfAWholeTrialAtTraceLevel_HoldsNothingOfASubject(string format)
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.Start(folder.Path, new Dictionary<string, string>
        {
            ["LABSERVER__OPERATION__LOGFORMAT"] = format,
            ["LABSERVER__JOBS__INCREMENTALINTERVAL"] = "00:00:00",
            ["LOGGING__LOGLEVEL__DEFAULT"] = "Trace",
            ["LOGGING__LOGLEVEL__MICROSOFT"] = "Trace",
            ["LOGGING__LOGLEVEL__GRPC"] = "Trace",
            ["LOGGING__LOGLEVEL__QUARTZ"] = "Trace",
            // Does not lead past the guard.
            ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
        });
        using var channel = server.OpenChannel();
        var trial = new SecretTrial(channel);
        await trial.Drive();
        await trial.AskForEverything();
        using (var database = new SqliteDialect(Path.Combine(folder.Path, "labserver.db")).OpenWriter())
        {
            database.Execute("ALTER TABLE safety_report RENAME TO safety_report_away");
        }

        Assert.Equal(Api.V1.JobRunState.Failed, (await trial.Run(JobNames.Report)).State);
        Assert.Equal(0, await server.Stop());

        var lines = server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var secret in SecretTrial.Secrets)
        {
            Assert.Empty(lines.Where(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)).Take(3));
        }

        // It is a log, and at that level.
        Assert.Contains(lines, line => line.Contains("grading-full run", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Kestrel", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("no such table: safety_report", StringComparison.Ordinal));
        if (format == "json")
        {
            Assert.All(lines, IsJson);
        }
        else
        {
            // Entries of others may have line breaks of their own.
            Assert.All(lines.Where(line => line.Contains(": LabServer.", StringComparison.Ordinal)), line => Assert.Matches(TextLine(), line));
        }
    }

    private static void IsJson(string line)
    {
        using var json = JsonDocument.Parse(line);
        var at = json.RootElement.GetProperty("Timestamp").GetString()!;
        Assert.True(DateTimeOffset.TryParseExact(at, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _), at);
        Assert.NotEmpty(json.RootElement.GetProperty("Category").GetString()!);
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}.[0-9]{3}Z (trce|dbug|info|warn|fail|crit): ")]
    private static partial Regex TextLine();
}

using LabServer.Api.V1;
using LabServer.Core.Backups;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;

namespace LabServer.Tests.Torture;

/// <summary>A job is killed somewhere in its course: the next start makes of it what an undisturbed run would have made.</summary>
[Trait(Battery.Name, Battery.Value)]
public sealed class KilledJobTests : IDisposable
{
    private const string StudyId = "KILLED";
    private const int Days = 20;

    // When something was done differs from run to run, and so does what is known by that time; what was done may not.
    private static readonly string[] OfTheRun =
        ["job_run", "server", "grading_share", "audit_entry", "schema_journal", "safety_report", "safety_report_edition", "safety_report_file"];

    private static readonly string[] Clocks = ["at_us", "changed_us", "raised_us", "removed_us"];

    private readonly TemporaryFolder _prepared = new();
    private readonly TemporaryFolder _undisturbed = new();
    private readonly Random _random = new(Battery.Seed);

    private static int Kills => Battery.Size(inSuite: 1, whole: 25);

    [Fact]
    public async Task Grading_KilledAnywhere_EndsWithTheSameRowsAsUndisturbed()
    {
        await KilledRun.Prepare(_prepared.Path, Push);
        await KillEach("grading-full", "kill -9 in grading", folder => DatabaseDump.Tables(Database(folder), OfTheRun, Clocks));
    }

    [Fact]
    public async Task Report_KilledAnywhere_EndsWithTheSameFilesAsUndisturbedAndOnce()
    {
        await KilledRun.Prepare(_prepared.Path, async server =>
        {
            await Push(server);
            await Run(server, "grading-full");
        });
        await KillEach("report", "kill -9 in a report", folder =>
        [
            .. DatabaseDump.Tables(Database(folder), OfTheRun, Clocks),
            // The pages say when the report was made; its tables do not.
            .. DatabaseDump.Rows(Database(folder), "safety_report_file WHERE name LIKE '%.csv'", "edition", "name", "sha256"),
            .. DatabaseDump.Rows(Database(folder), "safety_report", "format", "through_change", "arms_sha256"),
        ]);
    }

    [Fact]
    public async Task Backup_KilledAnywhere_EndsWithOneSoundBackupOfTheSameData()
    {
        await KilledRun.Prepare(_prepared.Path, Push);
        await KillEach(
            "backup",
            "kill -9 in a backup",
            folder =>
            {
                var backups = BackupFiles.List(Path.Combine(folder, "backups"));
                Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(folder, "backups")), file => file.EndsWith(".partial", StringComparison.Ordinal));
                return DatabaseDump.Tables(BackupFiles.DatabaseOf(Path.Combine(folder, "backups"), backups[0].Name), OfTheRun, Clocks);
            });
    }

    public void Dispose()
    {
        _prepared.Dispose();
        _undisturbed.Dispose();
    }

    private static string Database(string folder) => Path.Combine(folder, "labserver.db");

    private static async Task Push(ServerProcess server)
    {
        using var channel = server.OpenChannel();
        await SmallTrial.Push(channel, StudyId, Battery.Size(inSuite: 100, whole: 1000), Days);
    }

    private static async Task Run(ServerProcess server, string job)
    {
        using var channel = server.OpenChannel();
        var jobs = new JobsService.JobsServiceClient(channel);
        var run = (await jobs.RunJobAsync(new RunJobRequest { Job = job, StudyId = StudyId })).Run;
        await Eventually.True(
            async () => (await jobs.GetJobRunAsync(new GetJobRunRequest { RunId = run.RunId })).Run.State == JobRunState.Succeeded, $"{job} is done");
    }

    private async Task KillEach(string job, string test, Func<string, IReadOnlyList<string>> made)
    {
        var run = new KilledRun(_prepared.Path, job, job == "backup" ? "" : StudyId);
        var written = await run.Undisturbed(_undisturbed.Path);
        var expected = made(_undisturbed.Path);
        var underWay = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var folder = new TemporaryFolder();
            underWay += await run.Killed(folder.Path, _random.NextInt64(written)) ? 1 : 0;
            Assert.Equal(expected, made(folder.Path));
        }

        Battery.Report(test, $"{Kills} kills, {underWay} of them while the run was under way: same rows as an undisturbed run");
    }
}

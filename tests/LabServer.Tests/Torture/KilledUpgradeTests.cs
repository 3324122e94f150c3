using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;

namespace LabServer.Tests.Torture;

/// <summary>A server that brings an old database to its schema is killed on the way: the next start ends where an undisturbed one would.</summary>
[Trait(Battery.Name, Battery.Value)]
public sealed class KilledUpgradeTests : IDisposable
{
    // A server reads these at its start, and rows made up for a test are no rule sets.
    private static readonly string[] NotFilled = ["published_rule_set", "rule_set", "term", "criterion", "study_rule_set", "released_result", "job_run"];

    // What a server writes at its start by itself, with the time.
    private static readonly string[] OfTheStart = ["schema_journal", "audit_entry", "job_run", "server", "grading_share"];

    private readonly Random _random = new(Battery.Seed);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Start_KilledInTheUpgrade_NextStartEndsWithTheSameSchemaAndRowsAsUndisturbed()
    {
        var rows = Battery.Size(inSuite: 2_000, whole: 20_000);
        var kills = Battery.Size(inSuite: 1, whole: 25);
        var (versions, underWay) = (OldDatabase.Versions.ToList(), 0);
        for (var kill = 0; kill < kills; kill++)
        {
            var version = versions[_random.Next(versions.Count)];
            var old = Path.Combine(_folder.Path, FormattableString.Invariant($"old-{version}.db"));
            if (!File.Exists(old))
            {
                OldDatabase.Make(old, version, rows, NotFilled);
            }

            var (expected, written) = await Upgraded(old, killAt: null);
            var (found, bytes) = await Upgraded(old, killAt: _random.NextInt64(written));
            underWay += bytes < written ? 1 : 0;
            Assert.Equal(expected, found);
        }

        Battery.Report(
            "kill -9 in a migration",
            $"{kills} kills in upgrades of {rows} rows a table from random versions, {underWay} of them before the last byte was written: same schema and rows as undisturbed");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>What an old database has become, and the bytes of its log when it was (or would have been) killed.</summary>
    private static async Task<(List<string> Made, long Bytes)> Upgraded(string old, long? killAt)
    {
        using var folder = new TemporaryFolder();
        var (database, log) = (Path.Combine(folder.Path, "labserver.db"), new FileInfo(Path.Combine(folder.Path, "labserver.db-wal")));
        File.Copy(old, database);
        var environment = new Dictionary<string, string> { ["LABSERVER__JOBS__INCREMENTALINTERVAL"] = "00:00:00", ["LABSERVER__BACKUPS__CRON"] = "" };
        var bytes = 0L;
        if (killAt is { } limit)
        {
            await ServerProcess.StartAndKill(folder.Path, environment, () => (bytes = Length(log)) >= limit);
        }

        await using var server = await ServerProcess.Start(folder.Path, environment);
        bytes = killAt is null ? Length(log) : bytes;
        Assert.Equal(0, await server.Stop());
        return ([.. DatabaseDump.Schema(database), .. DatabaseDump.Tables(database, OfTheStart, [])], bytes);
    }

    private static long Length(FileInfo file)
    {
        file.Refresh();
        return file.Exists ? file.Length : 0;
    }
}

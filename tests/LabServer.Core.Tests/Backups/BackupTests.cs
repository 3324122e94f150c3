using LabServer.Core.Backups;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Backups;

public sealed class BackupTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-backups-").FullName;
    private TestStudy _study = null!;
    private BackupRun _backups = null!;

    private string Target => Path.Combine(_folder, "restored", "labserver.db");

    public async Task InitializeAsync()
    {
        _study = await Create();
        await _study.Register("01");
        await _study.Push([.. Enumerable.Range(1, 50).Select(i => Alt($"L{i}", $"{20 + i}", "2021-03-02"))]);
        _backups = new BackupRun(_study.Database, TimeProvider.System);
    }

    [SqliteFact]
    public async Task Take_OfADatabaseInUse_HoldsEverythingAcknowledgedBefore()
    {
        var manifest = await Take();
        await _study.Push(Alt("LATER", "33", "2021-03-03"));

        Assert.Equal((1L, 50L), (manifest.Studies, manifest.Results));
        Assert.Equal([manifest], BackupFiles.List(_folder).Select(backup => backup.Manifest));
        Assert.Equal(manifest, await BackupRestore.Verify(FileOf(manifest), Nothing, CancellationToken.None));
    }

    [SqliteFact]
    public async Task Take_WhileTheWriterCommits_IsOneStateOfTheDatabase()
    {
        // Each batch is ten results in one transaction, so a copy that is of one moment has a multiple of ten.
        using var stop = new CancellationTokenSource();
        var pushing = Task.Run(async () =>
        {
            for (var batch = 0; !stop.IsCancellationRequested; batch++)
            {
                await _study.Push([.. Enumerable.Range(0, 10).Select(i => Alt($"B{batch}-{i}", "20", "2021-03-02"))]);
            }
        });
        for (var i = 0; i < 5; i++)
        {
            var manifest = await Take();

            Assert.Equal(0, manifest.Results % 10);
        }

        await stop.CancelAsync();
        await pushing;
    }

    [SqliteFact]
    public async Task Restore_IntoAnEmptyFolder_IsTheSameStudy()
    {
        await _study.Grade();
        var events = _study.AllEvents();
        var manifest = await Take();

        Assert.Equal(manifest, await BackupRestore.Restore(FileOf(manifest), Target, Nothing, CancellationToken.None));

        await using var restored = Database.Open(new SqliteDialect(Target), TimeProvider.System, session => RuleSetStore.Register(session, RuleSets.All));
        var study = new StudyStore(restored, TimeProvider.System).Find(StudyId)!;
        var ruleSets = new RuleSetStore(restored, RuleSets.All);
        Assert.NotEmpty(events);
        Assert.Equal(
            events.Select(found => found.EventId),
            new AdverseEventStore(restored, ruleSets).List(new AdverseEventQuery { StudyKey = study.StudyKey, Take = 1000 }).Select(found => found.EventId));
    }

    [SqliteFact]
    public async Task Restore_OfABackupThatOthersCanRead_IsTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var manifest = await Take();
        File.SetUnixFileMode(FileOf(manifest), PrivateFiles.OwnersFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await BackupRestore.Restore(FileOf(manifest), Target, Nothing, CancellationToken.None);

        Assert.Equal(PrivateFiles.OwnersFile, File.GetUnixFileMode(Target));
    }

    [SqliteFact]
    public async Task Restore_OverADatabase_RefusesAndLeavesIt()
    {
        var manifest = await Take();
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        await File.WriteAllTextAsync(Target, "precious");

        var refused = await Assert.ThrowsAsync<BackupException>(() => BackupRestore.Restore(FileOf(manifest), Target, Nothing, CancellationToken.None));

        Assert.Contains("never overwrites", refused.Message, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(Target));
    }

    [SqliteTheory]
    [InlineData("a byte changed", "is not the file that was backed up")]
    [InlineData("cut short", "its manifest says")]
    [InlineData("gone", "there is no file")]
    [InlineData("manifest gone", "cannot be read")]
    [InlineData("manifest torn", "is no manifest of a backup")]
    [InlineData("manifest of another layout", "a newer LabServer made it")]
    public async Task Verify_BackupIsNotWhatItWas_SaysInWhat(string damage, string expected)
    {
        var manifest = await Take();
        var (database, json) = (FileOf(manifest), BackupFiles.ManifestOf(_folder, manifest.Name));
        Damage(damage, database, json);

        var refused = await Assert.ThrowsAsync<BackupException>(() => BackupRestore.Verify(database, Nothing, CancellationToken.None));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [SqliteFact]
    public async Task Verify_FileThatCannotBeRead_SaysSo()
    {
        var file = FileOf(await Take());
        await using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var refused = await Assert.ThrowsAsync<BackupException>(() => BackupRestore.Verify(file, Nothing, CancellationToken.None));

        Assert.Contains("cannot be read", refused.Message, StringComparison.Ordinal);
    }

    [SqliteFact]
    public async Task Check_DamagedPage_IsFoundWithoutAManifest()
    {
        var file = FileOf(await Take());
        using (var stream = File.Open(file, FileMode.Open))
        {
            stream.Position = 4096 * 5;
            stream.Write(new byte[4096]);
        }

        Assert.Throws<BackupException>(() => DatabaseFile.Check(file));
    }

    [SqliteFact]
    public async Task Check_GivenUpWhileItRuns_EndsAtOnce()
    {
        await _study.Push([.. Enumerable.Range(1, 2_000).Select(i => Alt($"M{i}", "20", "2021-03-02"))]);
        var file = FileOf(await Take());

        // Not before it begins: a check that has begun must not go on for as long as the file is large.
        Assert.Throws<OperationCanceledException>(() => DatabaseFile.Check(file, new CancellationToken(canceled: true)));
    }

    [SqliteFact]
    public void Check_FileOfAnythingElse_SaysSo()
    {
        var file = Path.Combine(_folder, "notes.db");
        File.WriteAllText(file, new string('x', 8192));

        Assert.Contains("no sound database", Assert.Throws<BackupException>(() => DatabaseFile.Check(file)).Message, StringComparison.Ordinal);
    }

    [SqliteFact]
    public async Task Take_ToKeepTwo_RemovesTheOldestAndWhatAKilledRunLeft()
    {
        var names = new List<string>();
        await File.WriteAllTextAsync(Path.Combine(_folder, "labserver-20200101T000000.000000Z.db"), "killed before its manifest");
        await File.WriteAllTextAsync(Path.Combine(_folder, "labserver-20200101T000000.000000Z.db.partial"), "killed while copying");
        await File.WriteAllTextAsync(Path.Combine(_folder, "labserver-20200101T000000.000000Z.db.partial-journal"), "its journal");
        for (var i = 0; i < 3; i++)
        {
            names.Add((await Take(keep: 2)).Name);
        }

        Assert.Equal([names[2], names[1]], BackupFiles.List(_folder).Select(backup => backup.Name));
        Assert.Equal(4, Directory.GetFiles(_folder).Length);
    }

    [SqliteFact]
    public async Task Take_InAFolderWithFilesOfOthers_LeavesThem()
    {
        string[] others = ["labserver-before-restore.db", "labserver-old.json", "labserver-2026.db.partial"];
        foreach (var name in others)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, name), "somebody's");
        }

        await Take(keep: 1);
        await Take(keep: 1);

        Assert.All(others, name => Assert.True(File.Exists(Path.Combine(_folder, name)), name));
        Assert.Equal(others.Length + 2, Directory.GetFiles(_folder).Length);
    }

    [SqliteFact]
    public async Task Take_AfterTheClockHasSteppedBack_KeepsWhatItHasMade()
    {
        await new BackupRun(_study.Database, new FixedTime("2030-01-01T00:00:00Z")).Take(_folder, 1, Nothing, CancellationToken.None);

        var made = await Take(keep: 1);

        Assert.Contains(BackupFiles.List(_folder), backup => backup.Name == made.Name);
        await BackupRestore.Verify(FileOf(made), Nothing, CancellationToken.None);
    }

    [SqliteFact]
    public async Task Take_IntoAFolderThatOthersLookInto_MakesAFileOfTheOwner()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_folder, PrivateFiles.OwnersFile | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        Assert.Equal(PrivateFiles.OwnersFile, File.GetUnixFileMode(FileOf(await Take())));
    }

    [SqliteFact]
    public async Task Take_Cancelled_LeavesNothing()
    {
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _backups.Take(_folder, 0, (stage, _) => { if (stage == BackupStage.Copying) { stop.Cancel(); } }, stop.Token));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [SqliteFact]
    public async Task Take_FolderCannotBeWritten_SaysWhich()
    {
        var file = Path.Combine(_folder, "a-file");
        await File.WriteAllTextAsync(file, "");

        var refused = await Assert.ThrowsAsync<BackupException>(() => _backups.Take(file, 0, Nothing, CancellationToken.None));

        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

    public async Task DisposeAsync()
    {
        await _study.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Nothing(BackupStage stage, double share)
    {
    }

    private static void Damage(string damage, string database, string json)
    {
        switch (damage)
        {
            case "a byte changed":
                using (var stream = File.Open(database, FileMode.Open))
                {
                    stream.Position = stream.Length / 2;
                    var old = stream.ReadByte();
                    stream.Position--;
                    stream.WriteByte((byte)(old ^ 1));
                }

                break;
            case "cut short":
                using (var stream = File.Open(database, FileMode.Open))
                {
                    stream.SetLength(stream.Length - 4096);
                }

                break;
            case "gone":
                File.Delete(database);
                break;
            case "manifest gone":
                File.Delete(json);
                break;
            case "manifest torn":
                File.WriteAllText(json, File.ReadAllText(json)[..20]);
                break;
            default:
                File.WriteAllText(json, File.ReadAllText(json).Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal));
                break;
        }
    }

    private string FileOf(BackupManifest manifest) => BackupFiles.DatabaseOf(_folder, manifest.Name);

    private Task<BackupManifest> Take(int keep = 0) => _backups.Take(_folder, keep, Nothing, CancellationToken.None);
}

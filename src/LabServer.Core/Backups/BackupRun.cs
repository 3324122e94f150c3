using LabServer.Core.Storage;

namespace LabServer.Core.Backups;

/// <summary>
/// Takes backups of a database that serves: the state of one moment, copied while others read and write, checked whole and
/// hashed before it is called a backup.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock.</param>
public sealed class BackupRun(Database database, TimeProvider time)
{
    // A backup that fills the disk would stop ingestion: this much has to be left beside it.
    private const long ReserveBytes = 64L * 1024 * 1024;

    private int _running;

    /// <summary>Takes a backup.</summary>
    /// <param name="folder">Where to; made if need be.</param>
    /// <param name="keep">How many to keep: older ones are removed once this one is made. 0: all.</param>
    /// <param name="progress">Told the stage, and its share done from 0 to 1.</param>
    /// <param name="cancellation">Gives up; what was copied is removed.</param>
    /// <exception cref="BackupException">One is being taken, the disk has no room for it, or the copy is not sound.</exception>
    public async Task<BackupManifest> Take(string folder, int keep, Action<BackupStage, double> progress, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
        {
            throw new BackupException("a backup is being taken already");
        }

        try
        {
            PrivateFiles.CreateFolder(folder);
            RemovePartial(folder);
            var manifest = await Telemetry.Within("backup", _ => Copy(folder, progress, cancellation)).ConfigureAwait(false);
            RemoveOld(folder, keep, manifest.Name);
            return manifest;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException || database.Dialect.FaultOf(exception) != StorageFault.None)
        {
            throw new BackupException($"the backup cannot be written to {folder}: {exception.Message}", exception);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    private async Task<BackupManifest> Copy(string folder, Action<BackupStage, double> progress, CancellationToken cancellation)
    {
        RequireRoom(folder);
        var taken = time.GetUtcNow();
        var name = BackupFiles.NameOf(taken);
        var partial = BackupFiles.DatabaseOf(folder, name) + BackupFiles.Partial;
        try
        {
            // Also in a folder that others look into: whoever made it.
            PrivateFiles.Create(partial);
            // Reading and writing pages blocks; a thread of its own keeps those of the calls free.
            await Task.Factory.StartNew(
                () => database.Dialect.CopyTo(partial, share => progress(BackupStage.Copying, share), cancellation),
                cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            progress(BackupStage.Checking, 0);
            var state = await Task.Factory.StartNew(
                () => DatabaseFile.Check(partial, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            BackupFiles.Flush(partial);
            var manifest = new BackupManifest
            {
                Name = name,
                TakenUs = Clock.ToUs(taken),
                Schema = state.Schema,
                Studies = state.Studies,
                Results = state.Results,
                Bytes = new FileInfo(partial).Length,
                Sha256 = await BackupFiles.Hash(partial, share => progress(BackupStage.Hashing, share), cancellation).ConfigureAwait(false),
            };
            File.Move(partial, BackupFiles.DatabaseOf(folder, name));
            WriteManifest(folder, manifest);
            return manifest;
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    private static void WriteManifest(string folder, BackupManifest manifest)
    {
        var path = BackupFiles.ManifestOf(folder, manifest.Name);
        File.WriteAllText(path + BackupFiles.Partial, manifest.ToJson());
        BackupFiles.Flush(path + BackupFiles.Partial);
        File.Move(path + BackupFiles.Partial, path);
    }

    private void RequireRoom(string folder)
    {
        var needed = database.Dialect.SizeBytes() + ReserveBytes;
        var free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        if (free < needed)
        {
            throw new BackupException(FormattableString.Invariant(
                $"{folder} has {free / 1_000_000} MB free; a backup needs {needed / 1_000_000} MB"));
        }
    }

    // What a killed run left: copies without an end, and databases without a manifest. Files of other names are somebody's, such
    // as a database that was moved here before a restore.
    private static void RemovePartial(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "labserver-*").Where(BackupFiles.IsOfARun).ToList())
        {
            // With what the engine keeps beside it.
            if (Path.GetFileName(file).Contains(BackupFiles.Partial, StringComparison.Ordinal)
                || (file.EndsWith(".db", StringComparison.Ordinal) && !File.Exists(BackupFiles.ManifestBeside(file))))
            {
                File.Delete(file);
            }
        }
    }

    // The manifest first: what is left of a removal that was interrupted is no backup. The one that was just made stays, also
    // where the clock has stepped back behind others.
    private static void RemoveOld(string folder, int keep, string made)
    {
        if (keep <= 0)
        {
            return;
        }

        var own = BackupFiles.List(folder).Where(backup => BackupFiles.IsOfARun(BackupFiles.ManifestOf(folder, backup.Name)));
        foreach (var old in own.Skip(keep).Where(backup => backup.Name != made))
        {
            File.Delete(BackupFiles.ManifestOf(folder, old.Name));
            File.Delete(BackupFiles.DatabaseOf(folder, old.Name));
        }
    }
}

using LabServer.Core.Storage;

namespace LabServer.Core.Backups;

/// <summary>Checks backups, and puts one into place for a server to start on.</summary>
public static class BackupRestore
{
    /// <summary>Checks that a backup is what its manifest says, and sound.</summary>
    /// <param name="databaseFile">The backup's database file; its manifest is beside it.</param>
    /// <param name="progress">Told the stage, and its share done from 0 to 1.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="BackupException">It is not; the message says in what.</exception>
    public static async Task<BackupManifest> Verify(string databaseFile, Action<BackupStage, double> progress, CancellationToken cancellation)
    {
        var manifest = BackupFiles.ReadManifest(BackupFiles.ManifestBeside(databaseFile));
        if (!File.Exists(databaseFile))
        {
            throw new BackupException($"there is no file {databaseFile}");
        }

        try
        {
            await RequireSame(databaseFile, manifest, progress, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"{databaseFile} cannot be read: {exception.Message}", exception);
        }

        progress(BackupStage.Checking, 0);
        var state = await Task.Run(() => DatabaseFile.Check(databaseFile, cancellation), cancellation).ConfigureAwait(false);
        return state.Results == manifest.Results && state.Studies == manifest.Studies && state.Schema == manifest.Schema
            ? manifest
            : throw new BackupException($"{databaseFile} does not hold what its manifest says");
    }

    /// <summary>Verifies a backup and copies it into the data folder of a server that is not running.</summary>
    /// <param name="databaseFile">The backup's database file.</param>
    /// <param name="target">Where the database goes: <c>labserver.db</c> of the data folder. Must not be there.</param>
    /// <param name="progress">Told the stage, and its share done from 0 to 1.</param>
    /// <param name="cancellation">Gives up; nothing is in place then.</param>
    /// <exception cref="BackupException">The backup is not sound, or the target is there already.</exception>
    public static async Task<BackupManifest> Restore(
        string databaseFile, string target, Action<BackupStage, double> progress, CancellationToken cancellation)
    {
        if (File.Exists(target))
        {
            throw new BackupException($"{target} is there already: move it away first, a restore never overwrites a database");
        }

        var manifest = await Verify(databaseFile, progress, cancellation).ConfigureAwait(false);
        var partial = target + BackupFiles.Partial;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            File.Copy(databaseFile, partial, overwrite: true);
            // A copy has the rights of what was copied, and the backup may have come by a way that others can read.
            PrivateFiles.Restrict(partial);
            BackupFiles.Flush(partial);
            await RequireSame(partial, manifest, progress, cancellation).ConfigureAwait(false);

            // The log of a database that was here before would be played into this one.
            File.Delete(target + "-wal");
            File.Delete(target + "-shm");
            File.Move(partial, target);
            return manifest;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"the backup cannot be put in place: {exception.Message}", exception);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task RequireSame(string file, BackupManifest manifest, Action<BackupStage, double> progress, CancellationToken cancellation)
    {
        var bytes = new FileInfo(file).Length;
        if (bytes != manifest.Bytes)
        {
            throw new BackupException(FormattableString.Invariant($"{file} has {bytes} bytes, its manifest says {manifest.Bytes}"));
        }

        var sha256 = await BackupFiles.Hash(file, share => progress(BackupStage.Hashing, share), cancellation).ConfigureAwait(false);
        if (sha256 != manifest.Sha256)
        {
            throw new BackupException($"{file} is not the file that was backed up: its SHA-256 is {sha256}, its manifest says {manifest.Sha256}");
        }
    }
}

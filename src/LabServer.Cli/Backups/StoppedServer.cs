using LabServer.Core.Storage;

namespace LabServer.Cli.Backups;

/// <summary>The data folder of a server that does not run, held so that none starts on it meanwhile.</summary>
internal sealed class StoppedServer : IDisposable
{
    private readonly FileStream _lock;

    private StoppedServer(string folder, FileStream held)
    {
        Database = Path.Combine(folder, DataFileNames.Database);
        _lock = held;
    }

    /// <summary>Where its database is, or goes.</summary>
    public string Database { get; }

    /// <summary>Takes the lock of a folder that there is.</summary>
    /// <exception cref="CommandFailure">There is none, a server runs on it, or it cannot be used.</exception>
    public static StoppedServer Find(string folder) =>
        Directory.Exists(folder) ? Take(folder) : throw new CommandFailure($"There is no folder {folder}.");

    /// <summary>Takes the lock of a folder, which is made if need be.</summary>
    /// <exception cref="CommandFailure">A server runs on it, or it cannot be used.</exception>
    public static StoppedServer Take(string folder)
    {
        var path = Path.Combine(folder, DataFileNames.Lock);
        try
        {
            Directory.CreateDirectory(folder);
            return new StoppedServer(folder, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new CommandFailure($"A LabServer runs on the data folder {folder}: stop it first.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"The data folder {folder} cannot be used: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}

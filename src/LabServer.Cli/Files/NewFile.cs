namespace LabServer.Cli.Files;

/// <summary>A file written under a temporary name beside its place and renamed at the end: no half file ever bears the name.</summary>
internal sealed class NewFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private bool _kept;

    private NewFile(string path, string temporary, FileStream stream)
    {
        _path = path;
        _temporary = temporary;
        Stream = stream;
    }

    /// <summary>Where to write.</summary>
    public FileStream Stream { get; }

    /// <summary>Begins a file that is to be called <paramref name="path"/>.</summary>
    /// <exception cref="UsageException">It cannot be written there.</exception>
    public static NewFile Beside(string path)
    {
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            return new NewFile(path, temporary, new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{path} cannot be written: {fault.Message}");
        }
    }

    /// <summary>Gives the file its name, in place of a file that had it. Without this it is deleted.</summary>
    public void Keep()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _kept = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stream.Dispose();
        if (!_kept)
        {
            File.Delete(_temporary);
        }
    }
}

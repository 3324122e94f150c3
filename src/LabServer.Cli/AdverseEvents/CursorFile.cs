using System.Text;
using LabServer.Cli.Files;

namespace LabServer.Cli.AdverseEvents;

/// <summary>A file that remembers how far a watch has come.</summary>
/// <param name="path">Where it is, or is to be.</param>
internal sealed class CursorFile(string path)
{
    /// <summary>The cursor; null when there is no file yet.</summary>
    /// <exception cref="UsageException">It is there and cannot be read.</exception>
    public string? Read()
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--cursor-file: {path} cannot be read: {fault.Message}");
        }
    }

    /// <summary>Replaces the cursor, wholly or not at all.</summary>
    /// <exception cref="UsageException">It cannot be written there.</exception>
    public void Write(string cursor)
    {
        using var file = NewFile.Beside(path);
        file.Stream.Write(Encoding.UTF8.GetBytes(cursor + "\n"));
        file.Keep();
    }
}

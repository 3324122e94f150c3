using System.Text;
using LabServer.Core.Storage;

namespace LabServer.Cli.Keys;

/// <summary>A file that only its owner can read.</summary>
internal static class KeyFile
{
    /// <summary>Makes the file, empty, before there is a key that could be lost for want of one.</summary>
    /// <exception cref="UsageException">It is there already, or cannot be made.</exception>
    public static FileStream Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = PrivateFiles.OwnersFile;
        }

        try
        {
            return new FileStream(path, options);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--out: {path} cannot be made: {fault.Message}");
        }
    }

    /// <summary>Writes the key.</summary>
    public static void Write(FileStream file, string key)
    {
        file.Write(Encoding.ASCII.GetBytes(key + "\n"));
        file.Flush(flushToDisk: true);
    }
}

namespace LabServer.Core.Storage;

/// <summary>Files and folders with data of subjects: made for the account that the server runs under, and nobody else.</summary>
public static class PrivateFiles
{
    /// <summary>Rights of such a file.</summary>
    public const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>
    /// Makes an empty file that others cannot read; one that is there stays as it is, with the rights that somebody gave it.
    /// SQLite takes an empty file for a new database, and gives the files beside it the same rights.
    /// </summary>
    public static void Create(string path)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnersFile }).Dispose();
        }
    }

    /// <summary>Takes from others what rights they have to a file that is there.</summary>
    public static void Restrict(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnersFile);
        }
    }

    /// <summary>Makes a folder that others cannot look into; one that is there stays as it is.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnersFolder);
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LabServer.Core.Backups;

/// <summary>The files of backups in a folder: <c>labserver-TIME.db</c> with <c>labserver-TIME.json</c> beside it.</summary>
public static class BackupFiles
{
    private const string Prefix = "labserver-";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'.'ffffff'Z'";
    private const int TimeLength = 23;
    private const string Database = ".db";
    private const string Manifest = ".json";

    /// <summary>Ending of a copy that is being made.</summary>
    internal const string Partial = ".partial";

    /// <summary>Name of a backup taken at a time: sorts as it was taken.</summary>
    public static string NameOf(DateTimeOffset taken) => taken.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Whether a file has a name that the making of backups gives: others in the folder are left alone.</summary>
    internal static bool IsOfARun(string path)
    {
        var name = Path.GetFileName(path.AsSpan());
        return name.StartsWith(Prefix, StringComparison.Ordinal)
            && name.Length > Prefix.Length + TimeLength
            && name[Prefix.Length + TimeLength] == '.'
            && DateTime.TryParseExact(
                name.Slice(Prefix.Length, TimeLength), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
    }

    /// <summary>The database file of a backup.</summary>
    public static string DatabaseOf(string folder, string name) => Path.Combine(folder, Prefix + name + Database);

    /// <summary>The manifest of a backup.</summary>
    public static string ManifestOf(string folder, string name) => Path.Combine(folder, Prefix + name + Manifest);

    /// <summary>The manifest beside a database file.</summary>
    public static string ManifestBeside(string databaseFile) => Path.ChangeExtension(databaseFile, Manifest);

    /// <summary>The backups of a folder, newest first. One whose manifest cannot be read is told with what is wrong.</summary>
    public static IReadOnlyList<ListedBackup> List(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        return [.. Directory.EnumerateFiles(folder, Prefix + "*" + Manifest)
            .OrderByDescending(file => file, StringComparer.Ordinal)
            .Select(file => Read(file))];
    }

    /// <summary>The manifest at a path.</summary>
    /// <exception cref="BackupException">There is none, or it cannot be read.</exception>
    public static BackupManifest ReadManifest(string path)
    {
        try
        {
            return BackupManifest.Parse(File.ReadAllText(path, Encoding.UTF8), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>SHA-256 of a file, in lower-case hexadecimal digits, told how far it is.</summary>
    internal static async Task<string> Hash(string path, Action<double> progress, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var buffer = new byte[1 << 20];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            progress((double)stream.Position / stream.Length);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Makes sure that a file is on the disk, also after a loss of power.</summary>
    internal static void Flush(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        stream.Flush(flushToDisk: true);
    }

    private static ListedBackup Read(string manifest)
    {
        var name = Path.GetFileNameWithoutExtension(manifest)[Prefix.Length..];
        try
        {
            return new ListedBackup(name, ReadManifest(manifest), "");
        }
        catch (BackupException exception)
        {
            return new ListedBackup(name, null, exception.Message);
        }
    }
}

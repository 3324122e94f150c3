using System.Globalization;
using System.Text.Json;

namespace LabServer.Core.Backups;

/// <summary>What a backup is, kept beside it as <c>NAME.json</c>. A copy without one is not a backup: its making was interrupted.</summary>
public sealed record BackupManifest
{
    /// <summary>Layout of this file; the only one so far is 1.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Name of the backup: the time it was taken, in UTC, as in its file names.</summary>
    public required string Name { get; init; }

    /// <summary>When it was taken, in UTC microseconds: everything acknowledged before is in it.</summary>
    public required long TakenUs { get; init; }

    /// <summary>Number of the newest schema file of the database.</summary>
    public required long Schema { get; init; }

    /// <summary>Studies in it.</summary>
    public required long Studies { get; init; }

    /// <summary>Results in it, all versions and derived ones included.</summary>
    public required long Results { get; init; }

    /// <summary>Length of the database file, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the database file, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The manifest as text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, BackupJson.Default.BackupManifest) + "\n";

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="BackupException">The text is none, or of a layout that this program does not know.</exception>
    public static BackupManifest Parse(string json, string path)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(json, BackupJson.Default.BackupManifest);
            return manifest switch
            {
                null => throw new BackupException($"{path} is no manifest of a backup"),
                { Format: 1 } => manifest,
                _ => throw new BackupException(string.Create(CultureInfo.InvariantCulture, $"{path} has layout {manifest.Format}: a newer LabServer made it")),
            };
        }
        catch (JsonException exception)
        {
            throw new BackupException($"{path} is no manifest of a backup: {exception.Message}", exception);
        }
    }
}

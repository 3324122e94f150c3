namespace LabServer.Core.Backups;

/// <summary>A backup as it is found in a folder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Manifest">What it is; null: the manifest cannot be read.</param>
/// <param name="Fault">What is wrong with it; empty: nothing that a look at the manifest shows.</param>
public sealed record ListedBackup(string Name, BackupManifest? Manifest, string Fault);

using Google.Protobuf.WellKnownTypes;
using LabServer.Api.V1;
using LabServer.Core;
using LabServer.Core.Backups;

namespace LabServer.Backups;

/// <summary>From the backups of a folder to the wire. Stages have the same numbers on both sides.</summary>
internal static class BackupMapping
{
    public static Backup ToMessage(ListedBackup backup, string folder) => new()
    {
        Name = backup.Name,
        File = BackupFiles.DatabaseOf(folder, backup.Name),
        Fault = backup.Fault,
        TakenAt = backup.Manifest is { } taken ? Clock.FromUs(taken.TakenUs).ToTimestamp() : null,
        Schema = backup.Manifest?.Schema ?? 0,
        Studies = backup.Manifest?.Studies ?? 0,
        Results = backup.Manifest?.Results ?? 0,
        Bytes = backup.Manifest?.Bytes ?? 0,
        Sha256 = backup.Manifest?.Sha256 ?? "",
    };
}

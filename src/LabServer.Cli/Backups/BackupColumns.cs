using LabServer.Api.V1;
using LabServer.Cli.Jobs;
using LabServer.Cli.Output;
using LabServer.Core;
using LabServer.Core.Backups;

namespace LabServer.Cli.Backups;

/// <summary>How backups are written.</summary>
internal static class BackupColumns
{
    /// <summary>A backup on the server's machine.</summary>
    public static readonly IReadOnlyList<Column<Backup>> Listed =
    [
        new("name", backup => backup.Name),
        new("taken_at", backup => JobColumns.Time(backup.TakenAt)),
        new("schema", backup => backup.Schema),
        new("studies", backup => backup.Studies),
        new("results", backup => backup.Results),
        new("bytes", backup => backup.Bytes),
        new("fault", backup => backup.Fault),
        new("file", backup => backup.File),
        new("sha256", backup => backup.Sha256, InTable: false),
    ];

    /// <summary>A backup file of this machine, looked at without a server.</summary>
    public static readonly IReadOnlyList<Column<BackupManifest>> OfFile =
    [
        new("name", backup => backup.Name),
        new("taken_at", backup => Clock.FromUs(backup.TakenUs)),
        new("schema", backup => backup.Schema),
        new("studies", backup => backup.Studies),
        new("results", backup => backup.Results),
        new("bytes", backup => backup.Bytes),
        new("sha256", backup => backup.Sha256),
    ];

    /// <summary>A database of this machine, looked at without a server.</summary>
    public static readonly IReadOnlyList<Column<DatabaseState>> OfDatabase =
    [
        new("schema", state => state.Schema),
        new("studies", state => state.Studies),
        new("results", state => state.Results),
    ];
}

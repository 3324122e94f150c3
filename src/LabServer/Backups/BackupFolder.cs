using LabServer.Hosting;
using Microsoft.Extensions.Options;

namespace LabServer.Backups;

/// <summary>Where this server keeps its backups, and how many.</summary>
internal sealed class BackupFolder(DataFolder data, IOptions<BackupsOptions> options)
{
    /// <summary>Full path.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(options.Value.Folder, data.Root);

    /// <summary>How many to keep; 0: all.</summary>
    public int Keep => options.Value.Keep;
}

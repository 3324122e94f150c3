using System.ComponentModel.DataAnnotations;

namespace LabServer.Backups;

/// <summary>Where backups go and when they are taken. Section <c>LabServer:Backups</c>.</summary>
internal sealed class BackupsOptions
{
    /// <summary>Folder of the backups; relative to the data folder. Best a disk of its own.</summary>
    /// <value>The default value is <c>backups</c>.</value>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Backups:Folder: the folder must be named.")]
    public string Folder { get; set; } = "backups";

    /// <summary>When one is taken by itself: a Quartz cron expression in UTC. Empty: only when asked for.</summary>
    /// <value>The default value is 23:30 UTC each day.</value>
    public string Cron { get; set; } = "0 30 23 * * ?";

    /// <summary>How many are kept; older ones are removed once a newer one is sound. 0: all.</summary>
    /// <value>The default value is 7.</value>
    [Range(0, 10_000, ErrorMessage = "Backups:Keep: a number from {1} to {2}.")]
    public int Keep { get; set; } = 7;
}

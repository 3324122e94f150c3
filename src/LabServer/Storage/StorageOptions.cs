using System.ComponentModel.DataAnnotations;

namespace LabServer.Storage;

/// <summary>How long a state of the database is held for who reads it. Section <c>LabServer:Storage</c>.</summary>
internal sealed class StorageOptions
{
    /// <summary>How long an export waits for its reader to take one part of it (about 64 KB), shift tables one table, and a comparison of rule sets one difference.</summary>
    /// <value>The default value is 2 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "Storage:ReaderPartWait: a time from {1} to {2}.")]
    public TimeSpan ReaderPartWait { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long such an answer waits for its reader in all. Until it ends, the database's log keeps all that is written meanwhile.</summary>
    /// <value>The default value is 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "Storage:ReaderWait: a time from {1} to {2}.")]
    public TimeSpan ReaderWait { get; set; } = TimeSpan.FromHours(1);
}

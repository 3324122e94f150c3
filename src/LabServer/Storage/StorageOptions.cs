using System.ComponentModel.DataAnnotations;
using LabServer.Hosting;

namespace LabServer.Storage;

/// <summary>Where results are kept, who else opens that, and how long a state of it is held for who reads it. Section <c>LabServer:Storage</c>.</summary>
internal sealed class StorageOptions
{
    /// <summary>The engine.</summary>
    /// <value>The default value is <see cref="StorageProvider.Sqlite"/>.</value>
    [EnumDataType(typeof(StorageProvider), ErrorMessage = "Storage:Provider: Sqlite or SqlServer.")]
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>How the database of <see cref="StorageProvider.SqlServer"/> is reached; keep it in the environment or in a file that only the server reads.</summary>
    /// <value>The default value is empty.</value>
    public string ConnectionString { get; set; } = "";

    /// <summary>A SQLite file that several servers of this machine open, on a disk of its own. Empty: the one in the data folder, which is this server's alone.</summary>
    /// <value>The default value is empty.</value>
    public string SharedFile { get; set; } = "";

    /// <summary>
    /// How long a server that shares its database is taken for living when nothing is heard of it; then others take over what it was
    /// grading. It is heard of three times as often.
    /// </summary>
    /// <value>The default value is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "Storage:ServerLease: a time from {1} to {2}.")]
    public TimeSpan ServerLease { get; set; } = TimeSpan.FromSeconds(10);

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

    /// <summary>The provider that the settings name, before they are bound and checked; what is no provider is told then.</summary>
    public static StorageProvider ProviderIn(IConfiguration settings) =>
        Enum.TryParse<StorageProvider>(settings[$"{OptionsSection.Root}:Storage:{nameof(Provider)}"], ignoreCase: true, out var provider)
            ? provider
            : StorageProvider.Sqlite;
}

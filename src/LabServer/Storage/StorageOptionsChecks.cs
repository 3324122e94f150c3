using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Options;

namespace LabServer.Storage;

/// <summary>Settings of the storage that only fit together.</summary>
internal sealed class StorageOptionsChecks : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var failures = new List<string>();
        if (options.Provider == StorageProvider.SqlServer && options.ConnectionString.Length == 0)
        {
            failures.Add("Storage:ConnectionString: Storage:Provider SqlServer needs one.");
        }

        if (options.Provider == StorageProvider.SqlServer && options.ConnectionString.Length > 0 && FaultOf(options.ConnectionString) is { } fault)
        {
            failures.Add($"Storage:ConnectionString: {fault}");
        }

        if (options.Provider != StorageProvider.SqlServer && options.ConnectionString.Length > 0)
        {
            failures.Add("Storage:ConnectionString: is for Storage:Provider SqlServer; a SQLite file is named in Storage:SharedFile.");
        }

        if (options.Provider != StorageProvider.Sqlite && options.SharedFile.Length > 0)
        {
            failures.Add("Storage:SharedFile: is for Storage:Provider Sqlite.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    // Names what is wrong, and nothing of what may be a password.
    private static string? FaultOf(string connectionString)
    {
        try
        {
            var names = new SqlConnectionStringBuilder(connectionString);
            return names.DataSource.Length == 0 ? "names no server (Server=…)"
                : names.InitialCatalog.Length == 0 ? "names no database (Database=…)"
                : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return exception.Message;
        }
    }
}

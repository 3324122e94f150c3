using LabServer.Core.Storage;
using LabServer.Hosting;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Options;

namespace LabServer.Storage;

/// <summary>The engine that the settings name.</summary>
internal sealed class StorageEngine
{
    public StorageEngine(IOptions<StorageOptions> options, DataFolder folder) => (Dialect, Place) = options.Value switch
    {
        { Provider: StorageProvider.SqlServer } chosen => OfSqlServer(chosen.ConnectionString),
        { SharedFile.Length: > 0 } chosen => OfFile(folder, Path.GetFullPath(chosen.SharedFile), isShared: true),
        _ => OfFile(folder, folder.DatabaseFile, isShared: false),
    };

    /// <summary>The engine.</summary>
    public Dialect Dialect { get; }

    /// <summary>Where the database is, for people: a file, or a server and its database. No password is in it.</summary>
    public string Place { get; }

    private static (Dialect Dialect, string Place) OfFile(DataFolder folder, string file, bool isShared)
    {
        folder.MakeDatabase(file);
        return (new SqliteDialect(file, isShared: isShared), file);
    }

    // A method of its own, so that nothing of SqlClient is loaded for a file.
    private static (Dialect Dialect, string Place) OfSqlServer(string connectionString)
    {
        var names = new SqlConnectionStringBuilder(connectionString);
        return (new SqlServerDialect(connectionString), $"{names.InitialCatalog} on {names.DataSource}");
    }
}

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
        { SharedFile.Length: > 0 } chosen => OfFile(folder, NotOfAFolder(Path.GetFullPath(chosen.SharedFile)), isShared: true),
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

    // The server of that folder takes it for its own, and would not look for what others change.
    private static string NotOfAFolder(string file) =>
        Path.GetFileName(file) == DataFileNames.Database && File.Exists(Path.Combine(Path.GetDirectoryName(file)!, DataFileNames.Lock))
            ? throw new DataFolderException($"Storage:SharedFile: {file} is the database of a data folder, and so of one server; name a file elsewhere")
            : file;

    // A method of its own, so that nothing of SqlClient is loaded for a file.
    private static (Dialect Dialect, string Place) OfSqlServer(string connectionString)
    {
        var names = new SqlConnectionStringBuilder(connectionString);
        return (new SqlServerDialect(connectionString), $"{names.InitialCatalog} on {names.DataSource}");
    }
}

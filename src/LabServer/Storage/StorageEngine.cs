using LabServer.Core.Storage;
using LabServer.Hosting;
using Microsoft.Extensions.Options;

namespace LabServer.Storage;

/// <summary>The engine that the settings name.</summary>
internal sealed class StorageEngine
{
    public StorageEngine(IOptions<StorageOptions> options, DataFolder folder)
    {
        var isShared = options.Value.SharedFile.Length > 0;
        Place = isShared ? Path.GetFullPath(options.Value.SharedFile) : folder.DatabaseFile;
        if (isShared)
        {
            folder.MakeDatabase(Place);
        }

        Dialect = new SqliteDialect(Place, isShared: isShared);
    }

    /// <summary>The engine.</summary>
    public Dialect Dialect { get; }

    /// <summary>Where the database is, for people: a file, or a server and its database.</summary>
    public string Place { get; }
}

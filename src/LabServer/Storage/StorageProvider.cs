namespace LabServer.Storage;

/// <summary>Engines that results can be kept in.</summary>
internal enum StorageProvider
{
    /// <summary>SQLite: a file of one server, or of several on one machine.</summary>
    Sqlite,

    /// <summary>SQL Server, Azure SQL or Babelfish, for one server or several.</summary>
    SqlServer,
}

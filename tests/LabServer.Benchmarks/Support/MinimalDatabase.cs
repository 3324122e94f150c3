using LabServer.Benchmarks.Ingest;

namespace LabServer.Benchmarks.Support;

/// <summary>A database of a baseline, through SQLite's C API, with the server's settings of its writer.</summary>
internal sealed class MinimalDatabase : IDisposable
{
    /// <summary>What a step answers when it has a row.</summary>
    public const int Row = 100;

    /// <summary>What a step answers when there is no more.</summary>
    public const int Done = 101;

    private readonly nint _database;

    /// <summary>Opens a file, and makes it where it is not there.</summary>
    public MinimalDatabase(string path)
    {
        Check(SqliteApi.Open(path, out _database, SqliteApi.ReadWriteCreate, 0));
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("PRAGMA cache_size = -65536");
        Execute("PRAGMA wal_autocheckpoint = 4000");
    }

    /// <summary>Runs statements without rows.</summary>
    public void Execute(string sql) => Check(SqliteApi.Execute(_database, sql, 0, 0, 0));

    /// <summary>A statement; the caller releases it.</summary>
    public nint Prepare(string sql)
    {
        Check(SqliteApi.Prepare(_database, sql, -1, out var statement, 0));
        return statement;
    }

    /// <summary>Runs a change whose parameters are bound, and makes it ready to run again.</summary>
    public static void Run(nint statement)
    {
        if (SqliteApi.Step(statement) != Done)
        {
            throw new InvalidOperationException("A row was not written.");
        }

        Check(SqliteApi.Reset(statement));
    }

    /// <summary>Throws on anything but success.</summary>
    public static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"SQLite answers {result}.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Check(SqliteApi.Close(_database));
}

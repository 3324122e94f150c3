using Dapper;
using LabServer.Core.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LabServer.Core.Backups;

/// <summary>Looks at a database file that no server has open.</summary>
public static class DatabaseFile
{
    private const string Counts = """
        SELECT (SELECT MAX(number) FROM schema_journal) AS Schema, (SELECT COUNT(*) FROM study) AS Studies,
               (SELECT COUNT(*) FROM result) AS Results
        """;

    // Steps of the engine between two looks at whether anybody still waits: far under a millisecond's.
    private const int StepsBetweenLooks = 10_000;

    /// <summary>Checks every page, index and reference of the file, which takes minutes where it is large.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="BackupException">The file is not sound, or no database of LabServer, or of a newer one.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static DatabaseState Check(string path, CancellationToken cancellation = default)
    {
        if (!File.Exists(path))
        {
            throw new BackupException($"there is no file {path}");
        }

        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
            }.ToString());
            connection.Open();
            raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks, _ => cancellation.IsCancellationRequested ? 1 : 0, null);
            var faults = connection.Query<string>("PRAGMA integrity_check(20)").Where(line => line != "ok").ToList();
            if (faults.Count > 0)
            {
                throw new BackupException($"{path} is damaged: {string.Join("; ", faults)}");
            }

            if (connection.Query("PRAGMA foreign_key_check", buffered: false).Count() is > 0 and var broken)
            {
                throw new BackupException(FormattableString.Invariant($"{path} is damaged: {broken} rows refer to rows that are not there"));
            }

            var state = connection.QuerySingle<DatabaseState>(Counts);
            SchemaUpgrade.RequireKnown(connection, new SqliteDialect(path));
            return state;
        }
        catch (SqliteException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception exception) when (exception is SqliteException or SchemaException)
        {
            throw new BackupException($"{path} is no sound database of LabServer: {exception.Message}", exception);
        }
    }
}

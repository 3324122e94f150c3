using Dapper;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace LabServer.Core.Storage;

/// <summary>SQLite's online backup, in steps.</summary>
internal static class SqliteCopy
{
    private const string Main = "main";

    // 16 MB of the usual page.
    private const int StepPages = 4096;

    // Any read: the snapshot of a deferred transaction begins with the first one.
    private const string Touch = "SELECT COUNT(*) FROM sqlite_master";

    /// <summary>Copies what <paramref name="source"/> sees now into <paramref name="file"/>.</summary>
    /// <remarks>
    /// A read transaction is held open over all steps. Without it the engine would begin anew whenever the writer commits
    /// between two of them; with it every step sees one state, and the writer goes on beside.
    /// </remarks>
    public static void Run(SqliteConnection source, string file, Action<double> progress, CancellationToken cancellation)
    {
        using var snapshot = source.BeginTransaction(deferred: true);
        source.ExecuteScalar<long>(Touch, transaction: snapshot);
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        target.Open();
        using (var copy = sqlite3_backup_init(target.Handle, Main, source.Handle, Main))
        {
            int step;
            while ((step = copy.IsInvalid ? sqlite3_errcode(target.Handle) : sqlite3_backup_step(copy, StepPages)) == SQLITE_OK)
            {
                progress(1 - ((double)sqlite3_backup_remaining(copy) / sqlite3_backup_pagecount(copy)));
                cancellation.ThrowIfCancellationRequested();
            }

            if (step != SQLITE_DONE)
            {
                SqliteException.ThrowExceptionForRC(step, target.Handle);
            }
        }

        // The copy is one file, whole by itself: it has no log beside it, and reading it makes none.
        target.Execute("PRAGMA journal_mode = DELETE");
        progress(1);
    }
}

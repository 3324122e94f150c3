using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace LabServer.Core.Storage;

/// <summary>What SQL Server says by the numbers of its errors, as the documentation of the engine and of Azure SQL has them.</summary>
internal static class SqlServerErrors
{
    private const int Deadlock = 1205;

    // Severities from here on end the connection.
    private const int FirstFatalClass = 20;

    /// <summary>Whether there is a row with that unique key; an index and a constraint have numbers of their own.</summary>
    public static bool IsUniqueViolation(DbException exception) => exception is SqlException { Number: 2601 or 2627 };

    /// <inheritdoc cref="Dialect.FaultOf"/>
    public static StorageFault FaultOf(Exception exception) => exception switch
    {
        WriteLockException or NoReaderException => StorageFault.Busy,
        LostCommitsException => StorageFault.Unreachable,
        SqlException sql => FaultOf(sql),
        { InnerException: { } inner } => FaultOf(inner),
        _ => StorageFault.None,
    };

    /// <inheritdoc cref="Dialect.IsPassing"/>
    public static bool IsPassing(Exception exception) => exception switch
    {
        WriteLockException locked => locked.IsDeadlock,
        SqlException sql => Numbers(sql).Any(number => number == Deadlock || IsOfMemory(number))
            || (FaultOf(sql) == StorageFault.Unreachable && !Numbers(sql).Contains(-2)),
        _ => false,
    };

    /// <summary>Whether the server itself said so, and is there still: what failed was rolled back.</summary>
    public static bool IsAnswer(Exception exception) =>
        exception is SqlException { Class: < FirstFatalClass } sql && FaultOf(sql) != StorageFault.Unreachable;

    private static StorageFault FaultOf(SqlException exception) =>
        Numbers(exception).Select(FaultOf).FirstOrDefault(fault => fault != StorageFault.None) is not StorageFault.None and var fault ? fault
        : exception.Class >= FirstFatalClass ? StorageFault.Unreachable
        : StorageFault.None;

    private static IEnumerable<int> Numbers(SqlException exception) => exception.Errors.Cast<SqlError>().Select(error => error.Number);

    private static StorageFault FaultOf(int number) => number switch
    {
        // No room in the files, for the log, or within what was paid for.
        1101 or 1105 or 9002 or 40544 => StorageFault.Full,

        // Locks; a choice between two transactions; tables in memory that met another change; no memory for the statement.
        1204 or 1205 or 1222 or 3960 or 701 or 802 or 844 or 845 or 846 or 8628 or 8645 or 8651 => StorageFault.Busy,

        // Snapshots: what they read was changed by another file or index operation, or the room for old rows is used up.
        3957 or 3958 or 3961 or 3966 or 3967 => StorageFault.Busy,
        _ when IsOfMemory(number) => StorageFault.Busy,

        // The database, or the replica that answers, can only be read.
        3906 => StorageFault.ReadOnly,

        // Pages that cannot be read as they were written.
        823 or 824 or 825 or 829 or 832 or 605 => StorageFault.Damaged,
        _ => IsUnreachable(number) ? StorageFault.Unreachable : StorageFault.None,
    };

    private static bool IsOfMemory(int number) => number is 41301 or 41302 or 41305 or 41325 or 41839;

    private static bool IsUnreachable(int number) => number
        // Of the client: it took too long, the server is not there, the connection broke.
        is -2 or -1 or 2 or 20 or 53 or 64 or 121 or 233 or 258 or 10053 or 10054 or 10060 or 10061 or 11001
        // "A severe error occurred on the current command": of what became of it nothing is said.
        or 0
        // The database is not open here: recovering, restoring, offline, suspect, its log lost, changing its state, on another replica, paused, closing.
        or 921 or 922 or 924 or 926 or 927 or 9001 or 942 or 952 or 976 or 983 or 4060 or 4221 or 6005 or 17142 or 18401 or 18456
        // Azure: too much at once, being moved, failed over, resumed.
        or 10928 or 10929 or 10936 or 40143 or 40166 or 40197 or 40501 or 40540 or 40613 or 40642 or 42108 or 42109
        or 49918 or 49919 or 49920
        // Azure ended the session: its transaction was too long, or took too many locks, too much log, temporary room or memory.
        or 40549 or 40550 or 40551 or 40552 or 40553;
}

using Dapper;
using Microsoft.Data.SqlClient;

namespace LabServer.Core.Storage;

/// <summary>Rows into a temporary table of SQL Server, by bulk copy.</summary>
internal static class SqlServerBulk
{
    // As long as the columns of result are, and compared as they are. Kept for the life of the connection; a transaction that
    // fails takes with it what it made. Its key finds a result's twins in the batch.
    internal const string CreateSent = """
        IF OBJECT_ID(N'tempdb..#sent') IS NULL
        CREATE TABLE "#sent" (
            position           BIGINT NOT NULL,
            source_result_id   NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            version            BIGINT NOT NULL,
            subject_id         NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            specimen           NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            category           NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            test_code          NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            reported_value     NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            reported_unit      NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            reference_low      NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            reference_high     NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            collected_at       NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            resulted_at        NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            visit              NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            visit_number       NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            instrument         NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            method             NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            status             BIGINT NOT NULL,
            specimen_condition NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            fasting            BIGINT NOT NULL,
            content_hash       VARBINARY(32) NOT NULL,
            subject_key        BIGINT,
            test_key           BIGINT,
            standard_value     FLOAT(53),
            collected_us       BIGINT NOT NULL,
            hold_reasons       BIGINT NOT NULL,
            PRIMARY KEY CLUSTERED (source_result_id, version, position)
        )
        """;

    internal const string CreateRejected = """
        IF OBJECT_ID(N'tempdb..#rejected') IS NULL
        CREATE TABLE "#rejected" (
            position         BIGINT NOT NULL,
            source_result_id NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            content_hash     VARBINARY(32) NOT NULL,
            sent             NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
            faults           NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
            PRIMARY KEY CLUSTERED (content_hash, source_result_id, position)
        )
        """;

    /// <summary>Makes the table where it is not there, empties it where it is, and fills it.</summary>
    public static void Fill(SqlConnection connection, SqlTransaction transaction, BulkRows rows)
    {
        connection.Execute(Emptied(rows), transaction: transaction);
        using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.KeepNulls, transaction)
        {
            DestinationTableName = rows.Table,
            BulkCopyTimeout = connection.CommandTimeout,
        };
        for (var i = 0; i < rows.Columns.Count; i++)
        {
            copy.ColumnMappings.Add(i, rows.Columns[i]);
        }

        copy.WriteToServer(rows);
    }

    private static string Emptied(BulkRows rows) => rows switch
    {
        SentRows => CreateSent + "; TRUNCATE TABLE \"#sent\"",
        SentRejects => CreateRejected + "; TRUNCATE TABLE \"#rejected\"",
        _ => throw new ArgumentOutOfRangeException(nameof(rows), rows.Table, message: null),
    };
}

using System.Data.Common;
using Dapper;

namespace LabServer.Core.Storage;

/// <summary>
/// Rows into a temporary table of SQLite, one by one. SQLite stores results sooner without: it is for tests, which hold the
/// statements over whole batches against those over single results.
/// </summary>
internal static class SqliteBulk
{
    private const string CreateSent = """
        CREATE TEMP TABLE IF NOT EXISTS "#sent" (
            position           INTEGER NOT NULL,
            source_result_id   TEXT    NOT NULL,
            version            INTEGER NOT NULL,
            subject_id         TEXT    NOT NULL,
            specimen           TEXT    NOT NULL,
            category           TEXT    NOT NULL,
            test_code          TEXT    NOT NULL,
            reported_value     TEXT    NOT NULL,
            reported_unit      TEXT    NOT NULL,
            reference_low      TEXT    NOT NULL,
            reference_high     TEXT    NOT NULL,
            collected_at       TEXT    NOT NULL,
            resulted_at        TEXT    NOT NULL,
            visit              TEXT    NOT NULL,
            visit_number       TEXT    NOT NULL,
            instrument         TEXT    NOT NULL,
            method             TEXT    NOT NULL,
            status             INTEGER NOT NULL,
            specimen_condition TEXT    NOT NULL,
            fasting            INTEGER NOT NULL,
            content_hash       BLOB    NOT NULL,
            subject_key        INTEGER,
            test_key           INTEGER,
            standard_value     REAL,
            collected_us       INTEGER NOT NULL,
            hold_reasons       INTEGER NOT NULL,
            PRIMARY KEY (source_result_id, version, position)
        ) WITHOUT ROWID
        """;

    private const string CreateRejected = """
        CREATE TEMP TABLE IF NOT EXISTS "#rejected" (
            position         INTEGER NOT NULL,
            source_result_id TEXT    NOT NULL,
            content_hash     BLOB    NOT NULL,
            sent             TEXT    NOT NULL,
            faults           TEXT    NOT NULL,
            PRIMARY KEY (content_hash, source_result_id, position)
        ) WITHOUT ROWID
        """;

    private const string DeleteSent = """
        DELETE FROM "#sent"
        """;

    private const string DeleteRejected = """
        DELETE FROM "#rejected"
        """;

    private const string InsertSent = """
        INSERT INTO "#sent" (position, source_result_id, version, subject_id, specimen, category, test_code, reported_value, reported_unit,
            reference_low, reference_high, collected_at, resulted_at, visit, visit_number, instrument, method, status,
            specimen_condition, fasting, content_hash, subject_key, test_key, standard_value, collected_us, hold_reasons)
        VALUES (@position, @source_result_id, @version, @subject_id, @specimen, @category, @test_code, @reported_value, @reported_unit,
            @reference_low, @reference_high, @collected_at, @resulted_at, @visit, @visit_number, @instrument, @method, @status,
            @specimen_condition, @fasting, @content_hash, @subject_key, @test_key, @standard_value, @collected_us, @hold_reasons)
        """;

    private const string InsertRejected = """
        INSERT INTO "#rejected" (position, source_result_id, content_hash, sent, faults)
        VALUES (@position, @source_result_id, @content_hash, @sent, @faults)
        """;

    /// <summary>Makes both tables where they are not there.</summary>
    public static void Create(DbConnection connection, DbTransaction? transaction)
    {
        connection.Execute(CreateSent, transaction: transaction);
        connection.Execute(CreateRejected, transaction: transaction);
    }

    /// <summary>Makes the table where it is not there, empties it where it is, and fills it.</summary>
    public static void Fill(WriteSession session, BulkRows rows)
    {
        Create(session.Connection, session.Transaction);
        var (delete, insert) = rows is SentRows ? (DeleteSent, InsertSent) : (DeleteRejected, InsertRejected);
        session.Rows(delete).Run();
        while (rows.Read())
        {
            var row = session.Rows(insert);
            for (var i = 0; i < rows.FieldCount; i++)
            {
                Add(row, rows.Value(i));
            }

            row.Run();
        }
    }

    private static void Add(RowStatement row, object? value)
    {
        switch (value)
        {
            case null:
                row.AddNull();
                break;
            case long number:
                row.Add(number);
                break;
            case double number:
                row.Add(number);
                break;
            case string text:
                row.Add(text);
                break;
            case byte[] bytes:
                row.Add(bytes.AsSpan());
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, message: null);
        }
    }
}

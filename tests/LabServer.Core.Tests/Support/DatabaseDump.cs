using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace LabServer.Core.Tests.Support;

/// <summary>What is in a database's file, to compare two of them.</summary>
public static class DatabaseDump
{
    private const string SelectSchema = """
        SELECT type || ' ' || name || ': ' || COALESCE(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name
        """;

    /// <summary>Every object of the schema, as its statement.</summary>
    public static IReadOnlyList<string> Schema(string path)
    {
        using var connection = Open(path);
        return connection.Query<string>(SelectSchema).AsList();
    }

    /// <summary>Each table with the number of its rows and a hash over all of them, sorted.</summary>
    /// <param name="path">The file. Nobody writes it meanwhile.</param>
    /// <param name="without">Tables that are not compared.</param>
    /// <param name="withoutColumns">Columns that are not compared, of whatever table.</param>
    public static IReadOnlyList<string> Tables(string path, IReadOnlyCollection<string> without, IReadOnlyCollection<string> withoutColumns)
    {
        using var connection = Open(path);
        return [.. OldDatabase.Tables(connection).Except(without).Select(table =>
        {
            var rows = Rows(connection, table, [.. OldDatabase.Columns(connection, table).Except(withoutColumns)]).Order(StringComparer.Ordinal).ToList();
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows)));
            return string.Create(CultureInfo.InvariantCulture, $"{table}: {rows.Count} rows, {Convert.ToHexStringLower(hash)}");
        })];
    }

    /// <summary>The rows of a table as lines of text.</summary>
    public static IReadOnlyList<string> Rows(SqliteConnection connection, string table, IReadOnlyList<string> columns) =>
        // No parameter can stand for a table or a column; the names are the schema's own.
        connection.Query<string>(string.Concat("SELECT ", string.Join(" || '|' || ", columns.Select(column => $"quote({column})")), " FROM ", table)).AsList();

    /// <summary>The rows of a table of a file as lines of text, sorted.</summary>
    public static IReadOnlyList<string> Rows(string path, string table, params IReadOnlyList<string> columns)
    {
        using var connection = Open(path);
        return [.. Rows(connection, table, columns).Order(StringComparer.Ordinal)];
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }
}

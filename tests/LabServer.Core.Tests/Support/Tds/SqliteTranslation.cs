using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Storage.TSql;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace LabServer.Core.Tests.Support.Tds;

/// <summary>A statement for SQL Server in the words of SQLite. Nearly all are the same in both; these are the others.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Otherwise">What is run where it has changed no row; null: nothing.</param>
/// <param name="Columns">Types of the columns that it gives, as SQL Server has them; null: it gives none.</param>
internal sealed partial record SqliteTranslation(string Sql, string? Otherwise, IReadOnlyList<SqlColumn>? Columns)
{
    private static readonly IReadOnlyDictionary<string, SqlTable> Tables = SqlServerSchema.OfWriter().Tables;
    private static readonly ConcurrentDictionary<string, SqliteTranslation> Known = new(StringComparer.Ordinal);

    public static SqliteTranslation Of(string text) => Known.GetOrAdd(text, Translate);

    private static SqliteTranslation Translate(string text)
    {
        if (text == SqlServerText.SelectLastInsertedKey)
        {
            return new SqliteTranslation("SELECT last_insert_rowid()", null, [new SqlColumn("", SqlType.Bigint)]);
        }

        var (statements, faults) = TSqlText.Parse(text);
        return faults.Count > 0
            ? throw new NotSupportedException($"{string.Join(' ', faults)}: {text}")
            : statements switch
            {
                [SelectStatement select] => new SqliteTranslation(FirstRows().Replace(text, " LIMIT @Take"), null, new StatementBinder(Tables).BindQuery(select.QueryExpression)),
                [InsertStatement { InsertSpecification.OutputClause: not null }] => new SqliteTranslation(
                    Output().Replace(text, " $2 RETURNING $1"), null, [new SqlColumn("", SqlType.Bigint)]),
                [InsertStatement, IfStatement { ThenStatement: UpdateStatement update }] => new SqliteTranslation(text[..text.IndexOf("; IF @@ROWCOUNT = 0", StringComparison.Ordinal)], TSqlText.Of(update), null),
                _ when statements.All(statement => statement is InsertStatement or UpdateStatement or DeleteStatement or DropTriggerStatement) =>
                    new SqliteTranslation(text, null, null),
                _ => throw new NotSupportedException($"Nothing in SQLite is known for: {text}"),
            };
    }

    [GeneratedRegex(@" OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY$")]
    private static partial Regex FirstRows();

    [GeneratedRegex(@" OUTPUT inserted\.(\w+) (SELECT .*)$", RegexOptions.Singleline)]
    private static partial Regex Output();
}

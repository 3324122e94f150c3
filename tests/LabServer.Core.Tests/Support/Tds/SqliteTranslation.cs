using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Storage.TSql;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace LabServer.Core.Tests.Support.Tds;

/// <summary>A statement for SQL Server in the words of SQLite. Nearly all are the same in both; these are the others.</summary>
/// <param name="Steps">The statement, or those of a batch of changes.</param>
/// <param name="Columns">Types of the columns that it gives, as SQL Server has them; null: it gives none.</param>
internal sealed partial record SqliteTranslation(IReadOnlyList<SqliteStep> Steps, IReadOnlyList<SqlColumn>? Columns)
{
    private static readonly IReadOnlyDictionary<string, SqlTable> Tables = SqlServerSchema.OfWriter().Tables;
    private static readonly ConcurrentDictionary<string, SqliteTranslation> Known = new(StringComparer.Ordinal);

    public static SqliteTranslation Of(string text) => Known.GetOrAdd(text, Translate);

    private static SqliteTranslation Translate(string text)
    {
        if (text == SqlServerText.SelectLastInsertedKey)
        {
            return Query("SELECT last_insert_rowid()", [new SqlColumn("", SqlType.Bigint)]);
        }

        var (statements, faults) = TSqlText.Parse(text);
        return faults.Count > 0
            ? throw new NotSupportedException($"{string.Join(' ', faults)}: {text}")
            : statements switch
            {
                [SelectStatement select] => Query(FirstRows().Replace(text, " LIMIT @Take"), new StatementBinder(Tables).BindQuery(select.QueryExpression)),
                [InsertStatement { InsertSpecification.OutputClause: not null }] => Query(
                    Output().Replace(text, " $2 RETURNING $1"), [new SqlColumn("", SqlType.Bigint)]),
                _ => new SqliteTranslation([.. Changes(text, statements)], null),
            };
    }

    private static SqliteTranslation Query(string sql, IReadOnlyList<SqlColumn> columns) => new([new SqliteStep(sql, null)], columns);

    // Each may be followed by what is done instead where it changed nothing.
    private static IEnumerable<SqliteStep> Changes(string text, IReadOnlyList<TSqlStatement> statements)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            var otherwise = i + 1 < statements.Count && statements[i + 1] is IfStatement { ThenStatement: UpdateStatement update } ? update : null;
            yield return statements[i] is InsertStatement or UpdateStatement or DeleteStatement or DropTriggerStatement
                ? new SqliteStep(TSqlText.Of(statements[i]), otherwise is null ? null : TSqlText.Of(otherwise))
                : throw new NotSupportedException($"Nothing in SQLite is known for: {text}");
            i += otherwise is null ? 0 : 1;
        }
    }

    [GeneratedRegex(@" OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY$")]
    private static partial Regex FirstRows();

    [GeneratedRegex(@" OUTPUT inserted\.(\w+) (SELECT .*)$", RegexOptions.Singleline)]
    private static partial Regex Output();
}

using System.Text;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace LabServer.Core.Tests.Storage.TSql;

/// <summary>T-SQL as Microsoft's own grammar for SQL Server 2022 reads it.</summary>
internal static class TSqlText
{
    /// <summary>The statements of one batch, or what keeps it from being one.</summary>
    public static (IReadOnlyList<TSqlStatement> Statements, IReadOnlyList<string> Faults) Parse(string sql)
    {
        using var reader = new StringReader(sql);
        var script = (TSqlScript?)new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        List<string> faults = [.. errors.Select(error => $"line {error.Line}: {error.Message}")];
        if (script?.Batches.Count > 1)
        {
            faults.Add("There is a GO in it, which is no T-SQL.");
        }

        return ([.. script?.Batches.SelectMany(batch => batch.Statements) ?? []], faults);
    }

    /// <summary>A part of a statement as it was written, without comments, and with one space between any two words.</summary>
    public static string Of(TSqlFragment fragment)
    {
        var text = new StringBuilder();
        var last = -1;
        for (var i = fragment.FirstTokenIndex; i <= fragment.LastTokenIndex; i++)
        {
            var token = fragment.ScriptTokenStream[i];
            if (token.TokenType is TSqlTokenType.WhiteSpace or TSqlTokenType.SingleLineComment or TSqlTokenType.MultilineComment)
            {
                continue;
            }

            // To the grammar a comparison like >= is two words.
            var isOneWord = last >= 0 && last == i - 1 && IsOfAComparison(token) && IsOfAComparison(fragment.ScriptTokenStream[last]);
            text.Append(last < 0 || isOneWord ? "" : " ").Append(token.Text);
            last = i;
        }

        return text.ToString();
    }

    private static bool IsOfAComparison(TSqlParserToken token) =>
        token.TokenType is TSqlTokenType.LessThan or TSqlTokenType.GreaterThan or TSqlTokenType.EqualsSign or TSqlTokenType.Bang;
}

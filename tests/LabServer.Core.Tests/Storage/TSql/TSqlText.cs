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

    /// <summary>A part of a statement as it was written.</summary>
    public static string Of(TSqlFragment fragment) => string.Join(
        " ",
        Enumerable.Range(fragment.FirstTokenIndex, fragment.LastTokenIndex - fragment.FirstTokenIndex + 1)
            .Select(i => fragment.ScriptTokenStream[i])
            .Where(token => token.TokenType is not (TSqlTokenType.WhiteSpace or TSqlTokenType.SingleLineComment or TSqlTokenType.MultilineComment))
            .Select(token => token.Text));
}

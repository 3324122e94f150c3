using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace LabServer.Core.Tests.Storage.TSql;

/// <summary>The tables that a name in a query can mean, and those of the queries around it.</summary>
internal sealed class BinderScope(BinderScope? outer)
{
    private readonly List<(string Alias, SqlTable Table)> _tables = [];

    public BinderScope? Outer => outer;

    /// <summary>What the query is grouped by, as alias and column; null: it is not grouped.</summary>
    public HashSet<string>? Grouped { get; set; }

    /// <summary>Whether names are read where only what is grouped stands for one value.</summary>
    public bool MustBeGrouped { get; set; }

    public IEnumerable<string> Aliases => _tables.Select(entry => entry.Alias);

    public bool Add(string alias, SqlTable table)
    {
        var isNew = Aliases.All(known => known != alias);
        _tables.Add((alias, table));
        return isNew;
    }

    /// <summary>The column that a name means; null: <paramref name="fault"/>.</summary>
    public SqlColumn? Resolve(ColumnReferenceExpression reference, out string? fault)
    {
        var names = reference.MultiPartIdentifier?.Identifiers.Select(name => name.Value).ToList() ?? [];
        List<(string Alias, SqlColumn Column)> found = [.. _tables
            .Where(entry => names.Count == 1 || (names.Count == 2 && entry.Alias == names[0]))
            .Select(entry => (entry.Alias, Column: entry.Table.Find(names[^1])))
            .Where(entry => entry.Column is not null)
            .Select(entry => (entry.Alias, entry.Column!))];
        if (found.Count == 0 && outer is not null && (names.Count == 1 || !Aliases.Contains(names[0])))
        {
            return outer.Resolve(reference, out fault);
        }

        fault = found.Count switch
        {
            0 => $"no column {TSqlText.Of(reference)}",
            1 when MustBeGrouped && Grouped?.Contains(Key(found[0])) == false => $"{TSqlText.Of(reference)} is neither grouped nor in an aggregate",
            1 => null,
            _ => $"{TSqlText.Of(reference)} may be of several tables",
        };
        return found.Count == 1 ? found[0].Column : null;
    }

    /// <summary>A column as <see cref="Grouped"/> has it.</summary>
    public string? KeyOf(ColumnReferenceExpression reference)
    {
        var names = reference.MultiPartIdentifier.Identifiers;
        return _tables.Where(entry => names.Count == 1 || entry.Alias == names[0].Value)
            .Select(entry => (entry.Alias, Column: entry.Table.Find(names[^1].Value)!))
            .Where(entry => entry.Column is not null)
            .Select(Key)
            .FirstOrDefault();
    }

    private static string Key((string Alias, SqlColumn Column) found) => $"{found.Alias}.{found.Column.Name}";
}

using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace LabServer.Core.Tests.Storage.TSql;

/// <summary>
/// Looks at statements as an engine does when it has read them: whether what they name is there, and whether what they say
/// makes sense. What it does not know is a fault too.
/// </summary>
internal sealed partial class StatementBinder(IReadOnlyDictionary<string, SqlTable> tables)
{
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Every fault of some statements.</summary>
    public static IReadOnlyList<string> Bind(IReadOnlyDictionary<string, SqlTable> tables, IEnumerable<TSqlStatement> statements)
    {
        var binder = new StatementBinder(tables);
        foreach (var statement in statements)
        {
            binder._faults.AddRange(ForbiddenSyntax.Find(statement));
            binder.BindStatement(statement);
        }

        return binder._faults;
    }

    /// <summary>Every fault of what a filtered index is filtered by.</summary>
    public IReadOnlyList<string> BindFilter(SqlTable table, BooleanExpression filter)
    {
        var scope = new BinderScope(null);
        scope.Add(table.Name, table);
        BindCondition(filter, scope);
        return _faults;
    }

    /// <summary>The columns that a query gives.</summary>
    public IReadOnlyList<SqlColumn> BindQuery(QueryExpression query) => BindQuery(query, null);

    private void BindStatement(TSqlStatement statement)
    {
        switch (statement)
        {
            case SelectStatement select:
                foreach (var column in BindQuery(select.QueryExpression).Where(column => column.Name.Length > 0 && column.Type == SqlType.Int))
                {
                    // Read as long, as everything is with SQLite, it is not there; so it is to be a BIGINT.
                    Fault($"{column.Name} is an INT");
                }

                break;
            case InsertStatement insert:
                BindInsert(insert.InsertSpecification);
                break;
            case UpdateStatement { UpdateSpecification: { FromClause: null } update }:
                var changed = TargetOf(update.Target);
                BindAssignments(update.SetClauses, changed);
                BindCondition(update.WhereClause?.SearchCondition, changed.Scope);
                break;
            case DeleteStatement { DeleteSpecification: { FromClause: null } delete }:
                BindCondition(delete.WhereClause?.SearchCondition, TargetOf(delete.Target).Scope);
                break;
            case IfStatement choice:
                BindCondition(choice.Predicate, new BinderScope(null));
                BindStatement(choice.ThenStatement);
                if (choice.ElseStatement is { } other)
                {
                    BindStatement(other);
                }

                break;
            default:
                Fault($"a statement that is not looked at: {TSqlText.Of(statement)}");
                break;
        }
    }

    private void BindInsert(InsertSpecification insert)
    {
        var (table, scope) = TargetOf(insert.Target);
        List<SqlColumn> columns = [];
        foreach (var name in insert.Columns.Select(column => column.MultiPartIdentifier.Identifiers[^1].Value))
        {
            if (table.Find(name) is { } column)
            {
                columns.Add(column);
            }
            else
            {
                Fault($"{table.Name} has no column {name}");
            }
        }

        Require(columns.Distinct().Count() == columns.Count, $"a column of {table.Name} is there twice");
        foreach (var numbered in columns.Where(column => column.IsNumbered))
        {
            Fault($"{table.Name}.{numbered.Name} is numbered by the engine");
        }

        foreach (var missing in table.Columns.Except(columns).Where(column => !column.IsNullable && !column.IsGiven))
        {
            Fault($"{table.Name}.{missing.Name} gets no value");
        }

        foreach (var output in insert.OutputClause?.SelectColumns.OfType<SelectScalarExpression>() ?? [])
        {
            var written = new BinderScope(null);
            written.Add("inserted", table);
            TypeOf(output.Expression, written);
        }

        switch (insert.InsertSource)
        {
            case SelectInsertSource source:
                RequireFit(table, columns, [.. BindQuery(source.Select, null).Select(column => column.Type)]);
                break;
            case ValuesInsertSource source:
                foreach (var row in source.RowValues)
                {
                    RequireFit(table, columns, [.. row.ColumnValues.Select(value => TypeOf(value, new BinderScope(null)))]);
                }

                break;
            default:
                Fault($"rows from {TSqlText.Of(insert.InsertSource)}");
                break;
        }
    }

    private void RequireFit(SqlTable table, List<SqlColumn> columns, List<SqlType> values)
    {
        Require(columns.Count == values.Count, $"{columns.Count} columns of {table.Name} get {values.Count} values");
        foreach (var (column, value) in columns.Zip(values))
        {
            Require(Meet(column.Type, value) is not null, $"{table.Name}.{column.Name}, a {column.Type}, gets a {value}");
        }
    }

    private void BindAssignments(IEnumerable<SetClause> clauses, (SqlTable Table, BinderScope Scope) target)
    {
        foreach (var clause in clauses)
        {
            if (clause is not AssignmentSetClause { Variable: null } set)
            {
                Fault($"an assignment that is not looked at: {TSqlText.Of(clause)}");
                continue;
            }

            var name = set.Column.MultiPartIdentifier.Identifiers[^1].Value;
            if (target.Table.Find(name) is { } column)
            {
                RequireFit(target.Table, [column], [TypeOf(set.NewValue, target.Scope)]);
            }
            else
            {
                Fault($"{target.Table.Name} has no column {name}");
            }
        }
    }

    // What is written is a table, never a view or a name of the statement's own.
    private (SqlTable Table, BinderScope Scope) TargetOf(TableReference target)
    {
        var scope = new BinderScope(null);
        if (target is NamedTableReference { Alias: null } named && tables.TryGetValue(named.SchemaObject.BaseIdentifier.Value, out var table))
        {
            scope.Add(table.Name, table);
            return (table, scope);
        }

        Fault($"no table {TSqlText.Of(target)}");
        return (new SqlTable("?"), scope);
    }

    private void Require(bool holds, string fault)
    {
        if (!holds)
        {
            Fault(fault);
        }
    }

    private void Fault(string fault) => _faults.Add(fault);
}

using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace LabServer.Core.Tests.Storage.TSql;

internal sealed partial class StatementBinder
{
    private IReadOnlyList<SqlColumn> BindQuery(QueryExpression query, BinderScope? outer)
    {
        switch (query)
        {
            case QuerySpecification specification:
                return BindSpecification(specification, outer);
            case BinaryQueryExpression binary:
                return BindUnion(binary, outer);
            case QueryParenthesisExpression parenthesis:
                return BindQuery(parenthesis.QueryExpression, outer);
            default:
                Fault($"a query that is not looked at: {TSqlText.Of(query)}");
                return [];
        }
    }

    private List<SqlColumn> BindUnion(BinaryQueryExpression union, BinderScope? outer)
    {
        var first = BindQuery(union.FirstQueryExpression, outer);
        var second = BindQuery(union.SecondQueryExpression, outer);
        Require(first.Count == second.Count, $"{first.Count} columns together with {second.Count}: {TSqlText.Of(union)}");
        List<SqlColumn> rows = [];
        foreach (var (one, other) in first.Zip(second))
        {
            var type = Meet(one.Type, other.Type);
            Require(type is not null, $"{one.Name}: a {one.Type} together with a {other.Type}");
            rows.Add(one with { Type = type ?? one.Type });
        }

        // Of several queries only the columns have names.
        var scope = new BinderScope(null);
        scope.Add("", Table("", rows));
        foreach (var element in union.OrderByClause?.OrderByElements ?? [])
        {
            TypeOf(element.Expression, scope);
        }

        BindOffset(union.OffsetClause);
        return rows;
    }

    private List<SqlColumn> BindSpecification(QuerySpecification query, BinderScope? outer)
    {
        var scope = new BinderScope(outer);
        foreach (var table in query.FromClause?.TableReferences ?? [])
        {
            AddTable(table, scope);
        }

        BindCondition(query.WhereClause?.SearchCondition, scope);
        Group(query, scope);
        scope.MustBeGrouped = scope.Grouped is not null;
        BindCondition(query.HavingClause?.SearchCondition, scope);
        List<SqlColumn> rows = [];
        foreach (var element in query.SelectElements)
        {
            if (element is SelectScalarExpression scalar)
            {
                rows.Add(new SqlColumn(NameOf(scalar), TypeOf(scalar.Expression, scope)));
            }
            else
            {
                Fault($"a column that is not looked at: {TSqlText.Of(element)}");
            }
        }

        BindOrder(query, scope, rows);
        BindOffset(query.OffsetClause);
        return rows;
    }

    private void Group(QuerySpecification query, BinderScope scope)
    {
        if (query.GroupByClause is not null)
        {
            scope.Grouped = [];
        }
        else if (AggregateFinder.Has(query.SelectElements))
        {
            scope.Grouped = [];
            return;
        }

        foreach (var grouping in query.GroupByClause?.GroupingSpecifications ?? [])
        {
            if (grouping is ExpressionGroupingSpecification { Expression: ColumnReferenceExpression column })
            {
                TypeOf(column, scope);
                if (scope.KeyOf(column) is { } key)
                {
                    scope.Grouped!.Add(key);
                }
            }
            else
            {
                Fault($"grouped by what is no column: {TSqlText.Of(grouping)}");
            }
        }
    }

    // A name in the order is first that of a column of the answer, and only by itself: within an expression it is none.
    private void BindOrder(QuerySpecification query, BinderScope scope, List<SqlColumn> rows)
    {
        Require(
            query.OrderByClause is not { } order || order.OrderByElements.DistinctBy(element => TSqlText.Of(element.Expression)).Count() == order.OrderByElements.Count,
            $"ordered twice by the same: {TSqlText.Of(query)}");
        foreach (var element in query.OrderByClause?.OrderByElements ?? [])
        {
            var isOfAnswer = element.Expression is ColumnReferenceExpression { MultiPartIdentifier.Identifiers: [var name] }
                && rows.Exists(row => row.Name == name.Value);
            if (!isOfAnswer)
            {
                Require(element.Expression is not Literal, "ordered by a place");
                TypeOf(element.Expression, scope);
                Require(
                    query.UniqueRowFilter != UniqueRowFilter.Distinct || query.SelectElements.OfType<SelectScalarExpression>()
                        .Any(column => TSqlText.Of(column.Expression) == TSqlText.Of(element.Expression)),
                    $"ordered by {TSqlText.Of(element.Expression)}, which is not among the distinct columns");
            }
        }
    }

    private void BindOffset(OffsetClause? offset)
    {
        if (offset is not null)
        {
            TypeOf(offset.OffsetExpression, new BinderScope(null));
            TypeOf(offset.FetchExpression, new BinderScope(null));
        }
    }

    private void AddTable(TableReference reference, BinderScope scope)
    {
        switch (reference)
        {
            case NamedTableReference named:
                var name = named.SchemaObject.BaseIdentifier.Value;
                var known = tables.GetValueOrDefault(name);
                Require(known is not null, $"no table {name}");
                AddTable(named.Alias?.Value ?? name, known ?? new SqlTable(name), scope);
                break;
            case QueryDerivedTable derived:
                var rows = BindQuery(derived.QueryExpression, scope.Outer);
                Require(rows.All(row => row.Name.Length > 0), $"a column of {derived.Alias?.Value} has no name");
                Require(rows.DistinctBy(row => row.Name).Count() == rows.Count, $"a name is there twice in {derived.Alias?.Value}");
                AddTable(derived.Alias?.Value ?? "", Table(derived.Alias?.Value ?? "", rows), scope);
                break;
            case QualifiedJoin join:
                AddTable(join.FirstTableReference, scope);
                AddTable(join.SecondTableReference, scope);
                BindCondition(join.SearchCondition, scope);
                break;
            case UnqualifiedJoin { UnqualifiedJoinType: UnqualifiedJoinType.CrossJoin } join:
                AddTable(join.FirstTableReference, scope);
                AddTable(join.SecondTableReference, scope);
                break;
            default:
                Fault($"rows that are not looked at: {TSqlText.Of(reference)}");
                break;
        }
    }

    private void AddTable(string alias, SqlTable table, BinderScope scope) => Require(scope.Add(alias, table), $"{alias} is two tables");

    private static SqlTable Table(string name, IEnumerable<SqlColumn> columns)
    {
        var table = new SqlTable(name);
        table.Columns.AddRange(columns);
        return table;
    }

    private static string NameOf(SelectScalarExpression column) =>
        column.ColumnName?.Value ?? (column.Expression as ColumnReferenceExpression)?.MultiPartIdentifier?.Identifiers[^1].Value ?? "";

    /// <summary>Whether there is an aggregate of the query itself, not of one within.</summary>
    private sealed class AggregateFinder : TSqlFragmentVisitor
    {
        private bool _found;

        public static bool Has(IEnumerable<SelectElement> elements)
        {
            var finder = new AggregateFinder();
            foreach (var element in elements)
            {
                element.Accept(finder);
            }

            return finder._found;
        }

        public override void ExplicitVisit(FunctionCall node)
        {
            _found |= Aggregates.Contains(node.FunctionName.Value);
            base.ExplicitVisit(node);
        }

        public override void ExplicitVisit(ScalarSubquery node)
        {
        }
    }
}

using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace LabServer.Core.Tests.Storage.TSql;

internal sealed partial class StatementBinder
{
    // Written as we write them: names of functions are looked up as they stand.
    private static readonly HashSet<string> Aggregates = ["COUNT", "SUM", "MIN", "MAX"];

    // What both engines have and mean the same by, with how many values it takes.
    private static readonly Dictionary<string, (SqlType Type, int Fewest, int Most)> Functions = new(StringComparer.Ordinal)
    {
        ["CONCAT"] = (SqlType.Text, 2, 20),
        ["CHAR"] = (SqlType.Text, 1, 1),
        ["REPLACE"] = (SqlType.Text, 3, 3),
    };

    // Depth of aggregates around what is read.
    private int _aggregates;

    // The type that two values meet in; null: they cannot, or one of the engines would turn a text into a number.
    private static SqlType? Meet(SqlType one, SqlType other) =>
        one == SqlType.Any ? other
        : other == SqlType.Any || one == other ? one
        : one >= SqlType.Int && other >= SqlType.Int ? (SqlType)Math.Max((int)one, (int)other)
        : null;

    private void BindCondition(BooleanExpression? condition, BinderScope scope)
    {
        switch (condition)
        {
            case null:
                break;
            case BooleanBinaryExpression binary:
                BindCondition(binary.FirstExpression, scope);
                BindCondition(binary.SecondExpression, scope);
                break;
            case BooleanParenthesisExpression parenthesis:
                BindCondition(parenthesis.Expression, scope);
                break;
            case BooleanNotExpression not:
                BindCondition(not.Expression, scope);
                break;
            case BooleanComparisonExpression comparison:
                TypeOf(condition, scope, comparison.FirstExpression, comparison.SecondExpression);
                break;
            case BooleanIsNullExpression isNull:
                TypeOf(isNull.Expression, scope);
                break;
            case ExistsPredicate exists:
                BindQuery(exists.Subquery.QueryExpression, scope);
                break;
            case InPredicate { Subquery: { } subquery } within:
                TypeOf(condition, scope, within.Expression, subquery);
                break;
            case InPredicate within:
                TypeOf(condition, scope, [within.Expression, .. within.Values]);
                break;
            default:
                Fault($"a condition that is not looked at: {TSqlText.Of(condition)}");
                break;
        }
    }

    private SqlType TypeOf(ScalarExpression expression, BinderScope scope)
    {
        switch (expression)
        {
            case ColumnReferenceExpression { ColumnType: ColumnType.Regular } column:
                var found = scope.Resolve(column, out var fault);
                Require(fault is null, fault ?? "");
                return found?.Type ?? SqlType.Any;
            case VariableReference or NullLiteral:
                return SqlType.Any;
            case IntegerLiteral or GlobalVariableExpression { Name: "@@ROWCOUNT" }:
                return SqlType.Int;
            case StringLiteral text:
                Require(text.Value.All(char.IsAscii), $"a text beyond ASCII without N: {text.Value}");
                return SqlType.Text;
            case ParenthesisExpression parenthesis:
                return TypeOf(parenthesis.Expression, scope);
            case UnaryExpression unary:
                return TypeOf(unary.Expression, scope);
            case BinaryExpression binary:
                return TypeOfArithmetic(binary, scope);
            case ScalarSubquery subquery:
                var rows = BindQuery(subquery.QueryExpression, scope);
                Require(rows.Count == 1, $"not one column: {TSqlText.Of(subquery)}");
                Require(_aggregates == 0, $"a query within an aggregate: {TSqlText.Of(subquery)}");
                return rows is [var only, ..] ? only.Type : SqlType.Any;
            case SearchedCaseExpression choice:
                choice.WhenClauses.ToList().ForEach(when => BindCondition(when.WhenExpression, scope));
                return TypeOf(expression, scope, [.. choice.WhenClauses.Select(when => when.ThenExpression), .. Given(choice.ElseExpression)]);
            case CoalesceExpression coalesce:
                return TypeOf(expression, scope, [.. coalesce.Expressions]);
            case NullIfExpression nullIf:
                return TypeOf(expression, scope, nullIf.FirstExpression, nullIf.SecondExpression);
            case CastCall cast:
                return TypeOfCast(cast, scope);
            case FunctionCall call:
                return TypeOfCall(call, scope);
            default:
                Fault($"an expression that is not looked at: {TSqlText.Of(expression)}");
                return SqlType.Any;
        }
    }

    // Of values that have to be of one type.
    private SqlType TypeOf(TSqlFragment whole, BinderScope scope, params ReadOnlySpan<ScalarExpression> expressions)
    {
        var together = SqlType.Any;
        foreach (var expression in expressions)
        {
            var type = TypeOf(expression, scope);
            Require(Meet(together, type) is not null, $"a {together} together with a {type}: {TSqlText.Of(whole)}");
            together = Meet(together, type) ?? together;
        }

        return together;
    }

    private SqlType TypeOfArithmetic(BinaryExpression binary, BinderScope scope)
    {
        var type = TypeOf(binary, scope, binary.FirstExpression, binary.SecondExpression);
        Require(type is not SqlType.Text and not SqlType.Bytes, $"arithmetic with a {type}: {TSqlText.Of(binary)}");
        Require(
            binary.BinaryExpressionType is BinaryExpressionType.Add or BinaryExpressionType.Subtract or BinaryExpressionType.Multiply
                or BinaryExpressionType.Modulo or BinaryExpressionType.BitwiseAnd,
            $"arithmetic that is not looked at: {TSqlText.Of(binary)}");
        return type;
    }

    // SQLite gives by the letters in the name of a type: what is none of these becomes a number of some kind.
    private SqlType TypeOfCast(CastCall cast, BinderScope scope)
    {
        TypeOf(cast.Parameter, scope);
        if (cast.DataType is SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.BigInt })
        {
            return SqlType.Bigint;
        }

        Fault($"a cast that is not looked at: {TSqlText.Of(cast)}");
        return SqlType.Any;
    }

    private SqlType TypeOfCall(FunctionCall call, BinderScope scope)
    {
        var name = call.FunctionName.Value;
        if (Aggregates.Contains(name))
        {
            return TypeOfAggregate(call, scope);
        }

        if (call is { FunctionName.Value: "ROW_NUMBER", Parameters.Count: 0, OverClause: { Partitions.Count: 0, OrderByClause: { } order } })
        {
            order.OrderByElements.ToList().ForEach(element => TypeOf(element.Expression, scope));
            return SqlType.Bigint;
        }

        if (!Functions.TryGetValue(name, out var function) || call.OverClause is not null)
        {
            Fault($"a function that is not known of both engines: {TSqlText.Of(call)}");
            return SqlType.Any;
        }

        Require(call.Parameters.Count >= function.Fewest && call.Parameters.Count <= function.Most, $"{name} does not take as much: {TSqlText.Of(call)}");
        foreach (var parameter in call.Parameters)
        {
            TypeOf(parameter, scope);
        }

        return function.Type;
    }

    private SqlType TypeOfAggregate(FunctionCall call, BinderScope scope)
    {
        var name = call.FunctionName.Value;
        Require(call.Parameters.Count == 1, $"{name} of several values, which is no aggregate: {TSqlText.Of(call)}");
        Require(_aggregates == 0, $"an aggregate within an aggregate: {TSqlText.Of(call)}");
        if (call.Parameters[0] is ColumnReferenceExpression { ColumnType: ColumnType.Wildcard })
        {
            return SqlType.Int;
        }

        var mustBeGrouped = scope.MustBeGrouped;
        (scope.MustBeGrouped, _aggregates) = (false, _aggregates + 1);
        var type = TypeOf(call.Parameters[0], scope);
        (scope.MustBeGrouped, _aggregates) = (mustBeGrouped, _aggregates - 1);
        return name == "COUNT" ? SqlType.Int : type;
    }

    private static IEnumerable<ScalarExpression> Given(ScalarExpression? expression) => expression is null ? [] : [expression];
}

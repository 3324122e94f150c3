using System.Reflection;
using LabServer.Core.Storage;

namespace LabServer.Core.Tests.Storage.TSql;

/// <summary>What SQL Server is told in its own words, read by its own grammar.</summary>
public sealed class SqlServerTextTests
{
    public static TheoryData<string> Names => [.. Constants().Select(constant => constant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_OfTheEngine_IsTSql(string name)
    {
        var (statements, faults) = TSqlText.Parse((string)Constants().Single(field => field.Name == name).GetRawConstantValue()!);

        Assert.Empty(faults);
        Assert.NotEmpty(statements);
    }

    [Theory]
    [InlineData("SELECT a FROM t", "")]
    [InlineData("UPDATE t SET a = @a, b = @b2 WHERE c = @a", "@a @b2")]
    [InlineData("SELECT '@no', \"@no\", @yes", "@yes")]
    [InlineData("SELECT 'it''s @no', @yes", "@yes")]
    [InlineData("SELECT @a -- @no\n, @b", "@a @b")]
    [InlineData("SELECT @a; IF @@ROWCOUNT = 0 SELECT @b", "@a @b")]
    [InlineData("SELECT @a-@b - -@c", "@a @b @c")]
    [InlineData("SELECT @ab, @a", "@ab @a")]
    public void ParametersOf_AStatement_AreItsNamesInTheOrderInWhichTheyFirstStand(string sql, string names) =>
        Assert.Equal(names, string.Join(' ', SqlServerText.ParametersOf(sql)));

    // A row statement is given the parameters in this order, whichever engine is below it.
    [Fact]
    public void ParametersOf_EveryWrite_AreTheColumnsInTheirOrder() => Assert.All(
        typeof(Database).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(field => field.FieldType == typeof(RowWrite))
            .Select(field => (RowWrite)field.GetValue(null)!),
        write => Assert.Equal(write.Columns.Select(column => $"@{column}"), SqlServerText.ParametersOf(SqlServerText.Of(write))));

    [Theory]
    [InlineData("DELETE FROM t WHERE a = @a AND b = '@a'", "DELETE FROM t WHERE a = @a_0 AND b = '@a';\nDELETE FROM t WHERE a = @a_1 AND b = '@a';\n")]
    [InlineData("A @b; IF @@ROWCOUNT = 0 C @b", "A @b_0; IF @@ROWCOUNT = 0 C @b_0;\nA @b_1; IF @@ROWCOUNT = 0 C @b_1;\n")]
    public void Repeated_AStatement_HasParametersOfItsOwnEachTime(string sql, string twice) => Assert.Equal(twice, SqlServerText.Repeated(sql, 2));

    [Fact]
    public void Repeated_EveryWrite_IsGoodForSqlServer()
    {
        var tables = SqlServerSchema.OfWriter().Tables;
        Assert.All(
            StoreStatements.For(SqlServerText.Of, SqlServerText.TakeFirst).Where(statement => !statement.Sql.StartsWith("SELECT", StringComparison.Ordinal)),
            statement =>
            {
                var (once, _) = TSqlText.Parse(statement.Sql);
                var (statements, faults) = TSqlText.Parse(SqlServerText.Repeated(statement.Sql, 3));
                Assert.Equal((3 * once.Count, ""), (statements.Count, string.Join('\n', faults.Concat(StatementBinder.Bind(tables, statements)))));
            });
    }

    private static IEnumerable<FieldInfo> Constants() =>
        typeof(SqlServerText).GetFields(BindingFlags.Static | BindingFlags.Public).Where(field => field.IsLiteral);
}

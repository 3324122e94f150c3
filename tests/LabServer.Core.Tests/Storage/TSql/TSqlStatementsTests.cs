using LabServer.Core.Storage;

namespace LabServer.Core.Tests.Storage.TSql;

/// <summary>
/// Every statement of the stores as SQL Server would get it, read by its own grammar and held against the schema files:
/// what can be known of a statement where there is no server to run it.
/// </summary>
public sealed class TSqlStatementsTests
{
    private static readonly SqlServerSchema Schema = SqlServerSchema.OfWriter();

    public static TheoryData<string> Stores => [.. Statements().Select(statement => statement.Store).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Stores))]
    public void Statement_OfTheStore_IsGoodForSqlServer(string store)
    {
        List<string> faults = [.. Statements().Where(statement => statement.Store == store)
            .SelectMany(statement => Faults(statement.Sql).Select(fault => $"{statement.Name}: {fault}"))];

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Statements_AreAllThatSqliteHas()
    {
        var sqlite = new SqliteDialect("none");

        Assert.Equal(
            StoreStatements.For(sqlite.TextOf, sqlite.TakeFirst).Select(statement => (statement.Store, statement.Name)),
            Statements().Select(statement => (statement.Store, statement.Name)));
    }

    // One of each kind of mistake, so that a check that finds nothing any more is seen.
    [Theory]
    [InlineData("SELECT 1 FROM result LIMIT 5", "Incorrect syntax")]
    [InlineData("SELECT EXISTS (SELECT 1 FROM result) FROM study", "Incorrect syntax")]
    [InlineData("SELECT study_key FROM study WHERE study_id = 'a' OR @all", "Incorrect syntax near '@all'")]
    [InlineData("INSERT OR REPLACE INTO unit (unit) VALUES (@unit)", "Incorrect syntax")]
    [InlineData("INSERT INTO unit (unit) VALUES (@unit) ON CONFLICT (unit) DO NOTHING", "Incorrect syntax")]
    [InlineData("SELECT x'' FROM study", "no column x")]
    [InlineData("SELECT trigger FROM job_run", "Incorrect syntax")]
    [InlineData("SELECT study_key FROM study\nGO\nSELECT 1", "There is a GO in it")]
    [InlineData("SELECT study_key FROM studies", "no table studies")]
    [InlineData("SELECT study_name FROM study", "no column study_name")]
    [InlineData("SELECT r.study_key FROM study s", "no column r . study_key")]
    [InlineData("SELECT study_key FROM study s JOIN subject u ON u.study_key = s.study_key", "study_key may be of several tables")]
    [InlineData("SELECT s.study_key FROM study s JOIN subject s ON 1 = 1", "s is two tables")]
    [InlineData("SELECT x.title FROM (SELECT study_id FROM study) x", "no column x . title")]
    [InlineData("SELECT x.a FROM (SELECT study_id FROM study ORDER BY study_id) x", "The ORDER BY clause is not valid in views")]
    [InlineData("SELECT x.study_id FROM (SELECT study_id, COUNT(*) FROM study GROUP BY study_id) x", "a column of x has no name")]
    [InlineData("SELECT subject_id, arm FROM subject GROUP BY arm", "subject_id is neither grouped nor in an aggregate")]
    [InlineData("SELECT arm, COUNT(*) FROM subject", "arm is neither grouped nor in an aggregate")]
    [InlineData("SELECT arm FROM subject GROUP BY arm ORDER BY subject_id", "subject_id is neither grouped nor in an aggregate")]
    [InlineData("SELECT COUNT(*) AS \"Total\" FROM subject s GROUP BY s.arm + 1", "grouped by what is no column")]
    [InlineData("SELECT arm AS a FROM subject GROUP BY a", "no column a")]
    [InlineData("SELECT arm AS a FROM subject WHERE a = ''", "no column a")]
    [InlineData("SELECT DISTINCT arm FROM subject ORDER BY sex", "ordered by sex, which is not among the distinct columns")]
    [InlineData("SELECT arm FROM subject ORDER BY 1", "ordered by a place")]
    [InlineData("SELECT arm FROM subject ORDER BY arm, sex, arm", "ordered twice by the same")]
    [InlineData("SELECT SUM((SELECT COUNT(*) FROM study)) FROM subject", "a query within an aggregate")]
    [InlineData("SELECT SUM(MAX(sex)) FROM subject", "an aggregate within an aggregate")]
    [InlineData("SELECT MAX(sex, 1) FROM subject", "MAX of several values")]
    [InlineData("SELECT INSTR(arm, 'a') FROM subject", "a function that is not known of both engines")]
    [InlineData("SELECT LEN(arm) FROM subject", "a function that is not known of both engines")]
    [InlineData("SELECT arm + 'x' FROM subject", "arithmetic with a Text")]
    [InlineData("SELECT arm || 'x' FROM subject", "arithmetic that is not looked at")]
    [InlineData("SELECT sex FROM subject WHERE arm = 1", "a Text together with a Int")]
    [InlineData("SELECT sex FROM subject UNION SELECT arm FROM subject", "sex: a Bigint together with a Text")]
    [InlineData("SELECT sex FROM subject UNION SELECT sex, arm FROM subject", "1 columns together with 2")]
    [InlineData("SELECT sex FROM subject WHERE sex IN (SELECT sex, arm FROM subject)", "not one column")]
    [InlineData("SELECT COUNT(*) AS Subjects FROM subject", "Subjects is an INT")]
    [InlineData("SELECT CAST(arm AS INTEGER) FROM subject", "a cast that is not looked at")]
    [InlineData("INSERT INTO unit (units) VALUES (@unit)", "unit has no column units")]
    [InlineData("INSERT INTO unit (unit) VALUES (@unit, 1)", "1 columns of unit get 2 values")]
    [InlineData("INSERT INTO unit (unit_key, unit) VALUES (@key, @unit)", "unit.unit_key is numbered by the engine")]
    [InlineData("INSERT INTO pending_series (subject_key, test_key) VALUES (1, 2)", "pending_series.mark gets no value")]
    [InlineData("INSERT INTO unit (unit) VALUES (7)", "unit.unit, a Text, gets a Int")]
    [InlineData("SELECT ROW_NUMBER() OVER (PARTITION BY unit ORDER BY unit_key) FROM unit", "a function that is not known")]
    [InlineData("SELECT ROW_NUMBER() OVER (ORDER BY unit_keys) FROM unit", "no column unit_keys")]
    [InlineData("SELECT position FROM \"#send\"", "no table #send")]
    [InlineData("UPDATE unit SET units = @unit", "unit has no column units")]
    [InlineData("UPDATE unit SET unit = @unit FROM unit", "a statement that is not looked at")]
    [InlineData("DELETE FROM units", "no table units")]
    [InlineData("DELETE FROM unit WHERE unit_keys = 1", "no column unit_keys")]
    [InlineData("MERGE INTO unit u USING test t ON t.test = u.unit WHEN MATCHED THEN DELETE;", "MERGE")]
    [InlineData("SELECT unit FROM unit WITH (READPAST)", "a table hint")]
    [InlineData("SELECT unit FROM unit OPTION (RECOMPILE)", "a query hint")]
    [InlineData("SELECT TOP 5 unit FROM unit", "TOP")]
    [InlineData("SELECT * FROM unit", "SELECT *")]
    [InlineData("SELECT unit FROM dbo.unit", "a name of several parts")]
    [InlineData("WITH u AS (SELECT unit FROM unit) UPDATE u SET unit = ''", "WITH")]
    [InlineData("SELECT unit FROM unit WHERE unit LIKE 'a%'", "a condition that is not looked at")]
    [InlineData("SELECT unit FROM unit WHERE unit = 'µL'", "a text beyond ASCII")]
    public void Faults_OfABrokenStatement_SayWhatIsWrong(string sql, string fault) =>
        Assert.Contains(Faults(sql), found => found.StartsWith(fault, StringComparison.Ordinal) || found.Contains(": " + fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("SELECT s.study_id AS StudyId, CAST(COUNT(*) AS BIGINT) AS Subjects FROM study s JOIN subject u ON u.study_key = s.study_key GROUP BY s.study_id ORDER BY Subjects")]
    [InlineData("SELECT s.study_id FROM study s WHERE EXISTS (SELECT 1 FROM subject u WHERE u.study_key = s.study_key) ORDER BY s.created_us")]
    [InlineData("UPDATE unit SET unit = @unit WHERE unit_key = (SELECT MAX(u.unit_key) FROM unit u)")]
    public void Faults_OfASoundStatement_AreNone(string sql) => Assert.Empty(Faults(sql));

    private static IEnumerable<StoreStatement> Statements() => StoreStatements.For(SqlServerText.Of, SqlServerText.TakeFirst);

    private static IEnumerable<string> Faults(string sql)
    {
        var (statements, faults) = TSqlText.Parse(sql);
        return [.. faults, .. StatementBinder.Bind(Schema.Tables, statements)];
    }
}

using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LabServer.Core.Tests.Storage;

/// <summary>The visit and the text of a value that a series keeps: the same whether taken up or migrated.</summary>
public sealed class ObservedVisitsTests
{
    private const string SelectObserved = """
        SELECT r.source_result_id || ': ' || COALESCE(v.visit, '-') || '/' || COALESCE(v.visit_number, '-') || '/' || COALESCE(t.text, '-')
        FROM observation o
        JOIN result r ON r.result_key = o.result_key
        LEFT JOIN sent_visit v ON v.visit_key = o.visit_key
        LEFT JOIN sent_text t ON t.text_key = o.text_key
        ORDER BY 1
        """;

    private static readonly string[] Expected =
        ["r1: WEEK 2/4/-", "r2: -/-/-", "r3: WEEK 2/4/QNS", "r4:  Week 2 //-", "r5: /9.5/QNS", "r6: WEEK 3/5/-"];

    [SqliteFact]
    public async Task TakeUp_ResultsWithVisits_KeepsThemAsSent()
    {
        await using var study = await TestStudy.Create();
        await Bring(study);

        using var connection = study.Database.Read();

        Assert.Equal(Expected, connection.Query<string>(SelectObserved));
        Assert.Equal([" Week 2 |", "WEEK 2|4", "WEEK 3|5", "|9.5"], Sorted(connection, "SELECT visit || '|' || visit_number FROM sent_visit"));
        Assert.Equal(["QNS"], Sorted(connection, "SELECT text FROM sent_text"));
    }

    [SqliteFact]
    public async Task Upgrade_DatabaseOfAnOlderProgram_FillsThemFromTheResultsAndGradesNothingAgain()
    {
        await using var study = await TestStudy.Create();
        await Bring(study);
        await study.Grade();
        await study.Execute("""
            ALTER TABLE observation DROP COLUMN visit_key;
            ALTER TABLE observation DROP COLUMN text_key;
            DROP TABLE sent_visit;
            DROP TABLE sent_text;
            DELETE FROM schema_journal WHERE number = 12;
            """);
        string file;
        using (var connection = study.Database.Read())
        {
            file = ((SqliteConnection)connection).DataSource;
        }

        await using var upgraded = Database.Open(new SqliteDialect(file), TimeProvider.System, session => RuleSetStore.Register(session, RuleSets.All));
        using var after = upgraded.Read();

        Assert.Equal(Expected, after.Query<string>(SelectObserved));
        Assert.Equal(0, after.ExecuteScalar<long>("SELECT COUNT(*) FROM pending_series"));
    }

    private static async Task Bring(TestStudy study)
    {
        await study.Register("01");
        await study.Push(
            TestStudy.Alt("r1", "30", "2021-03-05") with { Visit = "WEEK 2", VisitNumber = "4" },
            TestStudy.Alt("r2", "<5", "2021-03-06"),
            TestStudy.Alt("r3", "QNS", "2021-03-07") with { Visit = "WEEK 2", VisitNumber = "4" },
            TestStudy.Alt("r4", "31", "2021-03-08") with { Visit = " Week 2 " },
            TestStudy.Alt("r5", "QNS", "2021-03-09") with { VisitNumber = "9.5" },
            TestStudy.Alt("r6", "30", "2021-03-10") with { Visit = "WEEK 2", VisitNumber = "4" });
        await study.Push(TestStudy.Alt("r6", "32", "2021-03-10", version: 2) with { Visit = "WEEK 3", VisitNumber = "5", Status = ResultStatus.Corrected });
        await study.Grade();
    }

    private static IEnumerable<string> Sorted(System.Data.Common.DbConnection connection, string sql) =>
        connection.Query<string>(sql).Order(StringComparer.Ordinal);
}

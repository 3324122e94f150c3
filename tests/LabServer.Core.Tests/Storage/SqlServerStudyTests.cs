using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using LabServer.Core.Tests.Support.Tds;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Storage;

/// <summary>
/// A study by way of the dialect and the client of SQL Server, down to the protocol, with SQLite to run what both engines
/// understand: it leaves what the same study leaves on SQLite. What SQL Server itself makes of the statements is not in it.
/// </summary>
public sealed class SqlServerStudyTests : IAsyncLifetime
{
    // Random, or made of what is.
    private static readonly string[] Sealed = ["salt", "sealed_hash", "hash"];

    private static readonly FixedTime Time = new("2021-06-01T12:00:00Z");

    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [SqlClientFact]
    public async Task Study_FromResultsToEvents_IsWhatItIsOnSqlite()
    {
        var (direct, behind) = (await Prepare("direct.db"), await Prepare("behind.db"));
        var server = SqliteEngine.Start(behind, Time);
        var dialect = new SqlServerDialect(server.ConnectionString);
        string expected, found;
        await using (var study = Join(new SqliteDialect(direct, isShared: true), Time))
        {
            expected = await Run(study);
        }

        await using (server)
        {
            await using var study = Join(dialect, Time);
            found = await Run(study);
        }

        Assert.Equal(expected, found);
        Assert.Equal(Tables(direct), Tables(behind));
        Assert.Contains("result: 15 rows", string.Join('\n', Tables(direct)), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Tables(string path) => DatabaseDump.Tables(path, ["server", "grading_share", "schema_journal"], Sealed);

    private static async Task<string> Run(TestStudy study)
    {
        await study.Register("01");
        await study.Register("02", arm: "B");
        var answers = new List<ResultOutcome>();
        answers.AddRange(await study.Push(
            Alt("a", "30", "2021-02-27"), Alt("b", "130", "2021-03-05"), Alt("b", "131", "2021-03-05"), Alt("c", "90", "2021-03-06", subjectId: "02"),
            Alt("d", "250", "2021-03-07", subjectId: "99"), Alt("e", "1,5", "2021-03-07"), Alt("f", "8", "2021-03-07") with { ReportedUnit = "furlong" },
            Of("wbc", "WBC", "5.0", "10*9/L"), Of("lym", "LYMLE", "30", "%"), Of("cd4", "CD4PCT", "40", "%"), Of("cd8", "CD8PCT", "20", "%")));
        await study.Grade();
        await study.Register("99");
        answers.AddRange(await study.Push(Alt("b", "330", "2021-03-05", version: 2), Alt("a", "30", "2021-02-27"), Alt("g", "41", "2021-03-08", subjectId: "02")));
        await study.Grade();
        await study.Import(apply: true, "ALT | | | | | | | 5 | 50 | U/L");
        await study.Grade();
        var again = await study.GradeFully();

        return string.Join(
            '\n',
            [
                .. answers.Select(answer => $"{answer.Disposition} {answer.OnFile} {answer.HoldReasons} {answer.Faults.Count}"),
                .. study.AllEvents().Select(found => $"{found}"),
                .. study.AllChanges().Select(change => $"{change}"),
                .. study.AllAlerts().Select(alert => $"{alert}"),
                $"{study.Incidence()} {again.Differences}",
            ]);
    }

    private static LabResult Of(string id, string test, string value, string unit) =>
        Alt(id, value, "2021-03-05") with { TestCode = test, ReportedUnit = unit, ReferenceLow = "", ReferenceHigh = "" };

    private async Task<string> Prepare(string name)
    {
        var path = Path.Combine(_folder, name);
        var database = Database.Open(new SqliteDialect(path), Time, session => RuleSetStore.Register(session, Core.Grading.RuleSets.All));
        await using (database)
        {
            await new StudyStore(database, Time).Create(
                new Study { StudyId = StudyId, TimeZone = "UTC", RuleSets = [Study.DefaultRuleSet], Arms = ["A", "B"] }, Tester, CancellationToken.None);
        }

        return path;
    }
}

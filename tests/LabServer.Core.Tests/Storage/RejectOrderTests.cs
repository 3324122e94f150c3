using System.Text.Json;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Storage;

/// <summary>The key of the reject log, which was the hash alone up to schema 18 and is led by the sender's id since.</summary>
public sealed class RejectOrderTests : IDisposable
{
    private const int LastByHash = 18;

    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;

    private string File => Path.Combine(_folder, "labserver.db");

    public static TheoryData<string> Ids =>
    [
        "r1", "", "O'Brien/<1>", "\u00FC\u4E2D\U0001F9EA", "a\0b", "\"quoted\\\"",
        new string('x', 200), new string('x', 201), new string('\u00FC', 100), new string('\u00FC', 101), string.Concat(Enumerable.Repeat("\U0001F9EA", 150)),
    ];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Append_RejectedBeforeTheUpgradeAndSentAgain_IsDuplicateOfTheEntry(string sourceResultId)
    {
        var result = Alt("", "30", "2021-13-40") with { StudyId = StudyId, Laboratory = Laboratory, SourceResultId = sourceResultId };
        MakeOld(result);
        var catalogue = TestCatalogue.Default;
        var context = new CheckContext(TimeProvider.System, TimeZoneInfo.Utc, catalogue);
        await using var database = Database.Open(
            new SqliteDialect(File), TimeProvider.System, session => RuleSetStore.Register(session, RuleSets.All));
        var results = new ResultStore(database, new SubjectDirectory(), CatalogueStore.Open(database, catalogue), TimeProvider.System);
        var study = new StudyStore(database, TimeProvider.System).Find(StudyId)!;

        var outcomes = await results.Append(
            new ResultBatch(study, Laboratory, "tester", context, [ResultChecks.Check(result, context), ResultChecks.Check(result with { Visit = "Other" }, context)]),
            CancellationToken.None);

        Assert.Equal([Disposition.Duplicate, Disposition.Rejected], outcomes.Select(outcome => outcome.Disposition));
        Assert.Equal([result, result with { Visit = "Other" }], results.ListRejected(study.StudyKey, 0, 10).Select(rejected => rejected.Result));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Append_RejectedTwice_IsOneEntry(string sourceResultId)
    {
        await using var study = await Create();
        var result = Alt("", "30", "2021-13-40") with { SourceResultId = sourceResultId };

        var outcomes = await study.Push(result, result, result with { Visit = "Other" });

        Assert.Equal([Disposition.Rejected, Disposition.Duplicate, Disposition.Rejected], outcomes.Select(outcome => outcome.Disposition));
        Assert.Equal(2, study.Studies.Count(study.Study.StudyKey).Rejected);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // As it was written then: every property, empty ones too.
    private void MakeOld(LabResult rejected)
    {
        var dialect = new SqliteDialect(File);
        using var connection = dialect.OpenWriter();
        SchemaUpgrade.RunThrough(connection, dialect, TimeProvider.System, LastByHash);
        connection.Execute("""
            INSERT INTO study (study_key, study_id, title, time_zone, full_grading_cron, created_us) VALUES (1, @StudyId, '', 'UTC', '', 0);
            INSERT INTO laboratory (laboratory_key, study_key, laboratory) VALUES (1, 1, @Laboratory);
            INSERT INTO sender (sender_key, sender) VALUES (1, 'tester');
            INSERT INTO rejected_result (laboratory_key, content_hash, sent, faults, received_us, sender_key) VALUES (1, @Hash, @Sent, '[]', 0, 1);
            """,
            new { rejected.StudyId, rejected.Laboratory, Hash = rejected.ContentHash(), Sent = JsonSerializer.Serialize(rejected) });
    }
}

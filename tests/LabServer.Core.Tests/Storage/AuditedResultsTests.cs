using System.Text.Json;
using LabServer.Core.Audit;
using LabServer.Core.Ingestion;
using LabServer.Core.Tests.Audit;
using LabServer.Core.Tests.Support;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Storage;

public sealed class AuditedResultsTests
{
    [Fact]
    public async Task Append_ResultsOfOneCommit_AreOneEntryWithTheirCounts()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(
            Alt("a", "30", "2021-03-02"), Alt("b", "31", "2021-03-02", "99"), Alt("c", "30", "2021-13-40"), Alt("a", "32", "2021-03-02", version: 2),
            Alt("a", "30", "2021-03-02"));

        var stored = Assert.Single(Groups(study));

        Assert.Equal(("tester", "S1", Laboratory), (stored.Entry.Caller, stored.Entry.StudyId, stored.Entry.Target));
        var audited = JsonSerializer.Deserialize<AuditedResults>(stored.Entry.After, JsonSerializerOptions.Web)!;
        Assert.Equal((1, 1, 1, 1, 1), (audited.Accepted, audited.Amended, audited.Held, audited.Rejected, audited.Duplicate));
        Assert.Equal((3, 1L, 3L, 1), (audited.Stored!.Rows, audited.Stored.First, audited.Stored.Last, audited.Rejects!.Rows));
        Assert.Empty(study.Trail.CheckResults(stored));
    }

    [Fact]
    public async Task Append_EverythingOnFile_LeavesNoEntry()
    {
        await using var study = await Create();
        await study.Push(Alt("a", "30", "2021-03-02"), Alt("c", "30", "2021-13-40"));
        await study.Push(Alt("a", "30", "2021-03-02"), Alt("c", "30", "2021-13-40"));

        Assert.Single(Groups(study));
    }

    [Fact]
    public async Task Append_SeveralBatchesInOneTransaction_ShareAnEntryByLaboratoryAndSender()
    {
        await using var study = await Create();

        // The writer is kept busy until all batches wait: they then go into one transaction.
        using var gate = new ManualResetEventSlim();
        var busy = study.Database.Writer.Run(_ => gate.Wait(), rows: 1, CancellationToken.None);
        var pushes = new List<Task>();
        foreach (var (id, sender) in new[] { ("a", "one"), ("b", "one"), ("c", "two") })
        {
            var context = new CheckContext(TimeProvider.System, TimeZoneInfo.Utc, study.Catalogue.Value);
            pushes.Add(study.Results.Append(
                new ResultBatch(study.Study, Laboratory, sender, context, [ResultChecks.Check(Alt(id, "30", "2021-03-02"), context)]), CancellationToken.None));
        }

        gate.Set();
        await Task.WhenAll([busy, .. pushes]);

        var groups = Groups(study);
        Assert.Equal(["one", "two"], groups.Select(stored => stored.Entry.Caller).Distinct().Order(StringComparer.Ordinal));
        Assert.True(groups.Count <= 3);
        Assert.All(groups, stored => Assert.Empty(study.Trail.CheckResults(stored)));
        Assert.Empty(AuditChain.Check(study.AllEntries(), study.Trail.Anchor()));
    }

    [Theory]
    [InlineData("UPDATE result SET reported_value = '31' WHERE source_result_id = 'b'")]
    [InlineData("UPDATE result SET subject_id = '02' WHERE source_result_id = 'b'")]
    [InlineData("DELETE FROM result WHERE source_result_id = 'b'")]
    [InlineData("UPDATE rejected_result SET sent = REPLACE(sent, '2021-13-40', '2021-13-41')")]
    [InlineData("UPDATE rejected_result SET sent = REPLACE(sent, '{', '')")]
    [InlineData("DELETE FROM rejected_result")]
    public async Task CheckResults_RowIsNotAsItWasReceived_NamesTheEntry(string sql)
    {
        await using var study = await Create();
        await study.Push(Alt("a", "30", "2021-03-02"), Alt("b", "30", "2021-03-03"), Alt("c", "30", "2021-13-40"));
        await study.Push(Alt("d", "30", "2021-03-04"));
        await study.Execute(sql);

        var faults = Groups(study).SelectMany(study.Trail.CheckResults).ToList();

        var fault = Assert.Single(faults);
        Assert.Equal((Groups(study)[0].Number, FaultCode.AuditedResultsChanged), (fault.Number, fault.Code));
    }

    [SqliteTheory]
    [InlineData("result", "result_key = 99, source_result_id = 'z'", "1 results are")]
    [InlineData("rejected_result", "rejected_key = 99, content_hash = x'00'", "1 rejected results are")]
    public async Task CheckUnaudited_RowPutInBehindAllOthers_IsFound(string table, string set, string expected)
    {
        await using var study = await Create();
        await study.Push(Alt("a", "30", "2021-03-02"), Alt("c", "30", "2021-13-40"));
        await study.Push(Alt("d", "30", "2021-03-04"), Alt("e", "30", "2021-13-40"));
        Assert.Empty(study.Trail.CheckUnaudited(7));
        await study.Execute($"CREATE TEMP TABLE forged AS SELECT * FROM {table} LIMIT 1; UPDATE forged SET {set}; INSERT INTO {table} SELECT * FROM forged");

        var fault = Assert.Single(study.Trail.CheckUnaudited(7));

        Assert.Empty(Groups(study).SelectMany(study.Trail.CheckResults));
        Assert.Equal((7L, FaultCode.AuditedResultsChanged), (fault.Number, fault.Code));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckUnaudited_ResultsThatAreOlderThanTheTrail_DoNotCount()
    {
        await using var study = await Create();
        await study.Push(Alt("a", "30", "2021-03-02"));
        await study.Push(Alt("b", "30", "2021-03-02"));
        await study.Execute("DROP TRIGGER audit_entry_no_delete; DELETE FROM audit_entry WHERE action = 'RESULTS_RECEIVED' AND after_json LIKE '%\"first\":1,%'");

        Assert.Empty(study.Trail.CheckUnaudited(7));
    }

    [Fact]
    public async Task Grade_ThatChangesFlagsAlone_HasAnEntry()
    {
        await using var study = await Create();
        await study.Register("01");
        // No term grades it.
        await study.Push(Alt("a", "90", "2021-03-02") with { TestCode = "MCV", ReportedUnit = "fL", Status = ResultStatus.Preliminary });
        await study.Grade();

        var entry = Assert.Single(study.AllEntries(), stored => stored.Entry.Action == AuditAction.GradesChanged).Entry;
        Assert.Contains("\"differences\":0,\"flagged\":1", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grade_ThatChangesGrades_HasAnEntryAndAgainHasNone()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Alt("a", "30", "2021-03-01"), Alt("b", "300", "2021-03-05"));
        await study.Grade();
        var number = study.Trail.Anchor().Number;

        Assert.Contains(study.AllEntries(), stored => stored.Entry is { Action: AuditAction.GradesChanged, Caller: "(server)" });
        await study.GradeFully();

        Assert.Equal(number, study.Trail.Anchor().Number);
        Assert.All(Groups(study), stored => Assert.Empty(study.Trail.CheckResults(stored)));
    }

    private static List<StoredAuditEntry> Groups(TestStudy study) =>
        [.. study.AllEntries().Where(stored => stored.Entry.Action == AuditAction.ResultsReceived)];
}

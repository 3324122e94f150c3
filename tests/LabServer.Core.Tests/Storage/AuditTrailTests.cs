using System.Globalization;
using LabServer.Core.Access;
using LabServer.Core.Audit;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Audit;
using LabServer.Core.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LabServer.Core.Tests.Storage;

public sealed class AuditTrailTests
{
    [Fact]
    public async Task Trail_OfANewDatabase_BeginsWithSchemaAndRuleSets()
    {
        await using var study = await TestStudy.Create();

        var entries = study.AllEntries();

        Assert.Equal(
            [AuditAction.TrailStarted, AuditAction.RuleSetsRegistered, AuditAction.StudyCreated],
            entries.Select(stored => stored.Entry.Action).Where(action => action != AuditAction.SchemaUpgraded));
        Assert.Contains("0001_studies.sqlite.sql", entries[0].Entry.After, StringComparison.Ordinal);
        Assert.Contains("ctcae-6.0", entries.Single(stored => stored.Entry.Action == AuditAction.RuleSetsRegistered).Entry.After, StringComparison.Ordinal);
        Assert.Equal(("tester", "a test", "S1"), (entries[^1].Entry.Caller, entries[^1].Entry.Reason, entries[^1].Entry.StudyId));
        Assert.Empty(AuditChain.Check(entries, study.Trail.Anchor()));
    }

    [Fact]
    public async Task Import_NewChangedAndUnchangedSubject_HasAnEntryEachChangeWithBeforeAndAfter()
    {
        await using var study = await TestStudy.Create();
        var from = study.Trail.Anchor().Number;
        await study.Register("01");
        await study.Register("01");
        await study.Register("01", arm: "B", firstDoseAt: "2021-03-02");

        var entries = study.Trail.Read(from, long.MaxValue, ArmSight.Unblinded).Take(2).ToList();

        Assert.Equal([AuditAction.SubjectRegistered, AuditAction.SubjectChanged], entries.Select(stored => stored.Entry.Action));
        Assert.Equal(from + 2, study.Trail.Anchor().Number);
        Assert.Equal("", entries[0].Entry.Before);
        Assert.Contains("2021-03-01", entries[1].Entry.Before, StringComparison.Ordinal);
        Assert.Contains("2021-03-02", entries[1].Entry.After, StringComparison.Ordinal);
        Assert.Equal(("""{"arm":"A","plannedArm":"A"}""", """{"arm":"B","plannedArm":"B"}"""), (entries[1].Entry.SealedBefore, entries[1].Entry.SealedAfter));
    }

    [Fact]
    public async Task List_Blinded_HasNothingThatTellsAnArmAndTheSameHashes()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01", arm: "Verum-7");

        var blinded = study.Trail.List(new AuditQuery { Take = 100 }, ArmSight.Blinded);
        var unblinded = study.Trail.List(new AuditQuery { Take = 100 }, ArmSight.Unblinded);

        Assert.Contains(unblinded, stored => stored.Entry.SealedAfter.Contains("Verum-7", StringComparison.Ordinal));
        Assert.DoesNotContain(blinded, stored => stored.ToString().Contains("Verum-7", StringComparison.Ordinal));
        Assert.All(blinded, stored => Assert.Equal(("", "", 0), (stored.Entry.SealedBefore, stored.Entry.SealedAfter, stored.Salt.Length)));
        Assert.Equal(unblinded.Select(stored => Convert.ToHexString(stored.Hash)), blinded.Select(stored => Convert.ToHexString(stored.Hash)));

        // The chain itself can be checked without them.
        Assert.All(
            AuditChain.Check(study.Trail.Read(0, study.Trail.Anchor().Number, ArmSight.Blinded)),
            fault => Assert.Equal(FaultCode.AuditSealBroken, fault.Code));
    }

    [Fact]
    public async Task List_Filtered_HasThoseNewestFirst()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        await study.Register("02");

        var own = study.Trail.List(new AuditQuery { StudyId = "S1", Action = AuditAction.SubjectRegistered, Caller = "tester", Take = 10 }, ArmSight.Blinded);

        Assert.Equal(["02", "01"], own.Select(stored => stored.Entry.Target));
        Assert.Equal("01", study.Trail.List(new AuditQuery { Before = own[0].Number, Take = 1 }, ArmSight.Blinded).Single().Entry.Target);
        Assert.Empty(study.Trail.List(new AuditQuery { Caller = "nobody", Take = 10 }, ArmSight.Blinded));
        Assert.Empty(study.Trail.List(new AuditQuery { ToUs = own[1].AtUs, Action = AuditAction.SubjectRegistered, Take = 10 }, ArmSight.Blinded));
        Assert.Empty(study.Trail.List(new AuditQuery { FromUs = own[0].AtUs + 1, Take = 10 }, ArmSight.Blinded));
    }

    [Fact]
    public async Task Write_ThatFails_LeavesNeitherChangeNorEntry()
    {
        await using var study = await TestStudy.Create();
        var before = study.Trail.Anchor();

        await Assert.ThrowsAsync<InvalidOperationException>(() => study.Database.Writer.Run(
            session =>
            {
                AuditTrail.Append(session, AuditEntry.Of(TestStudy.Tester, AuditAction.StudyCreated));
                throw new InvalidOperationException("for this test");
            },
            rows: 1,
            CancellationToken.None));
        await study.Register("01");

        Assert.Equal(before.Number + 1, study.Trail.Anchor().Number);
        Assert.Empty(AuditChain.Check(study.AllEntries(), study.Trail.Anchor()));
    }

    [SqliteTheory]
    [InlineData("UPDATE audit_entry SET caller = 'x' WHERE entry_number = 1")]
    [InlineData("DELETE FROM audit_entry WHERE entry_number = 2")]
    [InlineData("INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE entry_number = 1")]
    public async Task Entry_ChangedBySql_IsRefused(string sql)
    {
        await using var study = await TestStudy.Create();

        Assert.Contains("audit entries", (await Assert.ThrowsAsync<SqliteException>(() => study.Execute(sql))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_ChangedBehindTheTriggersBack_IsFound()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        var anchor = study.Trail.Anchor();
        await study.Execute("DROP TRIGGER audit_entry_no_update");
        await study.Execute("UPDATE audit_entry SET sealed_after = '{\"arm\":\"B\"}' WHERE target = '01'");
        await study.Execute("UPDATE audit_entry SET reason = 'another' WHERE action = 'STUDY_CREATED'");

        Assert.Equal(
            [FaultCode.AuditEntryChanged, FaultCode.AuditSealBroken], AuditChain.Check(study.AllEntries(), anchor).Select(fault => fault.Code));
    }

    [Theory]
    [InlineData(-86_400)]
    [InlineData(3_600)]
    [InlineData(-3_600)]
    public async Task Append_ClockStepped_KeepsTheOrderAndWhatTheClockSaid(int seconds)
    {
        await using var clock = await SteppedTrail.Open("2026-10-25T00:30:00Z");
        await clock.Append();
        clock.Step(TimeSpan.FromSeconds(seconds));
        await clock.Append();
        clock.Step(TimeSpan.FromSeconds(-seconds) + TimeSpan.FromSeconds(1));
        await clock.Append();

        var entries = clock.Entries().TakeLast(3).ToList();

        Assert.Empty(AuditChain.Check(clock.Entries()));
        Assert.Equal(entries.Select(stored => stored.AtUs).Order(), entries.Select(stored => stored.AtUs));
        var (stepped, after) = seconds < 0 ? (entries[1], entries[0]) : (entries[2], entries[1]);
        Assert.Equal(after.AtUs, stepped.AtUs);
        Assert.True(stepped.ClockUs < after.AtUs);
        Assert.Null(entries[0].ClockUs);
    }

    [Theory]
    [InlineData("2026-03-29T00:59:59Z")]
    [InlineData("2026-10-25T00:59:59Z")]
    [InlineData("2028-02-29T23:59:59Z")]
    public async Task Append_OverOddNights_IsInOrderWithoutAStep(string night)
    {
        await using var clock = await SteppedTrail.Open(night);
        await clock.Append();
        clock.Step(TimeSpan.FromSeconds(2));
        await clock.Append();

        var entries = clock.Entries().TakeLast(2).ToList();

        Assert.Equal(TimeSpan.FromSeconds(2), Clock.FromUs(entries[1].AtUs) - Clock.FromUs(entries[0].AtUs));
        Assert.Null(entries[1].ClockUs);
    }

    [Fact]
    public async Task Append_TextThatIsNotWellFormed_IsCleanedAndStaysSound()
    {
        await using var study = await TestStudy.Create();
        await study.Trail.Note(AuditEntry.Of(new Author("a\0b", "c\uD800d"), AuditAction.StudyCreated), CancellationToken.None);

        Assert.Equal(("a\uFFFDb", "c\uFFFDd"), (study.AllEntries()[^1].Entry.Caller, study.AllEntries()[^1].Entry.Reason));
        Assert.Empty(AuditChain.Check(study.AllEntries()));
    }

    /// <summary>A database whose clock the test sets.</summary>
    private sealed class SteppedTrail : IAsyncDisposable
    {
        private readonly TestDatabase _own = TestDatabase.Create();
        private readonly SteppedTime _time;
        private readonly Database _database;

        private SteppedTrail(DateTimeOffset now)
        {
            _time = new SteppedTime { Now = now };
            _database = Database.Open(_own.Dialect, _time, session => RuleSetStore.Register(session, RuleSets.All));
        }

        public static Task<SteppedTrail> Open(string now) => Task.FromResult(new SteppedTrail(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));

        public void Step(TimeSpan step) => _time.Now += step;

        public Task Append() => new AuditTrail(_database).Note(AuditEntry.Of(TestStudy.Tester, AuditAction.StudyCreated), CancellationToken.None);

        public List<StoredAuditEntry> Entries() => [.. new AuditTrail(_database).Read(0, long.MaxValue, ArmSight.Unblinded)];

        public async ValueTask DisposeAsync()
        {
            await _database.DisposeAsync();
            await _own.DisposeAsync();
        }
    }

    private sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

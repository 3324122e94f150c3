using System.Diagnostics.Metrics;
using Dapper;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Storage;

public sealed class DatabaseWriterTests
{
    private const string Insert = "INSERT INTO sender (sender) VALUES (@name)";
    private const string Count = "SELECT COUNT(*) FROM sender";

    [Fact]
    public async Task Run_ManyPiecesOfWorkWithOneThatFails_OnlyThatOneFails()
    {
        await using var study = await TestStudy.Create();
        var writer = study.Database.Writer;

        var all = Enumerable.Range(0, 200).Select(i => writer.Run(
            session =>
            {
                session.Connection.Execute(Insert, new { name = $"n{i}" }, session.Transaction);
                return i == 77 ? throw new InvalidOperationException("poison") : i;
            },
            rows: 1,
            CancellationToken.None)).ToList();

        await Assert.ThrowsAsync<InvalidOperationException>(() => all[77]);
        Assert.Equal(Enumerable.Range(0, 200).Where(i => i != 77), await Task.WhenAll(all.Where((_, i) => i != 77)));
        Assert.Equal(199, Senders(study));
    }

    [Fact]
    public async Task Run_TransactionHasEndedAmidTheWork_WhatFollowsIsNotWrittenOutsideOfIt()
    {
        await using var study = await TestStudy.Create();

        await Assert.ThrowsAsync<InvalidOperationException>(() => study.Database.Writer.Run(
            session =>
            {
                session.Transaction.Rollback();
                session.Connection.Execute(Insert, new { name = "outside" }, session.Transaction);
            },
            rows: 1,
            CancellationToken.None));

        Assert.Equal(0, Senders(study));
        await study.Database.TryWrite(CancellationToken.None);
    }

    [Fact]
    public async Task Run_WhoListensToTheFiguresFails_TheCallerIsToldAndTheNextIsWritten()
    {
        await using var file = TestDatabase.Create();
        using var meter = new Meter("test");
        await using var database = Database.Open(file.Dialect, TimeProvider.System, _ => { }, meter);
        using (var listener = new MeterListener())
        {
            listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new NotSupportedException("of a listener"));
            listener.InstrumentPublished = (instrument, own) =>
            {
                if (ReferenceEquals(instrument.Meter, meter))
                {
                    own.EnableMeasurementEvents(instrument);
                }
            };
            listener.Start();
            var told = await Assert.ThrowsAsync<NotSupportedException>(() => database.TryWrite(CancellationToken.None)).WaitAsync(TimeSpan.FromMinutes(1));
            Assert.Equal("of a listener", told.Message);
        }

        await database.TryWrite(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
    }

    [SqliteFact]
    public async Task Failure_TheDatabaseRefuses_IsKeptUntilItTakesATransaction()
    {
        await using var study = await TestStudy.Create();
        var (database, writer) = (study.Database, study.Database.Writer);
        var connection = await writer.Run(session => session.Connection, rows: 1, CancellationToken.None);
        Assert.Null(writer.Failure);

        connection.Execute("PRAGMA query_only = ON");
        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => database.TryWrite(CancellationToken.None));

        Assert.Same(refused, writer.Failure);
        database.TryRead();
        connection.Execute("PRAGMA query_only = OFF");
        await database.TryWrite(CancellationToken.None);
        Assert.Null(writer.Failure);
    }

    [Fact]
    public async Task Failure_OfAPieceOfWorkItself_IsNoneOfTheDatabase()
    {
        await using var study = await TestStudy.Create();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => study.Database.Writer.Run(_ => throw new InvalidOperationException(), rows: 1, CancellationToken.None));

        Assert.Null(study.Database.Writer.Failure);
    }

    [SqliteFact]
    public async Task Run_TheKeyIsThereAndNobodyElseWrites_IsNotDoneAgain()
    {
        await using var study = await TestStudy.Create();
        var runs = 0;

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => study.Database.Writer.Run(
            session =>
            {
                runs++;
                session.Connection.Execute(Insert, new { name = "one" }, session.Transaction);
                session.Connection.Execute(Insert, new { name = "one" }, session.Transaction);
            },
            rows: 1,
            CancellationToken.None));

        Assert.Equal(1, runs);
    }

    [SqliteFact]
    public async Task TryWrite_ChangesNothingAndReachesTheLog()
    {
        await using var study = await TestStudy.Create();
        const string State = "SELECT marks || '/' || taken_up_to FROM grading_state";
        await using var reader = study.Database.Read();
        var (before, log) = (reader.ExecuteScalar<string>(State), study.Database.Dialect.LogBytes());

        await study.Database.TryWrite(CancellationToken.None);

        Assert.Equal(before, reader.ExecuteScalar<string>(State));
        Assert.True(study.Database.Dialect.LogBytes() > log, "nothing was written");
    }

    [Fact]
    public async Task AfterCommit_WorkThatFails_DoesNotRun()
    {
        await using var study = await TestStudy.Create();
        var ran = false;

        await Assert.ThrowsAsync<InvalidOperationException>(() => study.Database.Writer.Run(
            session =>
            {
                session.AfterCommit(() => ran = true);
                throw new InvalidOperationException("after all not");
            },
            rows: 1,
            CancellationToken.None));

        Assert.False(ran);
    }

    [Fact]
    public async Task AfterCommit_WorkThatSucceeds_RunsBeforeTheCallerIsTold()
    {
        await using var study = await TestStudy.Create();
        var ran = false;

        await study.Database.Writer.Run(session => session.AfterCommit(() => ran = true), rows: 1, CancellationToken.None);

        Assert.True(ran);
    }

    [Fact]
    public async Task AfterCommit_ThatFails_HasNothingRunAgainAndTheRestOfItRun()
    {
        await using var study = await TestStudy.Create();
        var writer = study.Database.Writer;
        var ran = 0;

        // The writer is kept busy until all work waits: it then goes into one transaction.
        await using var busy = await BusyWriter.Of(writer);
        var all = Enumerable.Range(0, 3).Select(i => writer.Run(
            session =>
            {
                session.Connection.Execute(Insert, new { name = $"n{i}-{Guid.NewGuid()}" }, session.Transaction);
                session.AfterCommit(() => ran = i == 1 ? throw new InvalidOperationException("for this test") : ran + 1);
            },
            rows: 1,
            CancellationToken.None)).ToList();
        await busy.GoOn();

        foreach (var work in all)
        {
            Assert.IsType<InvalidOperationException>((await Assert.ThrowsAnyAsync<Exception>(() => work)).InnerException);
        }

        Assert.Equal((3, 2), (Senders(study), ran));
    }

    [Fact]
    public async Task Dispose_WithWorkQueued_FinishesItAndRefusesMore()
    {
        var study = await TestStudy.Create();
        var queued = study.Database.Writer.Run(
            session => session.Connection.Execute(Insert, new { name = "last" }, session.Transaction), rows: 1, CancellationToken.None);

        await study.DisposeAsync();

        Assert.Equal(1, await queued);
        await Assert.ThrowsAnyAsync<InvalidOperationException>(
            () => study.Database.Writer.Run(_ => { }, rows: 1, CancellationToken.None));
    }

    [Fact]
    public async Task RunUrgent_BehindAFullQueue_IsInTheNextTransactionWithTheFirstThatWaits()
    {
        await using var study = await TestStudy.Create();
        var writer = study.Database.Writer;
        await using var busy = await BusyWriter.Of(writer);
        var sessions = new List<WriteSession>();
        var waiting = Enumerable.Range(0, 300).Select(_ => writer.Run(sessions.Add, DatabaseWriter.Alone, CancellationToken.None)).ToList();
        WriteSession? first = null;
        var urgent = writer.RunUrgent(
            session =>
            {
                first = session;
                return sessions.Count;
            },
            CancellationToken.None);
        await busy.GoOn();

        Assert.Equal(0, await urgent);
        await Task.WhenAll(waiting);

        Assert.Same(first, sessions[0]);
        Assert.Equal(300, sessions.Distinct().Count());
    }

    [Fact]
    public async Task RunUrgent_NothingElseToDo_IsDone()
    {
        await using var study = await TestStudy.Create();

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => study.Database.Writer.RunUrgent(_ => i, CancellationToken.None)));

        Assert.Equal([0, 1, 2], answers);
        Assert.Equal(0, study.Database.Writer.Waiting);
    }

    [Fact]
    public async Task Dispose_WithUrgentWorkQueued_FinishesItAndRefusesMore()
    {
        var study = await TestStudy.Create();
        var queued = study.Database.Writer.RunUrgent(_ => 1, CancellationToken.None);

        await study.DisposeAsync();

        Assert.Equal(1, await queued);
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => study.Database.Writer.RunUrgent(_ => 1, CancellationToken.None));
    }

    private static long Senders(TestStudy study)
    {
        using var connection = study.Database.Read();
        return connection.ExecuteScalar<long>(Count);
    }
}

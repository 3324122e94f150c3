using LabServer.Core.Storage;
using LabServer.Core.Tests.Support.Tds;
using Microsoft.Data.SqlClient;

namespace LabServer.Core.Tests.Storage;

/// <summary>Errors of SQL Server as they arrive: what they say of the database, and whether the transaction is worth another try.</summary>
public sealed class SqlServerErrorsTests : IAsyncLifetime, IDisposable
{
    private readonly TdsServer _server = TdsServer.Start();
    private readonly SqlServerDialect _dialect;

    public SqlServerErrorsTests() => _dialect = new SqlServerDialect(_server.ConnectionString);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _dialect.CloseReaders();

    [SqlClientTheory]
    [InlineData(1105, StorageFault.Full, false)]
    [InlineData(9002, StorageFault.Full, false)]
    [InlineData(40544, StorageFault.Full, false)]
    [InlineData(1222, StorageFault.Busy, false)]
    [InlineData(1205, StorageFault.Busy, true)]
    [InlineData(3961, StorageFault.Busy, false)]
    [InlineData(3967, StorageFault.Busy, false)]
    [InlineData(41302, StorageFault.Busy, true)]
    [InlineData(3906, StorageFault.ReadOnly, false)]
    [InlineData(823, StorageFault.Damaged, false)]
    [InlineData(832, StorageFault.Damaged, false)]
    [InlineData(4060, StorageFault.Unreachable, true)]
    [InlineData(18456, StorageFault.Unreachable, true)]
    [InlineData(40197, StorageFault.Unreachable, true)]
    [InlineData(40501, StorageFault.Unreachable, true)]
    [InlineData(40613, StorageFault.Unreachable, true)]
    [InlineData(49918, StorageFault.Unreachable, true)]
    [InlineData(976, StorageFault.Unreachable, true)]
    [InlineData(9001, StorageFault.Unreachable, true)]
    [InlineData(40551, StorageFault.Unreachable, true)]
    [InlineData(0, StorageFault.Unreachable, true)]
    [InlineData(208, StorageFault.None, false)]
    [InlineData(2627, StorageFault.None, false)]
    [InlineData(547, StorageFault.None, false)]
    public void FaultOf_ErrorOfTheServer_IsWhatItSays(int number, StorageFault fault, bool isPassing)
    {
        var error = Raise(number, severity: 16);

        Assert.Equal((fault, isPassing), (_dialect.FaultOf(error), _dialect.IsPassing(error)));
        Assert.Equal(fault, _dialect.FaultOf(new InvalidOperationException("around it", error)));
        Assert.Equal(number is 2627, _dialect.IsUniqueViolation(error));
    }

    [SqlClientFact]
    public void OpenReader_AllAreInUse_IsBusy()
    {
        var dialect = new SqlServerDialect(_server.ConnectionString + ";Max Pool Size=1;Connect Timeout=1");
        using (dialect.OpenReader())
        {
            var error = Assert.Throws<NoReaderException>(dialect.OpenReader);

            Assert.Equal(StorageFault.Busy, dialect.FaultOf(error));
        }

        using (dialect.OpenReader())
        {
            // What was given back is given again.
        }

        dialect.CloseReaders();
    }

    // The server answered, so it has rolled back; else nobody knows.
    [SqlClientTheory]
    [InlineData(1205, 13, false)]
    [InlineData(2627, 14, false)]
    [InlineData(9002, 17, false)]
    [InlineData(50_000, 20, true)]
    [InlineData(40197, 16, true)]
    [InlineData(0, 11, true)]
    public void MayBeCommitted_ErrorAtTheCommit_IsWhatNobodyKnows(int number, byte severity, bool mayBe) =>
        Assert.Equal(mayBe, _dialect.MayBeCommitted(Raise(number, severity)));

    [SqlClientFact]
    public void FaultOf_ConnectionIsDropped_IsUnreachableAndMayBeCommitted()
    {
        _server.Answer("SELECT", TdsAnswer.Dropped);
        using var connection = _server.Open();
        using var command = new SqlCommand("SELECT 1", connection);

        var error = Assert.Throws<SqlException>(() => command.ExecuteScalar());

        Assert.Equal((StorageFault.Unreachable, true, true), (_dialect.FaultOf(error), _dialect.IsPassing(error), _dialect.MayBeCommitted(error)));
    }

    [SqlClientFact]
    public async Task FaultOf_NobodyListens_IsUnreachable()
    {
        var gone = TdsServer.Start();
        await gone.DisposeAsync();

        // It asks again by itself for as long as that.
        var dialect = new SqlServerDialect(gone.ConnectionString + ";Connect Timeout=1");
        var error = Assert.Throws<SqlException>(() => dialect.OpenWriter());

        Assert.Equal((StorageFault.Unreachable, true), (_dialect.FaultOf(error), _dialect.IsPassing(error)));
    }

    [SqlClientFact]
    public void FaultOf_NoAnswerInTime_IsUnreachableAndNotTriedAgain()
    {
        _server.Answer("SELECT", TdsAnswer.Nothing);
        using var connection = _server.Open();
        using var command = new SqlCommand("SELECT 1", connection) { CommandTimeout = 1 };

        var error = Assert.Throws<SqlException>(() => command.ExecuteScalar());

        Assert.Equal((StorageFault.Unreachable, false, true), (_dialect.FaultOf(error), _dialect.IsPassing(error), _dialect.MayBeCommitted(error)));
    }

    [Fact]
    public void FaultOf_AnythingElse_IsNone()
    {
        Assert.Equal(StorageFault.None, _dialect.FaultOf(new InvalidOperationException()));
        Assert.False(_dialect.IsPassing(new InvalidOperationException()));
        Assert.True(_dialect.MayBeCommitted(new InvalidOperationException()));
    }

    private SqlException Raise(int number, byte severity)
    {
        _server.Answer("SELECT", TdsAnswer.Error(number, severity: severity));
        using var connection = _server.Open();
        using var command = new SqlCommand("SELECT 1", connection);
        return Assert.Throws<SqlException>(() => command.ExecuteScalar());
    }
}

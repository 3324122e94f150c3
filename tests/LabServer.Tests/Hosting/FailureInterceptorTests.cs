using Grpc.Core;
using LabServer.Api;
using LabServer.Core.Storage;
using LabServer.Hosting;
using LabServer.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LabServer.Tests.Hosting;

public sealed class FailureInterceptorTests
{
    public static TheoryData<string, Exception, StatusCode, string> Failures => new()
    {
        { "no room on the disk", new SqliteException("full", 13), StatusCode.ResourceExhausted, "DISK_FULL" },
        { "database busy", new SqliteException("busy", 5), StatusCode.Unavailable, "DATABASE_BUSY" },
        { "database locked", new SqliteException("locked", 6), StatusCode.Unavailable, "DATABASE_BUSY" },
        { "database read-only", new SqliteException("read only", 8), StatusCode.Unavailable, "DATABASE_READ_ONLY" },
        { "disk that fails", new SqliteException("io", 10), StatusCode.Unavailable, "DATABASE_IO" },
        { "file that cannot be opened", new SqliteException("cannot open", 14), StatusCode.Unavailable, "DATABASE_IO" },
        { "damaged database", new SqliteException("malformed", 11), StatusCode.Unavailable, "DATABASE_DAMAGED" },
        { "file that is no database", new SqliteException("not a database", 26), StatusCode.Unavailable, "DATABASE_DAMAGED" },
        { "schedule's disk full", new InvalidOperationException("store", new SqliteException("full", 13)), StatusCode.ResourceExhausted, "DISK_FULL" },
        { "database lost at a commit", new CommitUnknownException(new SqliteException("io", 10)), StatusCode.Unavailable, "OUTCOME_UNKNOWN" },
        { "server that stops", new OperationCanceledException(), StatusCode.Unavailable, "SERVER_STOPPING" },
        { "caller that went away", new IOException("The client reset the request stream."), StatusCode.Cancelled, "CALL_CANCELLED" },
        { "bug", new InvalidOperationException("subject 01 has 4.2"), StatusCode.Internal, "INTERNAL" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Call_ThatFails_GetsAStatusThatSaysWhatTheCallerCanDo(string what, Exception failure, StatusCode code, string reason)
    {
        var interceptor = new FailureInterceptor(new SqliteDialect("not-opened.db"), TimeProvider.System, NullLogger<FailureInterceptor>.Instance);

        var told = await Assert.ThrowsAsync<RpcException>(
            () => interceptor.UnaryServerHandler<string, string>("", new SilentCallContext(), (_, _) => throw failure));

        Assert.True(told.StatusCode == code, $"{what}: {told.StatusCode}");
        Assert.Equal(reason, RpcFault.Read(told).Reason);
        Assert.DoesNotContain("4.2", told.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThatRefuses_KeepsItsStatus()
    {
        var interceptor = new FailureInterceptor(new SqliteDialect("not-opened.db"), TimeProvider.System, NullLogger<FailureInterceptor>.Instance);
        var refused = new RpcException(new Status(StatusCode.NotFound, "no such study"));

        var told = await Assert.ThrowsAsync<RpcException>(
            () => interceptor.UnaryServerHandler<string, string>("", new SilentCallContext(), (_, _) => throw refused));

        Assert.Same(refused, told);
    }
}

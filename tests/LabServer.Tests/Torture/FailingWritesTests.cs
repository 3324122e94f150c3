using Dapper;
using Grpc.Core;
using LabServer.Api;
using LabServer.Api.V1;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LabServer.Tests.Torture;

/// <summary>The N-th write or flush of the database fails: what is acknowledged is on disk all the same.</summary>
[Trait(Battery.Name, Battery.Value)]
public sealed class FailingWritesTests
{
    private const string StudyId = "FAILING";
    private const int BatchSize = 50;

    // The server is killed and started again after so many failures, to see what is on the disk.
    private const int FailuresBetweenStarts = 10;

    private static readonly (DiskCalls Kinds, int Error)[] Faults =
        [(DiskCalls.Writes, FaultyDisk.NoSpace), (DiskCalls.Writes, FaultyDisk.IoError), (DiskCalls.Flushes, FaultyDisk.IoError)];

    private readonly List<string> _acknowledged = [];
    private int _batches;

    [FaultyDiskFact]
    public async Task SubmitResults_NthWriteOrFlushFails_NothingIsAcknowledgedThatIsNotOnDiskAndTheServerGoesOn()
    {
        using var folder = new TemporaryFolder();
        using var disk = new FaultyDisk(files: "/labserver.db");
        await using var server = await ServerProcess.Start(folder.Path, disk.Environment);
        using (var channel = server.OpenChannel())
        {
            await new StudiesService.StudiesServiceClient(channel).CreateStudyAsync(new CreateStudyRequest { Study = new Study { StudyId = StudyId } });
        }

        var last = Battery.Size(inSuite: 2, whole: 100);
        var (hit, refused) = (0, 0);
        foreach (var (kinds, error) in Faults)
        {
            for (var nth = 1; nth <= last; nth++)
            {
                refused += await SubmitUntilFailed(server, disk, () => disk.Fail(kinds, error, nth, times: 1));
                hit += disk.Failed;
                if (nth % FailuresBetweenStarts == 0 || nth == last)
                {
                    await server.Kill();
                    await server.Restart();
                    CheckFile(folder.Path);
                }
            }
        }

        Assert.Equal(Faults.Length * last, hit);
        Battery.Report(
            "failing the N-th write or fsync",
            $"N = 1…{last} × (write: no space, write: I/O error, fsync: I/O error): {hit} failures, {refused} batches refused, {_acknowledged.Count} results acknowledged, 0 without a durable row, integrity ok");
    }

    [FaultyDiskFact]
    public async Task SubmitResults_EveryFlushFails_NothingIsAcknowledged()
    {
        using var folder = new TemporaryFolder();
        using var disk = new FaultyDisk(files: "/labserver.db");
        await using var server = await ServerProcess.Start(folder.Path, disk.Environment);
        using var channel = server.OpenChannel();
        var studies = new StudiesService.StudiesServiceClient(channel);
        await studies.CreateStudyAsync(new CreateStudyRequest { Study = new Study { StudyId = StudyId } });
        var ingestion = new IngestionService.IngestionServiceClient(channel);
        disk.Fail(DiskCalls.Flushes, FaultyDisk.IoError);

        for (var i = 0; i < 3; i++)
        {
            await Refused.With(StatusCode.Unavailable, "DATABASE_IO", ingestion.SubmitResultsAsync(NextBatch()));
        }

        Assert.Equal(0, (await studies.GetStudyAsync(new GetStudyRequest { StudyId = StudyId })).Results);
        disk.Heal();
        Assert.Equal(BatchSize, (await ingestion.SubmitResultsAsync(NextBatch())).Outcome.Dispositions.Count);
    }

    /// <summary>Submits batches until the disk has failed, and one more. Returns how many were refused.</summary>
    private async Task<int> SubmitUntilFailed(ServerProcess server, FaultyDisk disk, Action fail)
    {
        using var channel = server.OpenChannel();
        var client = new IngestionService.IngestionServiceClient(channel);
        var refused = 0;
        await Submit();
        fail();
        while (disk.Failed == 0)
        {
            refused += await Submit() ? 0 : 1;
        }

        // The failure may have hit what no caller waits for, such as taking up the log: one more says that all goes on.
        var goesOn = await Submit() || await Submit();
        Assert.True(goesOn, "the server stores again once the disk does");
        return refused;

        async Task<bool> Submit()
        {
            var (batch, before) = (NextBatch(), disk.Flushed);
            try
            {
                await client.SubmitResultsAsync(batch);
            }
            catch (RpcException exception)
            {
                var fault = RpcFault.Read(exception);
                Assert.True(fault.Reason is "DISK_FULL" or "DATABASE_IO", fault.ToString());
                Assert.NotNull(fault.RetryAfter);
                return false;
            }

            Assert.True(disk.Flushed > before, "an acknowledgement needs a flush that succeeded");
            _acknowledged.AddRange(batch.Results.Select(result => result.SourceResultId));
            return true;
        }
    }

    private SubmitResultsRequest NextBatch() => new()
    {
        StudyId = StudyId,
        Laboratory = Trial.Laboratory,
        Results = { Trial.ManyAlt(FormattableString.Invariant($"{++_batches}-"), BatchSize) },
    };

    private void CheckFile(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "labserver.db")};Mode=ReadOnly;Pooling=False");
        var onFile = connection.Query<string>("SELECT source_result_id FROM result").ToHashSet();
        Assert.Empty(_acknowledged.Except(onFile));
        Assert.Equal("ok", connection.ExecuteScalar<string>("PRAGMA integrity_check"));
    }
}

using System.Globalization;
using Grpc.Net.Client;
using LabServer.Api.V1;
using LabServer.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LabServer.Tests.Sharing;

/// <summary>Servers of a test, each a process with a data folder of its own, on one database file.</summary>
internal sealed class SharedFile : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ServerProcess> _servers = [];

    private int _started;

    private SharedFile()
    {
    }

    /// <summary>A file that is not there yet, for servers to be started on.</summary>
    public static SharedFile Make() => new();

    /// <summary>The database.</summary>
    public string Path => System.IO.Path.Combine(_folder.Path, "shared.db");

    /// <summary>Starts one more server; it looks for work every half second and is dead when it is silent for two.</summary>
    public async Task<ServerProcess> Start()
    {
        var number = Interlocked.Increment(ref _started);
        var server = await ServerProcess.Start(
            Directory.CreateDirectory(System.IO.Path.Combine(_folder.Path, number.ToString(CultureInfo.InvariantCulture))).FullName,
            new Dictionary<string, string>
            {
                ["LABSERVER__STORAGE__SHAREDFILE"] = Path,
                ["LABSERVER__STORAGE__SERVERLEASE"] = "00:00:02",
                ["LABSERVER__JOBS__INCREMENTALINTERVAL"] = "00:00:00.5",
                ["LABSERVER__BACKUPS__CRON"] = "",
            });
        lock (_servers)
        {
            _servers.Add(server);
        }

        return server;
    }

    /// <summary>What one statement counts in the file, which others write to.</summary>
    public long Count(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Changes the file as no server does.</summary>
    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"BEGIN IMMEDIATE; {sql}; COMMIT";
        command.ExecuteNonQuery();
    }

    /// <summary>Grades a study as somebody who asks for it and waits.</summary>
    public static async Task<JobRun> Grade(GrpcChannel channel, string studyId)
    {
        var jobs = new JobsService.JobsServiceClient(channel);
        var run = (await jobs.RunJobAsync(new RunJobRequest { Job = "grading-incremental", StudyId = studyId })).Run;
        return await Eventually.NotNull(
            async () => (await jobs.GetJobRunAsync(new GetJobRunRequest { RunId = run.RunId })).Run is { EndedAt: not null } ended ? ended : null,
            "the run ends",
            TimeSpan.FromMinutes(2));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _folder.Dispose();
    }
}

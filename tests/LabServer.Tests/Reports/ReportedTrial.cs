using LabServer.Api.V1;
using LabServer.Core.Grading;
using LabServer.Jobs;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LabServer.Tests.Reports;

/// <summary>A server with one graded trial and two reports of it: between them an event of grade 4 came and one rose to 3.</summary>
public sealed class ReportedTrial : IAsyncLifetime
{
    private Trial? _trial;

    public ServerFixture Server { get; private set; } = null!;

    public string StudyId => _trial!.StudyId;

    /// <summary>The runs that made the two reports.</summary>
    public IReadOnlyList<JobRun> Runs { get; private set; } = [];

    public async Task InitializeAsync()
    {
        Server = await ServerFixture.Start();
        _trial = await Trial.Create(Server);
        await _trial.Register("01");
        await _trial.Register("02", "B");
        await _trial.Submit(Trial.Alt("1", "130"), Trial.Alt("2", "30", subject: "02"));
        await _trial.Grade();
        var first = await MakeReport(Server, StudyId);
        await _trial.Submit(Trial.Alt("3", "230", "2021-03-04"), Trial.Alt("4", "900", "2021-03-05", "02"), Trial.Alt("5", "x..", "2021-03-05"));
        await _trial.Grade();
        Runs = [first, await MakeReport(Server, StudyId)];
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>Fires the job and waits for its end.</summary>
    /// <param name="server">The server.</param>
    /// <param name="studyId">The study.</param>
    /// <param name="graded">Whether what is pending is graded before.</param>
    public static async Task<JobRun> MakeReport(ServerFixture server, string studyId, bool graded = false)
    {
        if (graded)
        {
            await server.Services.GetRequiredService<GradingRun>().RunIncremental(studyId, _ => { }, CancellationToken.None);
        }

        using var bound = new CancellationTokenSource(Eventually.Bound);
        var run = (await server.Jobs.RunJobAsync(new RunJobRequest { Job = JobNames.Report, StudyId = studyId })).Run;
        using var watch = server.Jobs.WatchJobRun(new WatchJobRunRequest { RunId = run.RunId }, cancellationToken: bound.Token);
        while (await watch.ResponseStream.MoveNext(bound.Token))
        {
            run = watch.ResponseStream.Current.Run;
        }

        Assert.Equal((JobRunState.Succeeded, ""), (run.State, run.Failure));
        return run;
    }
}

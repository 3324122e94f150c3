using LabServer.Api;
using LabServer.Api.V1;

namespace LabServer.Benchmarks.Support;

/// <summary>A server that holds a graded synthetic study.</summary>
internal static class LoadedStudy
{
    private const int SubjectsARequest = 500;

    /// <summary>Registers, pushes and grades, over gRPC as any client would.</summary>
    public static async Task Load(MeasuredServer server, SyntheticStudy study, string ruleSet, CancellationToken cancellation)
    {
        var studies = new StudiesService.StudiesServiceClient(server.Channel);
        await studies.CreateStudyAsync(
            new CreateStudyRequest { Study = new Study { StudyId = SyntheticStudy.StudyId, RuleSets = { ruleSet }, Arms = { SyntheticStudy.Arms } } },
            cancellationToken: cancellation);
        foreach (var chunk in study.AllSubjects().Chunk(SubjectsARequest))
        {
            await studies.ImportSubjectsAsync(
                new ImportSubjectsRequest { StudyId = SyntheticStudy.StudyId, Subjects = { chunk } }, cancellationToken: cancellation);
        }

        var accepted = 0L;
        var pusher = new ResultPusher(new IngestionService.IngestionServiceClient(server.Channel));
        await pusher.Push(
            study.AllResults(),
            (_, outcome, _) =>
            {
                accepted += outcome.Dispositions.Count(disposition => disposition == Disposition.Accepted);
                return ValueTask.CompletedTask;
            },
            cancellation);
        if (accepted != study.Results)
        {
            throw new InvalidOperationException($"Only {accepted} of {study.Results} results were accepted.");
        }

        var jobs = new JobsService.JobsServiceClient(server.Channel);
        var run = (await jobs.RunJobAsync(
            new RunJobRequest { Job = "grading-incremental", StudyId = SyntheticStudy.StudyId }, cancellationToken: cancellation)).Run;
        using var watch = jobs.WatchJobRun(new WatchJobRunRequest { RunId = run.RunId }, cancellationToken: cancellation);
        while (await watch.ResponseStream.MoveNext(cancellation))
        {
            run = watch.ResponseStream.Current.Run;
        }

        if (run.State != JobRunState.Succeeded)
        {
            throw new InvalidOperationException($"Grading ended as {run.State}: {run.Failure}");
        }
    }
}

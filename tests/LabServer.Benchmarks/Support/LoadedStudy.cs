using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using LabServer.Api;
using LabServer.Api.V1;

namespace LabServer.Benchmarks.Support;

/// <summary>A server that holds a graded synthetic study, over gRPC as any client would make it.</summary>
internal static class LoadedStudy
{
    private const int SubjectsARequest = 500;
    private const int ReportsARequest = 1_000;
    private const int ReviewsASubject = 5;
    private const int ReviewsAtOnce = 64;

    /// <summary>Registers, pushes, grades, reports and reviews; nothing where an earlier run has done it.</summary>
    /// <returns>What was loaded, and how long each step took.</returns>
    public static async Task<string> Load(MeasuredServer server, SyntheticStudy study, string ruleSet, CancellationToken cancellation)
    {
        var studies = new StudiesService.StudiesServiceClient(server.Channel);
        if (await IsThere(studies, cancellation))
        {
            var again = await Timed(() => Grade(server, study.Id, cancellation));
            return $"study: from an earlier run; what waits for grading {again}";
        }

        await Register(server, study, ruleSet, cancellation);
        var push = await Timed(() => Push(server, study, cancellation));
        var grade = await Timed(() => Grade(server, study.Id, cancellation));
        var events = new AdverseEventsService.AdverseEventsServiceClient(server.Channel);
        var report = await Timed(() => Report(events, study, cancellation));
        var reviews = 0;
        var review = await Timed(async () => reviews = await Review(events, study, cancellation));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"study: {study.Subjects:N0} subjects, {study.Results:N0} results pushed in {push}, graded in {grade}; reports in {report}; {reviews:N0} reviews in {review}");
    }

    private static async Task<string> Timed(Func<Task> step)
    {
        var began = Stopwatch.GetTimestamp();
        await step();
        return string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    private static async Task<bool> IsThere(StudiesService.StudiesServiceClient studies, CancellationToken cancellation)
    {
        try
        {
            await studies.GetStudyAsync(new GetStudyRequest { StudyId = SyntheticStudy.StudyId }, cancellationToken: cancellation);
            return true;
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Makes the study, its visits and its subjects, without any result.</summary>
    public static async Task Register(MeasuredServer server, SyntheticStudy study, string ruleSet, CancellationToken cancellation)
    {
        var studies = new StudiesService.StudiesServiceClient(server.Channel);
        await studies.CreateStudyAsync(
            new CreateStudyRequest { Study = new Study { StudyId = study.Id, RuleSets = { ruleSet }, Arms = { SyntheticStudy.Arms } } },
            cancellationToken: cancellation);
        await studies.SetVisitWindowsAsync(
            new SetVisitWindowsRequest { StudyId = study.Id, Windows = { study.Windows } }, cancellationToken: cancellation);
        foreach (var chunk in study.AllSubjects().Chunk(SubjectsARequest))
        {
            await studies.ImportSubjectsAsync(
                new ImportSubjectsRequest { StudyId = study.Id, Subjects = { chunk } }, cancellationToken: cancellation);
        }
    }

    private static async Task Push(MeasuredServer server, SyntheticStudy study, CancellationToken cancellation)
    {
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
    }

    /// <summary>Grades what is pending of a study, and waits until it is done.</summary>
    public static async Task Grade(MeasuredServer server, string studyId, CancellationToken cancellation)
    {
        var jobs = new JobsService.JobsServiceClient(server.Channel);
        var run = (await jobs.RunJobAsync(
            new RunJobRequest { Job = "grading-incremental", StudyId = studyId }, cancellationToken: cancellation)).Run;
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

    private static async Task Report(AdverseEventsService.AdverseEventsServiceClient events, SyntheticStudy study, CancellationToken cancellation)
    {
        foreach (var chunk in study.AllReports().Chunk(ReportsARequest))
        {
            var answer = await events.ReportAdverseEventAsync(
                new ReportAdverseEventRequest { StudyId = SyntheticStudy.StudyId, Reports = { chunk } }, cancellationToken: cancellation);
            if (answer.Faults.Count > 0)
            {
                throw new InvalidOperationException($"A report was rejected: {answer.Faults[0]}");
            }
        }
    }

    // The first few events of each subject; the rest is left as officers leave it, without a word on it.
    private static async Task<int> Review(AdverseEventsService.AdverseEventsServiceClient events, SyntheticStudy study, CancellationToken cancellation)
    {
        var reviews = 0;
        await Parallel.ForAsync(0, study.Subjects, new ParallelOptions { MaxDegreeOfParallelism = ReviewsAtOnce, CancellationToken = cancellation }, async (subject, stop) =>
        {
            var page = await events.ListAdverseEventsAsync(
                new ListAdverseEventsRequest
                {
                    StudyId = SyntheticStudy.StudyId,
                    SubjectId = SyntheticStudy.SubjectId(subject),
                    PageSize = ReviewsASubject,
                },
                cancellationToken: stop);
            foreach (var (draw, found) in page.Events.Index())
            {
                await events.ReviewAdverseEventAsync(
                    new ReviewAdverseEventRequest
                    {
                        StudyId = SyntheticStudy.StudyId,
                        EventId = found.EventId,
                        Relatedness = SyntheticStudy.Step(subject, draw + ReviewsASubject),
                        Serious = draw == 0 ? YesNo.Yes : YesNo.No,
                        Outcome = EventOutcome.Recovered,
                    },
                    cancellationToken: stop);
                Interlocked.Increment(ref reviews);
            }
        });
        return reviews;
    }
}

using System.Globalization;
using Grpc.Core;
using LabServer.Api.V1;

namespace LabServer.Tests.Support;

/// <summary>A made-up trial for tests that need results and do not care which: ALT of every subject, rising day by day.</summary>
public static class SmallTrial
{
    /// <summary>Registers study and subjects and pushes <paramref name="days"/> results of each subject.</summary>
    public static async Task Push(ChannelBase channel, string studyId, int subjects, int days)
    {
        var studies = new StudiesService.StudiesServiceClient(channel);
        await studies.CreateStudyAsync(new CreateStudyRequest { Study = new Study { StudyId = studyId } });
        var numbers = Enumerable.Range(1, subjects).Select(number => number.ToString("0000", CultureInfo.InvariantCulture)).ToList();
        await studies.ImportSubjectsAsync(new ImportSubjectsRequest
        {
            StudyId = studyId,
            Subjects = { numbers.Select(number => new Subject { SubjectId = number, Arm = "A", Sex = Sex.Female, FirstDoseAt = "2021-01-02" }) },
        });
        await PushDays(channel, studyId, numbers, 1, days);
    }

    /// <summary>Pushes results of more days, of the same subjects.</summary>
    public static async Task PushDays(ChannelBase channel, string studyId, IReadOnlyList<string> subjects, int firstDay, int days)
    {
        var ingestion = new IngestionService.IngestionServiceClient(channel);
        var results = subjects.SelectMany(_ => Enumerable.Range(firstDay, days), (subject, day) => Result(subject, day));
        foreach (var batch in results.Chunk(5000))
        {
            var answer = await ingestion.SubmitResultsAsync(
                new SubmitResultsRequest { StudyId = studyId, Laboratory = "CENTRAL", Results = { batch } });
            Assert.All(answer.Outcome.Dispositions, disposition => Assert.Equal(Disposition.Accepted, disposition));
        }
    }

    private static LabResult Result(string subject, int day) => new()
    {
        SourceResultId = FormattableString.Invariant($"{subject}/{day}"),
        SubjectId = subject,
        TestCode = "ALT",
        ReportedValue = FormattableString.Invariant($"{30 + (10 * day)}"),
        ReportedUnit = "U/L",
        ReferenceLow = "5",
        ReferenceHigh = "40",
        CollectedAt = new DateOnly(2021, 1, 1).AddDays(day - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}

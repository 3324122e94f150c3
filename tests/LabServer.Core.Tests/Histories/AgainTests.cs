namespace LabServer.Core.Tests.Histories;

/// <summary>What a study ends with depends on what was sent, and on nothing else.</summary>
public sealed class AgainTests
{
    private const int Histories = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Stored_OtherOrderRepeatedPushesAndOtherRuns_IsTheSame(int seed)
    {
        var group = HistoryGroups.Make(seed, number: 0, Histories);
        var first = await HistoryRun.Of(group);

        var second = await HistoryRun.Of(Shuffled(group, new Random(seed)));

        Assert.Null(first.Difference ?? second.Difference);
        Assert.NotEmpty(first.Stored);
        Assert.Equal(first.Stored, second.Stored);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Stored_AfterAmendmentsAndCancellations_IsThatOfTheNewestVersionsGradedFresh(int seed)
    {
        var group = HistoryGroups.Make(seed, number: 0, Histories);
        var amended = await HistoryRun.Of(group);

        var fresh = await HistoryRun.Of(Fresh(group, amended.InForce));

        Assert.Null(amended.Difference ?? fresh.Difference);
        Assert.NotEmpty(amended.Stored);
        Assert.Equal(amended.Stored, fresh.Stored);
    }

    // Every subject as it is at the end, every result that was sent at some time, some twice. Of a version that was sent
    // with two contents the first counts, which is the one thing that an order decides; so the other is left out.
    private static HistoryGroup Shuffled(HistoryGroup group, Random random) => group with
    {
        Histories = [.. group.Histories.Select(history =>
        {
            var sent = history.Steps.OfType<PushStep>().SelectMany(step => step.Results)
                .DistinctBy(result => (result.Laboratory, result.SourceResultId, result.Version)).ToArray();
            var steps = sent.Concat(sent.Where(_ => random.Next(3) == 0)).OrderBy(_ => random.Next()).Chunk(4)
                .Select(results => (HistoryStep)new PushStep("shuffled", results))
                .ToList();
            foreach (var subject in Subjects(history))
            {
                steps.Insert(random.Next(steps.Count + 1), subject);
            }

            return history with { Steps = InRounds(steps, group.Rounds.Count) };
        })],
        Rounds = [.. group.Rounds.Select(steps => (IReadOnlyList<StudyStep>)
            [.. steps.Where(step => step is not (StudyStep.Grade or StudyStep.GradeFully)), .. random.Next(3) == 0 ? (StudyStep[])[new StudyStep.Grade(Check: false)] : []])],
    };

    private static HistoryGroup Fresh(HistoryGroup group, IReadOnlyList<LabResult> inForce) => group with
    {
        Histories = [.. group.Histories.Select(history => history with
        {
            Steps =
            [
                .. Subjects(history),
                new PushStep("in force", [.. inForce.Where(result => Ids(history).Contains((result.Laboratory, result.SourceResultId)))]),
            ],
        })],
        Rounds = [.. group.Rounds.Select(steps => (IReadOnlyList<StudyStep>)[.. steps.Where(step => step is not (StudyStep.Grade or StudyStep.GradeFully))])],
    };

    private static IEnumerable<SubjectStep> Subjects(History history) =>
        history.Steps.OfType<SubjectStep>().GroupBy(step => step.Subject.SubjectId).Select(steps => steps.Last());

    private static HashSet<(string Laboratory, string Id)> Ids(History history) =>
        [.. history.Steps.OfType<PushStep>().SelectMany(step => step.Results).Select(result => (result.Laboratory, result.SourceResultId))];

    // As many steps as there are rounds at most: the last round takes what is left of the results.
    private static List<HistoryStep> InRounds(List<HistoryStep> steps, int rounds)
    {
        while (steps.Count > rounds)
        {
            var at = steps.FindLastIndex(step => step is PushStep);
            var before = steps.FindLastIndex(at - 1, step => step is PushStep);
            steps[before] = new PushStep("shuffled", [.. ((PushStep)steps[before]).Results, .. ((PushStep)steps[at]).Results]);
            steps.RemoveAt(at);
        }

        return steps;
    }
}

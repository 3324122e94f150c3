namespace LabServer.Cli.SampleTrial;

/// <summary>Draws the subjects: 65 MSC and 35 placebo, mixed in the order of enrolment so that an id tells no arm.</summary>
internal static class SampleSubjects
{
    private const int Msc = 65;
    private const int Placebo = 35;
    private static readonly DateTime FirstEnrolment = new(2020, 3, 5);

    /// <summary>The subjects in the order of enrolment.</summary>
    public static IReadOnlyList<SampleSubject> Draw(long seed)
    {
        var random = SampleRandom.For(seed, "subjects");
        var arms = random.Shuffle([
            .. Enumerable.Repeat(SampleArm.Msc, Msc), .. Enumerable.Repeat(SampleArm.Placebo, Placebo)]);
        Dictionary<SampleArm, Queue<int>> places = new()
        {
            [SampleArm.Msc] = new(random.Shuffle(Enumerable.Range(0, Msc))),
            [SampleArm.Placebo] = new(random.Shuffle(Enumerable.Range(0, Placebo))),
        };
        return [.. arms.Select((arm, number) => Draw(seed, random, arm, number, places[arm].Dequeue()))];
    }

    private static SampleSubject Draw(long seed, SampleRandom random, SampleArm arm, int number, int place)
    {
        // About 57 of 100 were men, aged 40 to 78, all enrolled within a month at two sites.
        var isWoman = random.Next(100) >= 57;
        var firstDose = FirstEnrolment.AddDays(number * 26 / 100).AddHours(random.Between(9, 15))
            .AddMinutes(5 * random.Next(12));
        var birth = DateOnly.FromDateTime(firstDose).AddDays(-random.Between(40 * 365, 78 * 365));
        var site = random.Next(100) < 60 ? "01" : "02";
        var subjectId = $"{site}-{number + 1:D3}";
        // A stream of its own: what was drawn before there was a severity stays as it was.
        var isSevere = SampleRandom.For(seed, $"severity/{subjectId}").Next(100) < 60;
        return new SampleSubject(subjectId, arm, isWoman, birth, firstDose, site, isSevere, place);
    }
}

namespace LabServer.Cli.SampleTrial;

/// <summary>Draws when the planned clinical events happen and what is said of them; a stream of its own for each.</summary>
internal static class SampleEvents
{
    // A year of follow-up, and for what is grade 3 or more the 28 days in which the trial saw such events.
    private const int LastDay = 350;
    private const int LastSevereDay = 28;

    private static readonly string[] Relatedness = ["NOT_RELATED", "UNLIKELY", "UNLIKELY", "POSSIBLE"];

    /// <summary>The events in the order of their onset.</summary>
    public static IReadOnlyList<SampleEvent> Draw(long seed, IEnumerable<SampleSubject> subjects) =>
        [.. from subject in subjects
            from planned in ClinicalPlan.All
            where planned.IsOf(subject)
            let drawn = Draw(SampleRandom.For(seed, $"event/{planned.Term}/{subject.SubjectId}"), subject, planned)
            orderby drawn.Onset, subject.SubjectId, planned.Term
            select drawn];

    private static SampleEvent Draw(SampleRandom random, SampleSubject subject, PlannedClinicalEvent planned)
    {
        // Study day 1 is that of the first dose. Most of what people report comes early.
        var severe = planned.Grade >= 3;
        var last = severe ? LastSevereDay : random.Next(100) < 60 ? 60 : LastDay;
        var onset = DateOnly.FromDateTime(subject.FirstDoseAt).AddDays(random.Between(2, last) - 1);
        var grade = planned.Grade ?? (random.Next(100) < 75 ? 1 : 2);
        DateOnly? end = random.Next(100) < 90 ? onset.AddDays(random.Between(1, 20)) : null;
        return new SampleEvent(subject, planned, onset, end, grade, Relatedness[random.Next(Relatedness.Length)]);
    }
}

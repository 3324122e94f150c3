using System.Globalization;

namespace LabServer.Core.Tests.Histories;

/// <summary>One thing that happens to a subject and its results. The family is closed.</summary>
internal abstract record HistoryStep;

/// <summary>A batch arrives.</summary>
internal sealed record PushStep(string What, IReadOnlyList<LabResult> Results) : HistoryStep
{
    public override string ToString() => What + string.Concat(Results.Select(result => "\n      " + Text(result)));

    private static string Text(LabResult r) => string.Create(
        CultureInfo.InvariantCulture,
        $"{r.Laboratory}/{r.SourceResultId} v{r.Version} {r.SubjectId} {r.TestCode} \"{r.ReportedValue}\" {r.ReportedUnit} [{r.ReferenceLow}, {r.ReferenceHigh}] at {r.CollectedAt} {r.Status} fasting {r.Fasting} {r.SpecimenCondition}");
}

/// <summary>A subject is registered, or what is known of it changes.</summary>
internal sealed record SubjectStep(string What, Subject Subject) : HistoryStep
{
    public override string ToString() =>
        $"{What}: {Subject.SubjectId} dose \"{Subject.FirstDoseAt}\" {Subject.Sex} born \"{Subject.BirthDate}\" anticoagulation {Subject.OnAnticoagulation} HIV {Subject.HivInfected}";
}

/// <summary>What happens to a study of many histories after each has taken a step.</summary>
internal abstract record StudyStep
{
    public sealed record Grade(bool Check) : StudyStep;

    public sealed record GradeFully : StudyStep;

    public sealed record Change(StudySettings Settings) : StudyStep;

    public sealed record ImportRanges(string Laboratory, IReadOnlyList<ModelRange> Ranges, bool Apply) : StudyStep
    {
        public override string ToString() =>
            $"ranges of {Laboratory}{(Apply ? ", in force" : "")}" + string.Concat(Ranges.Select(range => $"\n        {range}"));
    }

    public sealed record ApplyRanges(string Laboratory, int Version) : StudyStep;

    public sealed record RegisterUnit(string Test, string Text, string Unit) : StudyStep;
}

/// <summary>The life of a subject, and of another one that its results may move to.</summary>
internal sealed record History(int Number, IReadOnlyList<HistoryStep> Steps);

/// <summary>Histories that share a database, and so its grading runs and settings.</summary>
/// <param name="Number">Number of the group.</param>
/// <param name="Zone">IANA time zone; one without summer time.</param>
/// <param name="ZoneMinutes">Its offset.</param>
/// <param name="Histories">The histories.</param>
/// <param name="Rounds">Study steps after the first step of every history, after the second, and so on.</param>
internal sealed record HistoryGroup(
    int Number, string Zone, int ZoneMinutes, IReadOnlyList<History> Histories, IReadOnlyList<IReadOnlyList<StudyStep>> Rounds);

using LabServer.Core.Statistics;

namespace LabServer.Core.Summaries;

/// <summary>A test by visit and arm. A pure function of the values.</summary>
/// <param name="Arms">Arms with their safety population, in the order of the table.</param>
/// <param name="Visits">Visits with a value of the measure, in the study's order; the one asked for also without.</param>
public sealed record BiomarkerTable(IReadOnlyList<ArmSize> Arms, IReadOnlyList<BiomarkerVisit> Visits)
{
    /// <summary>Summarises.</summary>
    /// <param name="values">The values of the test.</param>
    /// <param name="arms">Arms in the order of the table, with their denominators.</param>
    /// <param name="subjects">The subjects to count: of the safety population, or of a stratum of it.</param>
    /// <param name="options">How.</param>
    public static BiomarkerTable Of(
        TestValues values, IReadOnlyList<ArmSize> arms, IReadOnlyList<StratumSubject> subjects, BiomarkerOptions options)
    {
        var carried = options.CarryForward ? new CarriedRecords(values, options.CarryBaseline) : null;
        var columns = values.ByArm(arms, subjects).Select(arm => Measure(arm, values, carried, options)).ToList();
        var visits = new List<BiomarkerVisit>();
        for (var visit = 0; visit < values.Visits.Count; visit++)
        {
            var at = visit;
            var isAsked = options.Visit is { } name && values.IndexOf(name) == visit;
            if (isAsked || (options.Visit is null && columns.Exists(column => column[at].Exists(record => record.Value is not null))))
            {
                visits.Add(Visit(values.Visits[visit], arms, [.. columns.Select(column => column[at])], options));
            }
        }

        return new BiomarkerTable(arms, visits);
    }

    private static List<MeasuredRecord>[] Measure(
        IReadOnlyList<SubjectValues> subjects, TestValues values, CarriedRecords? carried, BiomarkerOptions options)
    {
        var byVisit = new List<MeasuredRecord>[values.Visits.Count];
        for (var i = 0; i < byVisit.Length; i++)
        {
            byVisit[i] = [];
        }

        foreach (var subject in subjects)
        {
            var filled = carried?.Of(subject);
            for (var i = 0; i < byVisit.Length; i++)
            {
                var (record, isCarried) = filled is null ? (subject.Records[i], false) : filled[i];
                if (record is not null)
                {
                    byVisit[i].Add(MeasuredRecord.Of(record, isCarried, subject.Baseline, options));
                }
            }
        }

        return byVisit;
    }

    private static BiomarkerVisit Visit(
        SummaryVisit visit, IReadOnlyList<ArmSize> arms, List<MeasuredRecord>[] records, BiomarkerOptions options)
    {
        var samples = records.Select(arm => Sample.Of(arm.Where(record => IsUsed(record, options)).Select(record => record.Value!.Value))).ToList();
        return new BiomarkerVisit(
            visit,
            [.. arms.Select((arm, i) => Arm(arm, records[i], samples[i], options))],
            arms.Count == 2 ? BiomarkerComparison.Of(arms[0].Arm, samples[0], arms[1].Arm, samples[1]) : null);
    }

    private static BiomarkerArm Arm(ArmSize size, List<MeasuredRecord> records, Sample sample, BiomarkerOptions options) =>
        new(size.Arm, (int)size.Subjects, SampleSummary.Of(sample))
        {
            Excluded = records.Count(record => record.Value is not null && !IsUsed(record, options)),
            BelowQuantification = records.Count(record => record.Value is not null && record.IsBelow),
            AboveQuantification = records.Count(record => record.Value is not null && record.IsAbove),
            Carried = records.Count(record => record.Value is not null && record.IsCarried),
            WithRange = records.Count(record => record.Record.Indicator is not null),
            BelowLower = records.Count(record => record.Record.Indicator == RangeIndicator.Low),
            AboveUpper = records.Count(record => record.Record.Indicator == RangeIndicator.High),
        };

    private static bool IsUsed(MeasuredRecord record, BiomarkerOptions options) =>
        record.Value is not null && (options.Bounds != BoundHandling.Exclude || !(record.IsBelow || record.IsAbove));
}

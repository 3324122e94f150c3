namespace LabServer.Core.Summaries;

/// <summary>
/// Last observation carried forward: a subject without a record at a visit has its last one from after the first dose. Only
/// into visits that somebody planned and most of whose records lie after the first dose, so that nothing is carried into an
/// unscheduled visit or a baseline.
/// </summary>
internal sealed class CarriedRecords
{
    private readonly IReadOnlyList<bool> _takes;
    private readonly bool _fromBaseline;

    /// <summary>Finds the visits that values are carried into.</summary>
    /// <param name="values">Values of all subjects, whatever the stratum: which visits these are must not hang on it.</param>
    /// <param name="fromBaseline">Whether the baseline record is carried where there is no later one.</param>
    public CarriedRecords(TestValues values, bool fromBaseline)
    {
        _fromBaseline = fromBaseline;
        _takes = [.. values.Visits.Select((visit, i) => !visit.IsUnscheduled && MostlyAfterFirstDose(values, i))];
    }

    /// <summary>The records of a subject, with those carried marked.</summary>
    public (VisitRecord? Record, bool IsCarried)[] Of(SubjectValues subject)
    {
        var filled = new (VisitRecord? Record, bool IsCarried)[subject.Records.Count];
        VisitRecord? last = null;
        for (var i = 0; i < filled.Length; i++)
        {
            if (subject.Records[i] is { } own)
            {
                last = own.AfterFirstDose ? own : last;
                filled[i] = (own, false);
            }
            else if (_takes[i])
            {
                var carried = last ?? (_fromBaseline ? subject.Baseline : null);
                filled[i] = (carried, carried is not null);
            }
        }

        return filled;
    }

    private static bool MostlyAfterFirstDose(TestValues values, int visit)
    {
        var (after, all) = (0, 0);
        foreach (var subject in values.Subjects)
        {
            if (subject.Records[visit] is { } record)
            {
                all++;
                after += record.AfterFirstDose ? 1 : 0;
            }
        }

        return 2 * after > all;
    }
}

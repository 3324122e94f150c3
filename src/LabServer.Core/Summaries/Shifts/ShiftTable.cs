namespace LabServer.Core.Summaries;

/// <summary>Baseline against the worst, or against a visit: subjects by arm, each in one cell.</summary>
/// <param name="Heading">What it shows.</param>
/// <param name="Arms">One entry an arm, in the order of the population.</param>
/// <param name="Total">All arms.</param>
/// <param name="Strata">The same by stratum; empty when not split.</param>
public sealed record ShiftTable(
    ShiftHeading Heading, IReadOnlyList<ShiftCounts> Arms, ShiftCounts Total, IReadOnlyList<ShiftStratum> Strata)
{
    /// <summary>Counts the population.</summary>
    /// <param name="heading">What is counted.</param>
    /// <param name="population">Who is.</param>
    /// <param name="shifts">Shifts by subject key; who is not there has no result.</param>
    public static ShiftTable Of(ShiftHeading heading, Strata population, IReadOnlyDictionary<long, Shift> shifts)
    {
        var (arms, total) = Count(population.Arms, population.Subjects, shifts);
        return new ShiftTable(heading, arms, total, [.. population.Split.Select(stratum =>
        {
            var (ofArms, all) = Count(stratum.Arms, stratum.Subjects, shifts);
            return new ShiftStratum(stratum.Value, ofArms, all);
        })]);
    }

    private static (IReadOnlyList<ShiftCounts> Arms, ShiftCounts Total) Count(
        IReadOnlyList<ArmSize> arms, IReadOnlyList<StratumSubject> subjects, IReadOnlyDictionary<long, Shift> shifts)
    {
        var cells = new ShiftCells[arms.Count];
        var total = new ShiftCells();
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = new ShiftCells();
        }

        var byName = Enumerable.Range(0, cells.Length).ToDictionary(i => arms[i].Arm, i => cells[i], StringComparer.Ordinal);
        foreach (var subject in subjects)
        {
            var shift = shifts.TryGetValue(subject.SubjectKey, out var found) ? found : Shift.Missing;
            total.Add(shift);
            byName[subject.Arm].Add(shift);
        }

        return ([.. arms.Select((arm, i) => cells[i].Counts(arm.Arm))], total.Counts(""));
    }
}

/// <summary>A shift table of one stratum.</summary>
/// <param name="Value">Its value; empty: subjects that have none.</param>
/// <param name="Arms">One entry an arm.</param>
/// <param name="Total">All arms.</param>
public sealed record ShiftStratum(string Value, IReadOnlyList<ShiftCounts> Arms, ShiftCounts Total);

namespace LabServer.Core.Summaries;

/// <summary>
/// Who is counted in shift tables, each at a place of its own from 0 on: one test has dozens of tables, and none of them
/// searches for a subject or an arm again.
/// </summary>
internal sealed class ShiftPopulation
{
    private readonly Strata _strata;
    private readonly Group _all;
    private readonly Group[] _split;

    /// <summary>Gives each subject its place.</summary>
    public ShiftPopulation(Strata strata)
    {
        _strata = strata;
        var places = strata.Subjects.Select((subject, place) => (subject.SubjectKey, place)).ToDictionary(row => row.SubjectKey, row => row.place);
        _all = Grouped(strata.Arms, strata.Subjects);
        _split = [.. strata.Split.Select(stratum => Grouped(stratum.Arms, stratum.Subjects))];

        Group Grouped(IReadOnlyList<ArmSize> arms, IReadOnlyList<StratumSubject> subjects)
        {
            var byName = arms.Select((arm, i) => (arm.Arm, i)).ToDictionary(row => row.Arm, row => row.i, StringComparer.Ordinal);
            return new Group(arms, [.. subjects.Select(subject => (places[subject.SubjectKey], byName[subject.Arm]))]);
        }
    }

    /// <summary>What each subject has, by place.</summary>
    /// <param name="bySubject">Who has something, by subject key.</param>
    /// <param name="absent">What the others have.</param>
    public T[] ByPlace<T>(IReadOnlyDictionary<long, T> bySubject, T absent) =>
        [.. _strata.Subjects.Select(subject => bySubject.TryGetValue(subject.SubjectKey, out var own) ? own : absent)];

    /// <summary>Counts a table.</summary>
    /// <param name="heading">What it shows.</param>
    /// <param name="shifts">The subjects' shifts, by place.</param>
    public ShiftTable Count(ShiftHeading heading, Shift[] shifts)
    {
        var (arms, total) = Count(_all, shifts);
        return new ShiftTable(heading, arms, total, [.. _split.Select((group, i) =>
        {
            var (ofArms, all) = Count(group, shifts);
            return new ShiftStratum(_strata.Split[i].Value, ofArms, all);
        })]);
    }

    private static (IReadOnlyList<ShiftCounts> Arms, ShiftCounts Total) Count(Group group, Shift[] shifts)
    {
        ShiftCells[] cells = [.. group.Arms.Select(_ => new ShiftCells())];
        var total = new ShiftCells();
        foreach (var (place, arm) in group.Subjects)
        {
            total.Add(shifts[place]);
            cells[arm].Add(shifts[place]);
        }

        return ([.. group.Arms.Select((arm, i) => cells[i].Counts(arm.Arm))], total.Counts(""));
    }

    // Subjects by place, each with the position of its arm.
    private sealed record Group(IReadOnlyList<ArmSize> Arms, (int Place, int Arm)[] Subjects);
}

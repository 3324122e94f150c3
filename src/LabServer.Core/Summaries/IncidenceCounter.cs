using LabServer.Core.Statistics;

namespace LabServer.Core.Summaries;

/// <summary>Counts subjects by arm and worst grade, one kind of event a key.</summary>
internal sealed class IncidenceCounter<TKey>(IReadOnlyList<ArmSize> arms, bool compare, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private const int Grades = 6;

    private readonly Dictionary<TKey, int[]> _counts = new(comparer);

    /// <summary>Counts one subject; once a key.</summary>
    /// <param name="key">What it has.</param>
    /// <param name="arm">Position of its arm.</param>
    /// <param name="grade">Its worst grade, 1 to 5.</param>
    public void Add(TKey key, int arm, int grade)
    {
        if (!_counts.TryGetValue(key, out var counts))
        {
            counts = new int[arms.Count * Grades];
            _counts.Add(key, counts);
        }

        counts[(arm * Grades) + grade]++;
    }

    /// <summary>Every key that was counted.</summary>
    public IEnumerable<(TKey Key, Incidence Incidence)> All() => _counts.Select(entry => (entry.Key, Incidence(entry.Value)));

    /// <summary>The counts of one key; all 0 where it was never counted.</summary>
    public Incidence Of(TKey key) => Incidence(_counts.GetValueOrDefault(key) ?? new int[arms.Count * Grades]);

    private Incidence Incidence(int[] counts)
    {
        var total = new int[Grades];
        for (var i = 0; i < counts.Length; i++)
        {
            total[i % Grades] += counts[i];
        }

        GradeCounts[] byArm = [.. arms.Select((arm, i) => Counts(arm.Arm, counts.AsSpan(i * Grades, Grades)))];
        return new Incidence(byArm, Counts("", total), compare ? Compare(byArm) : null);
    }

    private IncidenceComparison Compare(GradeCounts[] byArm) => IncidenceComparison.Of(
        new TwoByTwo(byArm[0].Any, (int)arms[0].Subjects, byArm[1].Any, (int)arms[1].Subjects));

    private static GradeCounts Counts(string arm, ReadOnlySpan<int> grades) =>
        new(arm, grades[1], grades[2], grades[3], grades[4], grades[5]);
}

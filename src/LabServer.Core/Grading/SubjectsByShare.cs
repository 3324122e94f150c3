using LabServer.Core.Storage;

namespace LabServer.Core.Grading;

/// <summary>What a run has still to grade of a study: subjects by the share that has to be claimed for them.</summary>
internal sealed class SubjectsByShare
{
    private readonly SortedDictionary<int, List<SubjectSeries>> _left = [];

    public SubjectsByShare(IReadOnlyList<SubjectSeries> subjects) => PutBack(subjects);

    /// <summary>Whether nothing is left.</summary>
    public bool IsEmpty => _left.Count == 0;

    /// <summary>Number of series that are left.</summary>
    public long Series => _left.Values.Sum(subjects => subjects.Sum(subject => subject.Series));

    /// <summary>All shares once, so many at a time that they make up a chunk.</summary>
    public IEnumerable<IReadOnlyList<int>> Rounds(int seriesInAChunk)
    {
        var (round, series) = (new List<int>(), 0L);
        foreach (var (share, subjects) in _left.ToArray())
        {
            round.Add(share);
            series += subjects.Sum(subject => subject.Series);
            if (series >= seriesInAChunk)
            {
                yield return round;
                (round, series) = ([], 0);
            }
        }

        if (round.Count > 0)
        {
            yield return round;
        }
    }

    /// <summary>Takes the subjects of a share out.</summary>
    public IReadOnlyList<SubjectSeries> Take(int share) => _left.Remove(share, out var subjects) ? subjects : [];

    /// <summary>Puts subjects back whose share was lost before they were written.</summary>
    public void PutBack(IEnumerable<SubjectSeries> subjects)
    {
        foreach (var subject in subjects)
        {
            var share = GradingShares.Of(subject.SubjectKey);
            if (!_left.TryGetValue(share, out var there))
            {
                _left.Add(share, there = []);
            }

            there.Add(subject);
        }
    }

    /// <summary>Forgets those that are not pending any more.</summary>
    public void Keep(IReadOnlyList<SubjectSeries> pending)
    {
        var keys = pending.Select(subject => subject.SubjectKey).ToHashSet();
        foreach (var (share, subjects) in _left.ToArray())
        {
            subjects.RemoveAll(subject => !keys.Contains(subject.SubjectKey));
            if (subjects.Count == 0)
            {
                _left.Remove(share);
            }
        }
    }
}

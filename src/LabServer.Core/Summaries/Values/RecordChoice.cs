namespace LabServer.Core.Summaries;

/// <summary>
/// Which of several results of a subject and visit stands for it (ANL01FL). The baseline record, where it is among them.
/// Else, where the study's window names a target day, the one nearest to it, and of two equally near the later one; a
/// result whose day is not certain comes after all others. Else the last one collected, in the order of grading.
/// </summary>
public static class RecordChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="candidates">Positions in the series, in its order; at least one.</param>
    /// <param name="baseline">Position of the baseline record; null: none.</param>
    /// <param name="targetDay">Target day of the visit's window; null: not said.</param>
    /// <param name="days">Study days of a result; null: not known.</param>
    public static int Of(IReadOnlyList<int> candidates, int? baseline, int? targetDay, Func<int, StudyDays?> days)
    {
        if (baseline is { } record && candidates.Contains(record))
        {
            return record;
        }

        if (targetDay is not { } target || candidates.Count == 1)
        {
            return candidates[^1];
        }

        var (best, nearest) = (candidates[^1], int.MaxValue);
        foreach (var candidate in candidates)
        {
            var distance = days(candidate)?.Certain is { } day ? Math.Abs(DaysAfterDose(day) - DaysAfterDose(target)) : int.MaxValue;
            if (distance <= nearest)
            {
                (best, nearest) = (candidate, distance);
            }
        }

        return best;
    }

    // There is no day 0.
    private static int DaysAfterDose(int day) => day > 0 ? day - 1 : day;
}

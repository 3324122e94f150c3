using LabServer.Core.Grading;

namespace LabServer.Core.Ingestion;

/// <summary>Checks ranges of a laboratory before they are stored: each by itself, then whether two are for the same result.</summary>
public static class LaboratoryRangeChecks
{
    /// <summary>Most ranges of one set.</summary>
    public const int MaximumRanges = 10_000;

    /// <summary>Every fault of every range at once. Never throws, whatever was sent.</summary>
    /// <param name="sent">The ranges as sent.</param>
    /// <param name="catalogue">Tests and units.</param>
    /// <param name="onFile">Ranges that the new ones are added to; empty: they stand alone.</param>
    public static CheckedRanges Check(IReadOnlyList<SentRange> sent, TestCatalogue catalogue, IReadOnlyList<LaboratoryRange> onFile)
    {
        var faults = new List<RangeFault>();
        var all = onFile.Select(range => (Range: range, Position: (int?)null)).ToList();
        for (var position = 0; position < sent.Count; position++)
        {
            List<Fault>? own = null;
            if (LaboratoryRangeReader.Read(sent[position], catalogue, ref own) is { } range)
            {
                all.Add((range, position));
            }

            faults.AddRange((own ?? []).Select(fault => new RangeFault(position, fault)));
        }

        faults.AddRange(Overlaps(all));
        return new CheckedRanges([.. all.Select(entry => entry.Range)], [.. faults.OrderBy(fault => fault.Position)]);
    }

    /// <summary>
    /// Whether a result could be judged by either: one test and method, and sex, age and days that intersect. A range for
    /// one method and one for any method do not overlap, since the method decides.
    /// </summary>
    public static bool Overlap(LaboratoryRange one, LaboratoryRange other)
    {
        var from = Later(one.EffectiveFrom, other.EffectiveFrom);
        var to = Earlier(one.EffectiveTo, other.EffectiveTo);
        return one.Test == other.Test
            && one.IsForMethod(other.Method)
            && (one.Sex is null || other.Sex is null || one.Sex == other.Sex)
            && !(from >= to)
            && AgeOverlap.LeavesAnybody(new[] { one.AgeFrom, one.AgeTo, other.AgeFrom, other.AgeTo }.OfType<AgeBound>(), from, to);
    }

    // A fault for each range that overlaps an earlier one, and which: all pairs of a file sent twice over would drown it.
    private static IEnumerable<RangeFault> Overlaps(IEnumerable<(LaboratoryRange Range, int? Position)> ranges)
    {
        foreach (var group in ranges.GroupBy(entry => (entry.Range.Test, entry.Range.Method.ToUpperInvariant())))
        {
            var earlier = new List<(LaboratoryRange Range, int? Position)>();
            foreach (var entry in group)
            {
                var at = entry.Position is null ? -1 : earlier.FindIndex(before => Overlap(before.Range, entry.Range));
                if (at >= 0)
                {
                    yield return new RangeFault(
                        entry.Position!.Value,
                        new Fault(FaultCode.RangeOverlap, "test_code", $"A result could be judged by this range ({entry.Range}) and by another ({earlier[at].Range})."),
                        earlier[at].Position);
                }

                earlier.Add(entry);
            }
        }
    }

    private static DateOnly? Later(DateOnly? a, DateOnly? b) => a is null ? b : b is null || a > b ? a : b;

    private static DateOnly? Earlier(DateOnly? a, DateOnly? b) => a is null ? b : b is null || a < b ? a : b;
}

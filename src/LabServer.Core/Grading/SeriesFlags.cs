using System.Globalization;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>Finds the quality flags of a whole series. A pure function: the same series has the same flags.</summary>
public static class SeriesFlags
{
    /// <summary>The flags, by result key and flag.</summary>
    /// <param name="series">Observations in time order, prepared (<see cref="SeriesPreparation"/>).</param>
    /// <param name="test">The test, for limits and units.</param>
    public static IReadOnlyList<SeriesFlag> Find(IReadOnlyList<Observation> series, TestDefinition test)
    {
        var flags = new List<SeriesFlag>();
        Observation? previous = null;
        for (var i = 0; i < series.Count; i++)
        {
            var observation = series[i];
            AddOwn(observation, test, flags);
            if (previous is { } earlier && Delta(observation, earlier, test) is { } change)
            {
                flags.Add(change);
            }

            // A spoiled specimen is no measure for the result behind it.
            if (observation is { ExactValue: not null, IsSpoiled: false })
            {
                previous = observation;
            }
        }

        AddDuplicates(series, flags);
        flags.Sort((a, b) => (a.ResultKey, a.Flag).CompareTo((b.ResultKey, b.Flag)));
        return flags;
    }

    private static void AddOwn(in Observation observation, TestDefinition test, List<SeriesFlag> flags)
    {
        if (test.Plausible is { } limits && Standard(observation, test) is { } value && IsOutside(value, observation.Qualifier, limits))
        {
            flags.Add(Own(observation, FlagKind.ImplausibleValue, $"{Sign(observation.Qualifier)}{Text(value)} is not within {Text(limits.Low)} to {Text(limits.High)}{Unit(test)}"));
        }

        if (observation.IsSpoiled)
        {
            flags.Add(Own(observation, FlagKind.SpoiledSpecimen, $"specimen {observation.SpecimenCondition.Trim()}"));
        }

        if (observation.Status == ResultStatus.Preliminary)
        {
            flags.Add(Own(observation, FlagKind.Preliminary, ""));
        }

        if (observation.Value is null && test.Kind == ValueKind.Numeric)
        {
            flags.Add(Own(observation, FlagKind.TextForNumber, ""));
        }
    }

    // A bound is outside only when every value it allows is.
    private static bool IsOutside(double value, ValueQualifier qualifier, PlausibleLimits limits)
    {
        var (low, high) = (FifteenDigits.Compare(value, limits.Low), FifteenDigits.Compare(value, limits.High));
        return qualifier switch
        {
            ValueQualifier.None => low < 0 || high > 0,
            ValueQualifier.Less => low <= 0,
            ValueQualifier.LessOrEqual => low < 0,
            ValueQualifier.Greater => high >= 0,
            ValueQualifier.GreaterOrEqual => high > 0,
            _ => false,
        };
    }

    private static SeriesFlag? Delta(in Observation observation, in Observation previous, TestDefinition test)
    {
        if (test.Delta is not { } check || observation.ExactValue is null || !ExceedsPercent(observation.StandardValue, previous.StandardValue, check.Percent))
        {
            return null;
        }

        var apart = (observation.CollectedUs - previous.CollectedUs) / (decimal)TimeSpan.MicrosecondsPerHour;
        return apart <= check.Hours && IsKnownToTheDay(observation) && IsKnownToTheDay(previous)
            ? new SeriesFlag(
                observation.ResultKey,
                FlagKind.DeltaCheck,
                previous.ResultKey,
                $"{Text(previous.StandardValue!.Value)} at {previous.CollectedAt}, then {Text(observation.StandardValue!.Value)}{Unit(test)}: over {Text(check.Percent)} % in {check.Hours} h")
            : null;
    }

    // Of 0 no percentage can be told.
    private static bool ExceedsPercent(double? value, double? previous, double percent)
    {
        if (value is not { } now || previous is not { } before || before == 0)
        {
            return false;
        }

        return FifteenDigits.FitsDecimal(now) && FifteenDigits.FitsDecimal(before)
            ? 100 * Math.Abs((decimal)now - (decimal)before) > Math.Abs((decimal)before) * (decimal)percent
            : 100 * Math.Abs(now - before) > Math.Abs(before) * percent;
    }

    private static bool IsKnownToTheDay(in Observation observation) =>
        PartialDateTime.TryRead(observation.CollectedAt, out var collected, out _) && collected.Precision >= DatePrecision.Day;

    private static void AddDuplicates(IReadOnlyList<Observation> series, List<SeriesFlag> flags)
    {
        for (var start = 0; start < series.Count;)
        {
            var end = start + 1;
            while (end < series.Count && series[end].CollectedUs == series[start].CollectedUs)
            {
                end++;
            }

            if (end - start > 1)
            {
                AddDuplicates(series, start, end, flags);
            }

            start = end;
        }
    }

    // The baseline is looked for from the end, so of one draw only the last gradable result can be it.
    private static void AddDuplicates(IReadOnlyList<Observation> series, int start, int end, List<SeriesFlag> flags)
    {
        var counts = end - 1;
        while (counts >= start && series[counts].GradableValue is null)
        {
            counts--;
        }

        for (var i = start; i < end; i++)
        {
            var which = $"{i - start + 1} of {end - start} results of one collection time";
            flags.Add(counts < start
                ? new SeriesFlag(series[i].ResultKey, FlagKind.DuplicateInDraw, null, $"{which}; none of them can be the baseline")
                : i == counts
                    ? new SeriesFlag(series[i].ResultKey, FlagKind.DuplicateInDraw, null, $"{which}; the last gradable one, which can be the baseline")
                    : new SeriesFlag(series[i].ResultKey, FlagKind.DuplicateInDraw, series[counts].ResultKey, $"{which}; another is the last gradable one"));
        }
    }

    private static SeriesFlag Own(in Observation observation, FlagKind flag, string detail) => new(observation.ResultKey, flag, null, detail);

    // Bounds have no standard value on file.
    private static double? Standard(in Observation observation, TestDefinition test) =>
        observation.StandardValue ?? (observation.Value is { } value ? test.FindUnit(observation.Unit)?.ToStandard((decimal)value) : null);

    private static string Sign(ValueQualifier qualifier) => qualifier switch
    {
        ValueQualifier.Less => "<",
        ValueQualifier.LessOrEqual => "<=",
        ValueQualifier.Greater => ">",
        ValueQualifier.GreaterOrEqual => ">=",
        _ => "",
    };

    private static string Unit(TestDefinition test) => test.StandardUnit is { } unit and not "1" ? $" {unit}" : "";

    private static string Text(double number) => number.ToString("G15", CultureInfo.InvariantCulture);
}

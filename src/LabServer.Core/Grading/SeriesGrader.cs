using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>
/// Grades a whole series: one subject and test in time order. A pure function; a late or changed result changes what
/// it gives for the others, which is why a series is always graded whole.
/// </summary>
public static class SeriesGrader
{
    /// <summary>Finds the baseline, grades every observation under every term, and finds the adverse events.</summary>
    /// <param name="series">Observations by (CollectedUs, ResultKey), prepared (<see cref="SeriesPreparation"/>).</param>
    /// <param name="subject">The subject.</param>
    /// <param name="test">The test, for units.</param>
    /// <param name="terms">Terms that look at the test.</param>
    public static SeriesGrades Grade(
        IReadOnlyList<Observation> series, SeriesSubject subject, TestDefinition test, IReadOnlyList<Term> terms)
    {
        var timing = Timing(series, subject);
        var baselineIndex = FindBaseline(series, timing);
        return new SeriesGrades(
            baselineIndex, [.. terms.Select(term => Grade(term, series, timing, baselineIndex, subject, test))])
        {
            Timing = timing,
        };
    }

    /// <summary>
    /// The baseline: the last observation with a gradable value at or before the first dose. One of which that is not
    /// certain (a partial date) is passed over.
    /// </summary>
    public static int? FindBaseline(IReadOnlyList<Observation> series, SeriesSubject subject) =>
        FindBaseline(series, Timing(series, subject));

    /// <summary>
    /// A baseline value in the unit of another observation: as reported when the units are the same, else converted.
    /// Null when it cannot be converted.
    /// </summary>
    public static double? BaselineIn(string? unit, in Observation baseline, TestDefinition test)
    {
        if (baseline.Unit == unit)
        {
            return baseline.GradableValue;
        }

        return baseline is { GradableValue: not null, StandardValue: { } standard } && test.FindUnit(unit) is { } target
            ? target.FromStandard(standard)
            : null;
    }

    /// <summary>As <see cref="FindBaseline(IReadOnlyList{Observation}, SeriesSubject)"/>, with the <see cref="Timing"/> at hand.</summary>
    internal static int? FindBaseline(IReadOnlyList<Observation> series, BaselineOrder?[] timing)
    {
        for (var i = series.Count - 1; i >= 0; i--)
        {
            if (timing[i] == BaselineOrder.AtOrBefore && series[i].GradableValue is not null)
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>Where each observation lies against the first dose; null: the subject was not dosed.</summary>
    internal static BaselineOrder?[] Timing(IReadOnlyList<Observation> series, SeriesSubject subject)
    {
        var timing = new BaselineOrder?[series.Count];
        if (subject.FirstDose is { } dose)
        {
            for (var i = 0; i < timing.Length; i++)
            {
                timing[i] = PartialDateTime.TryRead(series[i].CollectedAt, out var collected, out _)
                    ? collected.CompareForBaseline(dose, subject.Zone)
                    : BaselineOrder.Uncertain;
            }
        }

        return timing;
    }

    private static TermGrades Grade(
        Term term, IReadOnlyList<Observation> series, BaselineOrder?[] timing, int? baselineIndex, SeriesSubject subject, TestDefinition test)
    {
        var inputs = new GradeInput[series.Count];
        var outcomes = new GradeOutcome[series.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (term.AppliesTo(series[i].Fasting))
            {
                inputs[i] = Input(series[i], baselineIndex is { } index ? series[index] : null, subject, test, term.DependsOnPopulation);
                outcomes[i] = series[i].Barred is { } reason ? GradeOutcome.NotGradable(reason) : Grader.Grade(term, inputs[i]);
            }
        }

        var baselineGrade = baselineIndex is { } at ? outcomes[at].Grade : null;
        return new TermGrades(term, inputs, outcomes, FindEvents(series, outcomes, timing, baselineGrade));
    }

    private static GradeInput Input(
        in Observation observation, Observation? baseline, SeriesSubject subject, TestDefinition test, bool needsDate) => new()
        {
            Value = observation.Value,
            Qualifier = observation.Qualifier,
            Unit = observation.Unit,
            LowerLimit = observation.LowerLimit,
            UpperLimit = observation.UpperLimit,
            Baseline = baseline is { } record ? BaselineIn(observation.Unit, record, test) : null,
            BaselineIndicator = baseline?.Indicator,
            Sex = subject.Sex,
            BirthDate = subject.BirthDate,
            Facts = subject.Facts,
            CollectedOn = needsDate ? SeriesSubject.Date(observation.CollectedAt, subject.Zone) : null,
        };

    // One that may be before or after the first dose counts as after it: an event is better shown than missed.
    // A result that cannot be graded neither ends a run nor belongs to it: it says nothing.
    // Of several results of one moment (a draw measured twice) the worst decides; the lesser ones then neither end the
    // run nor belong to it.
    private static List<SeriesEvent> FindEvents(
        IReadOnlyList<Observation> series, GradeOutcome[] outcomes, BaselineOrder?[] timing, int? baselineGrade)
    {
        var events = new List<SeriesEvent>();
        var run = new List<int>();
        foreach (var draw in Draws(series, outcomes, timing))
        {
            var worse = draw.FindAll(i => outcomes[i].Grade >= 1 && outcomes[i].Grade > (baselineGrade ?? 0));
            if (worse.Count > 0)
            {
                run.AddRange(worse);
            }
            else if (run.Count > 0)
            {
                events.Add(Event(run, draw[0]));
                run = [];
            }
        }

        if (run.Count > 0)
        {
            events.Add(Event(run, endIndex: null));
        }

        return events;

        SeriesEvent Event(List<int> members, int? endIndex) =>
            new(members, endIndex, baselineGrade, members.Max(i => outcomes[i].Grade!.Value));
    }

    // Positions of the graded results after the first dose, those of one moment together.
    private static IEnumerable<List<int>> Draws(IReadOnlyList<Observation> series, GradeOutcome[] outcomes, BaselineOrder?[] timing)
    {
        List<int> draw = [];
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (timing[i] is null or BaselineOrder.AtOrBefore || outcomes[i].Grade is null)
            {
                continue;
            }

            if (draw.Count > 0 && series[draw[0]].CollectedUs != series[i].CollectedUs)
            {
                yield return draw;
                draw = [];
            }

            draw.Add(i);
        }

        if (draw.Count > 0)
        {
            yield return draw;
        }
    }
}

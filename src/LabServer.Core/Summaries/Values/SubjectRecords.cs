using System.Globalization;
using System.Runtime.InteropServices;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Summaries;

/// <summary>
/// Finds, subject by subject, which results of a test stand for its visits and its baseline. One object for all subjects:
/// a table reads tens of thousands of results, so what a subject needs is kept for the next.
/// </summary>
/// <param name="test">The test.</param>
/// <param name="visits">Visits as they come up.</param>
/// <param name="texts">Words and marks that were sent.</param>
/// <param name="isDecided">Of a coded test, whether a text says something; null: any does.</param>
/// <param name="withBarred">Whether text and spoiled results stand for a visit that has no other.</param>
internal sealed class SubjectRecords(TestDefinition test, VisitSlots visits, SentTexts texts, Func<string, bool>? isDecided, bool withBarred)
{
    private const double DayUs = 86_400_000_000;

    // A result is after the dose in any zone, whatever is known of either time, when it begins later than this after it.
    private const long CertainlyAfterUs = 2 * 86_400_000_000L;

    private const int NoVisit = -1;
    private const int NotUsable = -2;

    private readonly List<int> _candidates = [];
    private int[] _slots = [];
    private List<Observation> _series = [];
    private SeriesSubject _subject = null!;
    private BaselineOrder?[] _timing = [];

    /// <summary>The last microsecond at which it takes a result's date to tell whether it is after the first dose; null: there is none.</summary>
    public static long? CertainlyAfter(SeriesSubject subject) => subject.FirstDose?.EndUtc(subject.Zone) + CertainlyAfterUs;

    /// <summary>One record a visit.</summary>
    /// <param name="series">A prepared series. It is not kept.</param>
    /// <param name="subject">Its subject, who has a first dose.</param>
    public SubjectVisits Choose(List<Observation> series, SeriesSubject subject)
    {
        (_series, _subject) = (series, subject);
        var doseUs = subject.FirstDose?.StartUtc(subject.Zone) ?? 0;

        // What is certainly after the dose is no baseline; so the dates of most results need not be read.
        var early = CertainlyAfter(subject) is { } limit ? CountUpTo(limit) : series.Count;

        var before = series.GetRange(0, early);
        _timing = SeriesGrader.Timing(before, subject);
        var baseline = SeriesGrader.FindBaseline(before, _timing);
        var withoutVisit = FindSlots();
        var records = new VisitRecord?[visits.Count];
        for (var i = 0; i < series.Count; i++)
        {
            var slot = _slots[i];
            if (slot >= 0 && records[slot] is null)
            {
                var chosen = Choose(i, baseline);
                records[slot] = Record(chosen);
                visits.Add(slot, (series[chosen].CollectedUs - doseUs) / DayUs);
            }
        }

        return new SubjectVisits(baseline is { } at ? Record(at) : null, records, withoutVisit);
    }

    private int CountUpTo(long us)
    {
        var count = 0;
        while (count < _series.Count && At(count).CollectedUs <= us)
        {
            count++;
        }

        return count;
    }

    private int FindSlots()
    {
        if (_slots.Length < _series.Count)
        {
            _slots = new int[_series.Count * 2];
        }

        var withoutVisit = 0;
        for (var i = 0; i < _series.Count; i++)
        {
            ref readonly var observation = ref At(i);
            if (!withBarred && !IsUsable(observation))
            {
                _slots[i] = NotUsable;
            }
            else if (!visits.TryFind(observation.VisitKey, out _slots[i]))
            {
                _slots[i] = visits.Of(observation.VisitKey, Days(i)) ?? NoVisit;
                withoutVisit += _slots[i] == NoVisit ? 1 : 0;
            }
        }

        return withoutVisit;
    }

    // The first result of a visit is at hand; most have no other.
    private int Choose(int first, int? baseline)
    {
        _candidates.Clear();
        for (var i = first; i < _series.Count; i++)
        {
            if (_slots[i] == _slots[first])
            {
                _candidates.Add(i);
            }
        }

        return _candidates.Count == 1
            ? first
            : RecordChoice.Of(Decided(Usable()), baseline, visits.TargetDay(_slots[first]), Days);
    }

    // Numbers as grading bars them; a coded test has words, of which grading knows nothing but the specimen.
    private bool IsUsable(in Observation observation) => test.Kind == ValueKind.Coded
        ? observation.Barred is null or NotGradableReason.ValueIsText
            && (!observation.IsSpoiled || _subject.SpoiledSpecimens != SpoiledSpecimens.NotGradable)
        : observation.Barred is null;

    private List<int> Usable()
    {
        if (!withBarred)
        {
            return _candidates;
        }

        var usable = _candidates.FindAll(i => IsUsable(At(i)));
        return usable.Count > 0 ? usable : _candidates;
    }

    private List<int> Decided(List<int> candidates)
    {
        if (isDecided is null || test.Kind != ValueKind.Coded)
        {
            return candidates;
        }

        var decided = candidates.FindAll(i => isDecided(Text(At(i))));
        return decided.Count > 0 ? decided : candidates;
    }

    private StudyDays? Days(int i) =>
        _subject.FirstDose is { } dose && PartialDateTime.TryRead(At(i).CollectedAt, out var collected, out _)
            ? StudyDays.Of(collected, dose, _subject.Zone)
            : null;

    private VisitRecord Record(int i)
    {
        ref readonly var observation = ref At(i);
        return new VisitRecord
        {
            ResultKey = observation.ResultKey,
            CollectedUs = observation.CollectedUs,
            Value = Standard(observation),
            Qualifier = observation.Qualifier,
            Text = test.Kind == ValueKind.Coded ? Text(observation) : "",
            Indicator = observation.Indicator,
            IsBarred = !IsUsable(observation),
            AfterFirstDose = i >= _timing.Length || _timing[i] is BaselineOrder.After or BaselineOrder.Uncertain,
        };
    }

    // The standard value of a bound is not stored: AVAL leaves it out.
    private double? Standard(in Observation observation) => observation.StandardValue
        ?? (observation.Value is { } value ? test.FindUnit(observation.Unit)?.ToStandard((decimal)value) ?? value : null);

    // A number is a mark too.
    private string Text(in Observation observation) => observation.TextKey is { } key
        ? texts[key]
        : observation.Value is { } value
            ? observation.Qualifier.Sign() + ((decimal)value).ToString("0.############################", CultureInfo.InvariantCulture)
            : "";

    // Observations are large: looked at where they are, not copied out.
    private ref readonly Observation At(int i) => ref CollectionsMarshal.AsSpan(_series)[i];
}

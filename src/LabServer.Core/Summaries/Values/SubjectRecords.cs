using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Summaries;

/// <summary>The results of one subject and test, and which of them stand for its visits and its baseline.</summary>
internal sealed class SubjectRecords
{
    // From so long after the first dose on a result is after it in any zone, whatever is known of either time.
    private const long CertainlyAfterUs = 2 * 86_400_000_000L;

    private readonly IReadOnlyList<Observation> _series;
    private readonly SeriesSubject _subject;
    private readonly TestDefinition _test;
    private readonly SentTexts _texts;
    private readonly Func<string, bool>? _isDecided;
    private readonly bool _withBarred;
    private readonly long _doseUs;
    private readonly int? _baseline;
    private readonly BaselineOrder?[] _timing;

    /// <summary>Takes a prepared series.</summary>
    public SubjectRecords(
        IReadOnlyList<Observation> series, SeriesSubject subject, TestDefinition test, SentTexts texts, Func<string, bool>? isDecided,
        bool withBarred = false)
    {
        (_series, _subject, _test, _texts, _isDecided, _withBarred) = (series, subject, test, texts, isDecided, withBarred);
        var start = series.Count;
        if (subject.FirstDose is { } dose)
        {
            _doseUs = dose.StartUtc(subject.Zone);
            var after = dose.EndUtc(subject.Zone) + CertainlyAfterUs;
            for (start = 0; start < series.Count && series[start].CollectedUs <= after; start++)
            {
            }
        }

        // What is certainly after the dose is no baseline; so the dates of most results need not be read.
        var early = series.Take(start).ToArray();
        _baseline = SeriesGrader.FindBaseline(early, subject);
        _timing = SeriesGrader.Timing(early, subject);
    }

    /// <summary>One record a visit.</summary>
    public SubjectVisits Choose(VisitSlots visits)
    {
        var candidates = new Dictionary<int, List<int>>();
        var withoutVisit = 0;
        for (var i = 0; i < _series.Count; i++)
        {
            if (!_withBarred && !IsUsable(_series[i]))
            {
                continue;
            }

            var at = i;
            if (visits.Of(_series[i].VisitKey, () => Days(at)) is not { } slot)
            {
                withoutVisit++;
            }
            else if (candidates.TryGetValue(slot, out var others))
            {
                others.Add(i);
            }
            else
            {
                candidates.Add(slot, [i]);
            }
        }

        var records = new Dictionary<int, VisitRecord>(candidates.Count);
        foreach (var (slot, all) in candidates)
        {
            var chosen = RecordChoice.Of(Decided(Usable(all)), _baseline, visits.TargetDay(slot), Days);
            records.Add(slot, Record(chosen));
            visits.Add(slot, (_series[chosen].CollectedUs - _doseUs) / 86_400_000_000.0);
        }

        return new SubjectVisits(_baseline is { } baseline ? Record(baseline) : null, records, withoutVisit);
    }

    // Numbers as grading bars them; a coded test has words, of which grading knows nothing but the specimen.
    private bool IsUsable(in Observation observation) => _test.Kind == ValueKind.Coded
        ? observation.Barred is null or NotGradableReason.ValueIsText
            && (!observation.IsSpoiled || _subject.SpoiledSpecimens != SpoiledSpecimens.NotGradable)
        : observation.Barred is null;

    private List<int> Usable(List<int> candidates)
    {
        if (!_withBarred)
        {
            return candidates;
        }

        var usable = candidates.FindAll(i => IsUsable(_series[i]));
        return usable.Count > 0 ? usable : candidates;
    }

    private List<int> Decided(List<int> candidates)
    {
        if (_isDecided is null || candidates.Count == 1)
        {
            return candidates;
        }

        var decided = candidates.FindAll(i => _isDecided(Text(_series[i])));
        return decided.Count > 0 ? decided : candidates;
    }

    private StudyDays? Days(int i) =>
        _subject.FirstDose is { } dose && PartialDateTime.TryRead(_series[i].CollectedAt, out var collected, out _)
            ? StudyDays.Of(collected, dose, _subject.Zone)
            : null;

    private VisitRecord Record(int i)
    {
        var observation = _series[i];
        return new VisitRecord
        {
            ResultKey = observation.ResultKey,
            CollectedUs = observation.CollectedUs,
            Value = Standard(observation),
            Qualifier = observation.Qualifier,
            Text = _test.Kind == ValueKind.Coded ? Text(observation) : "",
            Indicator = observation.Indicator,
            IsBarred = !IsUsable(observation),
            AfterFirstDose = i >= _timing.Length || _timing[i] is BaselineOrder.After or BaselineOrder.Uncertain,
        };
    }

    // The standard value of a bound is not stored: AVAL leaves it out.
    private double? Standard(in Observation observation) => observation.StandardValue
        ?? (observation.Value is { } value ? _test.FindUnit(observation.Unit)?.ToStandard((decimal)value) ?? value : null);

    // A number is a mark too.
    private string Text(in Observation observation) => observation.TextKey is { } key
        ? _texts[key]
        : observation.Value is { } value
            ? observation.Qualifier.Sign() + ((decimal)value).ToString("0.############################", System.Globalization.CultureInfo.InvariantCulture)
            : "";
}

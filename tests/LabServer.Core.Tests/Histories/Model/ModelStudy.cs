using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Histories;

/// <summary>
/// What a study must hold, written from the design and the published criteria, in memory, and without the product's
/// grading: everything is worked out afresh from the versions that were sent whenever it is asked for.
/// </summary>
internal sealed class ModelStudy(int zoneMinutes, IReadOnlyList<string> ruleSets, Func<string, SpecimenConditions> spoiledBy)
{
    private readonly Dictionary<(string Laboratory, string Id), SortedDictionary<long, LabResult>> _versions = [];
    private readonly HashSet<LabResult> _rejected = [];
    private readonly Dictionary<string, Subject> _subjects = [];
    private readonly Dictionary<(string Test, string Text), ModelUnit> _registeredUnits = [];
    private readonly Dictionary<(string SubjectId, ModelTerm Term, string Result), string> _anchors = [];

    // Grading a subject again costs time; only a subject that something happened to since is.
    private readonly Dictionary<string, HashSet<(string Laboratory, string Id)>> _resultsOf = [];
    private readonly Dictionary<string, (List<ModelRow> Rows, List<ModelEvent> Events, Dictionary<string, string> Extremes)> _graded = [];
    private readonly ILookup<string, ModelTerm> _terms = ModelTerms.All.Where(term => ruleSets.Contains(term.RuleSet)).ToLookup(term => term.Test);

    public int ZoneMinutes => zoneMinutes;

    public StudySettings Settings { get; private set; } = new();

    /// <summary>Change them through <see cref="ChangeRanges"/>.</summary>
    public ModelRanges Ranges { get; } = new();

    public void ChangeRanges(Action<ModelRanges> change)
    {
        change(Ranges);
        _graded.Clear();
    }

    public void Change(StudySettings settings)
    {
        Settings = settings;
        _graded.Clear();
    }

    public void Register(Subject subject)
    {
        _subjects[subject.SubjectId] = subject;
        Touch(subject.SubjectId);
        foreach (var id in _resultsOf.GetValueOrDefault(subject.SubjectId, []))
        {
            Touch(id);
        }
    }

    public void RegisterUnit(string test, string text, string unit)
    {
        _registeredUnits[(test, text)] = ModelUnits.Named(test, unit);
        _graded.Clear();
    }

    /// <summary>Takes a result in, and says what must be answered.</summary>
    public Disposition Take(LabResult result)
    {
        // A range the wrong way round is a fault whatever else is on file.
        if (Digits.Read(result.ReferenceLow) > Digits.Read(result.ReferenceHigh))
        {
            return Reject(result);
        }

        if (!_versions.TryGetValue((result.Laboratory, result.SourceResultId), out var versions))
        {
            _versions.Add((result.Laboratory, result.SourceResultId), versions = []);
        }

        if (versions.TryGetValue(result.Version, out var onFile))
        {
            return onFile == result ? Disposition.Duplicate : Reject(result);
        }

        versions.Add(result.Version, result);
        _resultsOf.TryAdd(result.SubjectId, []);
        _resultsOf[result.SubjectId].Add((result.Laboratory, result.SourceResultId));
        Touch((result.Laboratory, result.SourceResultId));
        return IsHeld(result) ? Disposition.Held
            : versions.Keys.First() < result.Version ? Disposition.Amended
            : Disposition.Accepted;
    }

    /// <summary>The grades and events of all subjects.</summary>
    public (List<ModelRow> Rows, List<ModelEvent> Events) Grade()
    {
        GradeTouched();
        return ([.. _graded.Values.SelectMany(graded => graded.Rows)], [.. _graded.Values.SelectMany(graded => graded.Events)]);
    }

    /// <summary>Baselines and extremes of all subjects, by what they are of.</summary>
    public Dictionary<string, string> Extremes()
    {
        GradeTouched();
        return _graded.Values.SelectMany(graded => graded.Extremes).ToDictionary();
    }

    /// <summary>The newest versions that count, of all subjects.</summary>
    public IEnumerable<ModelResult> InForce() => _versions.Keys.Select(InForce).OfType<ModelResult>();

    /// <summary>
    /// The result each event takes its id from. The first member that an event was anchored to before is it; an event
    /// without such a member is anchored to its onset. Asked for at every grading run, since a run makes anchors.
    /// </summary>
    public string Anchor(ModelEvent found)
    {
        var keys = found.Members.Select(member => (found.SubjectId, found.Term, member.Result.Key)).ToList();
        foreach (var key in keys)
        {
            if (_anchors.TryGetValue(key, out var known))
            {
                return known;
            }
        }

        return _anchors[keys[0]] = keys[0].Key;
    }

    /// <summary>Whether what a laboratory says of a specimen spoils the test.</summary>
    public bool Spoils(string test, string condition) => (spoiledBy(test) & condition switch
    {
        "HEMOLYZED" or "SLIGHTLY HAEMOLYSED" => SpecimenConditions.Hemolyzed,
        "LIPEMIC" => SpecimenConditions.Lipemic,
        "ICTERIC, CLOTTED" => SpecimenConditions.Icteric | SpecimenConditions.Clotted,
        _ => SpecimenConditions.None,
    }) != SpecimenConditions.None;

    // The same rejected content again is known already.
    private Disposition Reject(LabResult result) => _rejected.Add(result) ? Disposition.Rejected : Disposition.Duplicate;

    private void GradeTouched()
    {
        foreach (var subject in _subjects.Values.Where(subject => !_graded.ContainsKey(subject.SubjectId)))
        {
            _graded.Add(subject.SubjectId, Grade(subject));
        }
    }

    private (List<ModelRow> Rows, List<ModelEvent> Events, Dictionary<string, string> Extremes) Grade(Subject subject)
    {
        var (rows, events, extremes) = (new List<ModelRow>(), new List<ModelEvent>(), new Dictionary<string, string>());
        var inForce = _resultsOf.GetValueOrDefault(subject.SubjectId, []).Select(InForce).OfType<ModelResult>()
            .Where(result => result.Sent.SubjectId == subject.SubjectId);
        foreach (var series in inForce.GroupBy(result => result.Sent.TestCode))
        {
            var model = new ModelSeries(this, subject, series);
            var byTerm = _terms[series.Key].Select(term => (Term: term, Rows: model.Rows(term))).ToList();
            foreach (var (term, graded) in byTerm)
            {
                rows.AddRange(graded);
                events.AddRange(model.Events(term, graded));
            }

            foreach (var (of, extreme) in model.Extremes(series.Key, byTerm))
            {
                extremes.Add(of, extreme);
            }
        }

        return (rows, events, extremes);
    }

    // Of the versions of a result the newest counts that is not held; a cancelled one takes the result away.
    private ModelResult? InForce((string Laboratory, string Id) id) =>
        _versions[id].Values.LastOrDefault(version => !IsHeld(version)) is { Status: not ResultStatus.Cancelled } newest
            ? ModelResult.Read(newest, Unit(newest), _subjects[newest.SubjectId], this)
            : null;

    private void Touch(string subjectId) => _graded.Remove(subjectId);

    // A version may take the result from the subject of another.
    private void Touch((string Laboratory, string Id) id)
    {
        foreach (var version in _versions[id].Values)
        {
            Touch(version.SubjectId);
        }
    }

    // A number in an unknown unit waits for the unit; a text has none to wait for, and a cancelled result no number.
    private bool IsHeld(LabResult result) =>
        !_subjects.ContainsKey(result.SubjectId)
        || (Unit(result) is null && result.Status != ResultStatus.Cancelled && char.IsAsciiDigit(result.ReportedValue[^1]));

    private ModelUnit? Unit(LabResult result) =>
        ModelUnits.Find(result.TestCode, result.ReportedUnit) ?? _registeredUnits.GetValueOrDefault((result.TestCode, result.ReportedUnit));
}

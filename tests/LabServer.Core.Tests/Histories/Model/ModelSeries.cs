namespace LabServer.Core.Tests.Histories;

/// <summary>A grade the product must have stored.</summary>
internal sealed record ModelRow(ModelTerm Term, ModelResult Result, ModelGrade Grade, ModelResult? Baseline);

/// <summary>An adverse event the product must have stored.</summary>
internal sealed record ModelEvent(
    string SubjectId, ModelTerm Term, IReadOnlyList<ModelRow> Members, ModelResult? EndedBy, int? BaselineGrade)
{
    public int Worst => Members.Max(member => member.Grade.Grade!.Value);
}

/// <summary>All results in force of one subject and test: their baseline, grades and events.</summary>
internal sealed class ModelSeries
{
    private readonly ModelStudy _study;
    private readonly Subject _subject;
    private readonly List<ModelResult> _results;
    private readonly ModelDate? _dose;
    private readonly ModelResult? _baseline;

    public ModelSeries(ModelStudy study, Subject subject, IEnumerable<ModelResult> results)
    {
        (_study, _subject) = (study, subject);
        _dose = ModelDate.Read(subject.FirstDoseAt, study.ZoneMinutes);
        _results = [.. results
            .OrderBy(result => result.Collected.StartUs)
            .ThenBy(result => result.Sent.SourceResultId.Length)
            .ThenBy(result => result.Sent.SourceResultId, StringComparer.Ordinal)
            .ThenBy(result => result.Sent.Laboratory, StringComparer.Ordinal)];
        _baseline = _results.LastOrDefault(result => result.Collected.Against(_dose) == Placed.Before && result.MayBeBaseline);
    }

    /// <summary>The grades under one term, in the order of the series.</summary>
    public List<ModelRow> Rows(ModelTerm term) =>
        [.. _results.Where(result => term.Fasting is null || term.Fasting == result.IsFasting)
            .Select(result => new ModelRow(term, result, Grade(term, result), _baseline))];

    /// <summary>
    /// Runs of results after the first dose that are graded, and worse than the baseline. Of one moment only the worst
    /// speak; what has no grade says nothing.
    /// </summary>
    public IEnumerable<ModelEvent> Events(ModelTerm term, List<ModelRow> rows)
    {
        var baselineGrade = rows.Find(row => row.Result == _baseline)?.Grade.Grade;
        var run = new List<ModelRow>();
        var moments = rows
            .Where(row => row.Grade.Grade is not null && row.Result.Collected.Against(_dose) == Placed.After)
            .GroupBy(row => row.Result.Collected.StartUs);
        foreach (var moment in moments)
        {
            var worse = moment.Where(row => row.Grade.Grade >= 1 && row.Grade.Grade > (baselineGrade ?? 0)).ToList();
            run.AddRange(worse);
            if (worse.Count == 0 && run.Count > 0)
            {
                yield return new ModelEvent(_subject.SubjectId, term, run, moment.First().Result, baselineGrade);
                run = [];
            }
        }

        if (run.Count > 0)
        {
            yield return new ModelEvent(_subject.SubjectId, term, run, null, baselineGrade);
        }
    }

    /// <summary>What tables of extremes ask; nothing of a subject who was not dosed.</summary>
    public IEnumerable<KeyValuePair<string, string>> Extremes(string test, IEnumerable<(ModelTerm Term, List<ModelRow> Rows)> graded)
    {
        var placed = _results.ToLookup(result => result.Collected.Against(_dose));
        return _dose is null ? [] : new ModelExtremes($"{_subject.SubjectId} / {test}", [.. placed[Placed.Before]], [.. placed[Placed.After]], _baseline).All(graded);
    }

    private ModelGrade Grade(ModelTerm term, ModelResult result)
    {
        if (result.Barred is { } reason)
        {
            return ModelGrade.Not(reason);
        }

        // Limits and baseline are in the unit of the result, and go with it to the unit of the published numbers.
        var target = term.UnitFor(result.Unit!);
        var factor = result.Unit!.Factor / target.Factor;
        var input = new ModelCase
        {
            Value = Digits.Round(result.Number!.Value * factor),
            Qualifier = result.Qualifier,
            Unit = target.Name,
            Lln = result.Low * factor,
            Uln = result.High * factor,
            Baseline = _baseline?.In(result.Unit) * factor,
            BaselineSide = _baseline?.Side,
            Anticoagulated = Stated(_subject.OnAnticoagulation, _study.Settings.OnAnticoagulation),
        };
        return ModelGrade.Of(term, input, Person(result));
    }

    private ModelPerson Person(ModelResult result) => new(
        _subject.Sex,
        ModelDate.Read(_subject.BirthDate, _study.ZoneMinutes) is { HasDay: true } born ? born.FirstDay : null,
        result.Collected.HasDay ? result.Collected.FirstDay : null);

    private static bool Stated(YesNo ofSubject, YesNo ofStudy) => (ofSubject == YesNo.Unspecified ? ofStudy : ofSubject) == YesNo.Yes;
}

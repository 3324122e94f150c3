using LabServer.Core.Ingestion;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Histories;

/// <summary>Does to a study and to the model what a group of histories says, and compares them.</summary>
internal sealed partial class HistoryRun : IAsyncDisposable
{
    private static readonly string[] RuleSets = [.. ModelTerms.All.Select(term => term.RuleSet).Distinct()];

    private readonly HistoryGroup _group;
    private readonly TestStudy _study;
    private readonly ModelStudy _model;
    private readonly StoredGrades _stored;
    private readonly StoredExtremes _extremes;

    private HistoryRun(HistoryGroup group, TestStudy study)
    {
        (_group, _study) = (group, study);
        _model = new ModelStudy(group.ZoneMinutes, RuleSets, test => study.Catalogue.Value.FindKey(test)!.SpoiledBy);
        _stored = new StoredGrades(study, ModelTerms.All);
        _extremes = new StoredExtremes(study);
    }

    public HistoryFigures Figures { get; private set; } = new();

    /// <summary>Runs a group: every step, a grading run and a comparison at the end, and a full run that must find nothing to do.</summary>
    public static async Task<HistoryOutcome> Of(HistoryGroup group)
    {
        // Half of the studies are graded under the newest versions of the sets: what those add is about other tests.
        var ids = RuleSets.Select(name => group.Number % 2 == 0 ? name : Core.Grading.RuleSets.Find(name)!.Id).ToArray();
        await using var run = new HistoryRun(group, await TestStudy.Create(group.Zone, ids));
        var difference = await run.All();
        return new HistoryOutcome(difference, run.Figures, [.. run._stored.All(), .. run._extremes.All()], [.. run._model.InForce().Select(result => result.Sent)]);
    }

    public ValueTask DisposeAsync() => _study.DisposeAsync();

    private async Task<string?> All()
    {
        for (var round = 0; round < _group.Rounds.Count; round++)
        {
            var steps = _group.Histories.Where(history => round < history.Steps.Count).Select(history => history.Steps[round]).ToList();
            if (await Take(steps) is { } difference)
            {
                return difference;
            }

            foreach (var step in _group.Rounds[round])
            {
                if (await Take(step) is { } found)
                {
                    return $"after round {round}: {found}";
                }
            }
        }

        Figures = Figures with { Histories = Figures.Histories + _group.Histories.Count };
        return await Grade(check: true) ?? await GradeFully() ?? Compare() ?? Recompute();
    }

    private async Task<string?> Take(List<HistoryStep> steps)
    {
        Figures = Figures with { Steps = Figures.Steps + steps.Count };
        var subjects = steps.OfType<SubjectStep>().Select(step => step.Subject).ToArray();
        if (subjects.Length > 0)
        {
            await _study.Register(subjects);
            Array.ForEach(subjects, _model.Register);
        }

        foreach (var laboratory in steps.OfType<PushStep>().SelectMany(step => step.Results).GroupBy(result => result.Laboratory))
        {
            var sent = laboratory.ToList();
            var outcomes = await Push(laboratory.Key, sent);
            Figures = Figures with { Results = Figures.Results + sent.Count };
            for (var i = 0; i < sent.Count; i++)
            {
                var expected = _model.Take(sent[i]);
                if (outcomes[i].Disposition != expected)
                {
                    return $"{sent[i].SubjectId}: {new PushStep("push", [sent[i]])}\n  was {outcomes[i].Disposition} {string.Join(", ", outcomes[i].Faults)}, model: {expected}";
                }
            }
        }

        return null;
    }

    private async Task<ResultOutcome[]> Push(string laboratory, List<LabResult> results)
    {
        var study = _study.Study;
        var context = new CheckContext(TimeProvider.System, study.Zone(), _study.Catalogue.Value);
        return await _study.Results.Append(
            new ResultBatch(study, laboratory, "tester", context, [.. results.Select(result => ResultChecks.Check(result, context))]), CancellationToken.None);
    }

    private async Task<string?> Take(StudyStep step)
    {
        switch (step)
        {
            case StudyStep.Grade grade:
                return await Grade(grade.Check);
            case StudyStep.GradeFully:
                await _study.GradeFully();
                MakeAnchors();
                return null;
            case StudyStep.Change change:
                await _study.Studies.ChangeSettings(_study.Study.StudyKey, _ => change.Settings, TestStudy.Tester, CancellationToken.None);
                _model.Change(change.Settings);
                return null;
            case StudyStep.RegisterUnit unit:
                await _study.Registered.RegisterUnitSynonym(unit.Test, unit.Text, unit.Unit, TestStudy.Tester, CancellationToken.None);
                await _study.ReleaseKnown();
                _model.RegisterUnit(unit.Test, unit.Text, unit.Unit);
                return null;
            case StudyStep.ImportRanges or StudyStep.ApplyRanges:
                return await TakeRanges(step);
            default:
                throw new InvalidOperationException($"{step} is no step of a study.");
        }
    }

    private async Task<string?> Grade(bool check)
    {
        await _study.Grade();
        if (check)
        {
            return Compare();
        }

        MakeAnchors();
        return null;
    }

    private async Task<string?> GradeFully() =>
        await _study.GradeFully() is { Differences: > 0 } counts ? $"a full run found {counts.Differences} differences" : null;

    private void MakeAnchors() => _model.Grade().Events.ForEach(found => _model.Anchor(found));

    private string? Compare()
    {
        var (rows, events) = _model.Grade();
        Figures = Figures with
        {
            Grades = Figures.Grades + rows.Count,
            Events = Figures.Events + events.Count,
            Comparisons = Figures.Comparisons + 1,
        };
        return _stored.Difference(rows)
            ?? _stored.Difference([.. events.Select(found => (found, _model.Anchor(found)))])
            ?? _extremes.Difference(_model.Extremes());
    }
}

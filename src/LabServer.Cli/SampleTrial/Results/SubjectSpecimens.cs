namespace LabServer.Cli.SampleTrial;

/// <summary>The specimens of one subject: what is measured in them at each visit, findings included.</summary>
internal sealed class SubjectSpecimens
{
    private readonly SampleRandom _random;
    private readonly (SampleTest Test, SampleCourse Course)[] _courses;
    private readonly HashSet<(PlannedFinding Finding, string Visit)> _placed = [];
    private readonly int _doubleNegative;
    private readonly bool _normalCountAtBaseline;
    private BloodCount? _baselineCount;
    private decimal? _baselineTCells;

    /// <param name="seed">Seed of the trial.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="shareOf">The subject's place in its arm by test, 0 to 1; null: not measured in this subject.</param>
    public SubjectSpecimens(long seed, SampleSubject subject, Func<SampleTest, decimal?> shareOf)
    {
        _random = SampleRandom.For(seed, $"values/{subject.SubjectId}");
        _doubleNegative = _random.Between(60, 160);
        var planned = subject.Findings.Select(finding => finding.Test).ToHashSet();
        _normalCountAtBaseline = planned.Overlaps(["NEUT", "LYMLE"]);
        _courses = [.. from test in SampleTests.Drawn
                       let share = shareOf(test)
                       where share is not null
                       let normal = planned.Contains(test.Code) || (_normalCountAtBaseline && test.Code is "NEUT" or "LYM")
                       select (test, new SampleCourse(test, subject, share.Value, normal))];
    }

    /// <summary>Chooses one or two of the visits attended after the first dose for each finding.</summary>
    public void Place(IEnumerable<PlannedFinding> findings, IReadOnlyList<SampleVisit> attended)
    {
        foreach (var finding in findings)
        {
            var test = SampleTests.Drawn.FirstOrDefault(test => test.Code == finding.Test);
            var visits = attended.Where(visit => !visit.IsBaseline && (test?.IsMeasuredAt(visit) ?? true));
            foreach (var visit in _random.Shuffle(visits).Take(_random.Between(1, 2)))
            {
                _placed.Add((finding, visit.Label));
            }
        }
    }

    /// <summary>What the laboratory reports of a visit; visits are asked for in time order, each once.</summary>
    public IReadOnlyList<(SampleTest Test, decimal Value)> Draw(SampleVisit visit)
    {
        var values = new Dictionary<string, decimal>();
        foreach (var (test, course) in _courses.Where(item => item.Test.IsMeasuredAt(visit)))
        {
            var usual = course.Draw(visit, _random);
            var finding = Placed(test.Code, visit);
            values[test.Code] = finding is null ? usual : course.Draw(finding, _random);
        }

        Count(values, visit);
        foreach (var panel in SampleTests.WholePanels.Where(panel => values.ContainsKey(panel[0])))
        {
            Complete(values, panel);
        }

        var reported = SampleTests.Drawn.Where(test => test != SampleTests.OtherCells && values.ContainsKey(test.Code))
            .Select(test => (test, values[test.Code])).ToList();
        reported.Add((SampleTests.Leukocytes, values["WBC"]));
        reported.Add((SampleTests.LymphocyteShare, values["LYMLE"]));
        if (values.TryGetValue("CD4", out var cd4))
        {
            var cells = cd4 + values["CD8"] + _doubleNegative;
            _baselineTCells ??= cells;
            var least = Math.Min(_baselineTCells.Value, SampleTests.TCells.Limits.Low ?? 0m);
            reported.Add((SampleTests.TCells, Math.Max(cells, least)));
        }

        return reported;
    }

    private void Count(Dictionary<string, decimal> values, SampleVisit visit)
    {
        var drawn = new BloodCount(values["NEUT"], values["LYM"], values["OTHER"]);
        BloodCount count;
        if (visit.IsBaseline)
        {
            count = _normalCountAtBaseline ? drawn.Settle(null) : drawn;
            _baselineCount = count;
        }
        else if (Placed("NEUT", visit) is not null)
        {
            count = drawn.WithLeukocytosis();
        }
        else if (Placed("LYMLE", visit) is { } finding)
        {
            count = drawn.WithLymphocyteShare(BloodCount.LymphocyteShareLow * _random.Between(finding.Nearest, finding.Farthest));
        }
        else
        {
            count = drawn.Settle(_baselineCount);
        }

        (values["NEUT"], values["LYM"]) = (count.Neutrophils, count.Lymphocytes);
        (values["WBC"], values["LYMLE"]) = (count.Leukocytes, count.LymphocyteShare);
    }

    // Subsets that make up a whole are scaled to 100 percent; the last takes the rest, so that the sum is exact.
    private static void Complete(Dictionary<string, decimal> values, string[] panel)
    {
        var sum = panel.Sum(code => values[code]);
        foreach (var code in panel)
        {
            values[code] = decimal.Round(100m * values[code] / sum, 1, MidpointRounding.AwayFromZero);
        }

        values[panel[^1]] = 100m - panel[..^1].Sum(code => values[code]);
    }

    private PlannedFinding? Placed(string test, SampleVisit visit) =>
        _placed.FirstOrDefault(item => item.Finding.Test == test && item.Visit == visit.Label).Finding;
}

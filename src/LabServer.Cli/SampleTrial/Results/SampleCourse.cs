namespace LabServer.Cli.SampleTrial;

/// <summary>
/// One test of one subject over the visits. The subject keeps its place among the others, give or take a little, while
/// all move from the values of the acute illness to the settled ones. After baseline a value stays inside the printed
/// range, or as near to it as it was at baseline: what was abnormal before the first dose may stay so, and nothing
/// becomes worse by itself. Only <see cref="FindingPlan"/> makes it worse.
/// </summary>
internal sealed class SampleCourse(SampleTest test, SampleSubject subject, decimal share, bool normalAtBaseline)
{
    private decimal? _baseline;

    /// <summary>The value at <paramref name="visit"/>; visits are asked for in time order, each once.</summary>
    public decimal Draw(SampleVisit visit, SampleRandom random)
    {
        if (visit.IsBaseline)
        {
            var first = Round(test.BaselineOf(subject.Arm).At(share, subject.IsWoman));
            _baseline = normalAtBaseline ? Within(first, Low, High) : first;
            return _baseline.Value;
        }

        var acute = test.BaselineOf(subject.Arm).At(Near(random), subject.IsWoman);
        var settled = test.SettledOf(subject.Arm).At(Near(random), subject.IsWoman);
        var value = Round(acute + ((settled - acute) * visit.Recovery));
        return Within(value, Math.Min(Low, _baseline ?? Low), Math.Max(High, _baseline ?? High));
    }

    /// <summary>A value outside of the printed range by <paramref name="finding"/>, by at least the last digit printed.</summary>
    public decimal Draw(PlannedFinding finding, SampleRandom random)
    {
        var limits = test.LimitsOf(subject.IsWoman);
        var upper = finding.Limit == PassedLimit.Upper;
        var limit = (upper ? limits.High : limits.Low)
            ?? throw new InvalidOperationException($"The plan passes a limit that {test.Code} does not have.");
        var value = Round(limit * random.Between(finding.Nearest, finding.Farthest));
        var step = new decimal(1, 0, 0, false, (byte)test.Decimals);
        return upper ? Math.Max(value, limit + step) : Math.Min(value, limit - step);
    }

    private decimal Low =>
        Math.Max(test.LimitsOf(subject.IsWoman).Low ?? 0m, test.CriteriaFloor ?? 0m);

    private decimal High => test.LimitsOf(subject.IsWoman).High ?? decimal.MaxValue;

    private decimal Near(SampleRandom random) => share + random.Between(-0.08m, 0.08m);

    private decimal Round(decimal value) => decimal.Round(value, test.Decimals, MidpointRounding.AwayFromZero);

    private static decimal Within(decimal value, decimal low, decimal high) => Math.Clamp(value, low, high);
}

using LabServer.Benchmarks.Support;
using LabServer.Core;
using LabServer.Core.Grading;

namespace LabServer.Benchmarks.Grading;

/// <summary>
/// Ten terms of CTCAE 5.0 over rows in memory, on one thread, through the rule set as the server has it, against a switch
/// written by hand. Both must give the same grades.
/// </summary>
internal static class KernelBenchmark
{
    private const string RuleSet = "ctcae-5.0";
    private const int Rows = 10_000_000;
    private const int Rounds = 5;
    private const double RatioAim = 0.5;
    private const double SpeedAim = 20_000_000;

    /// <summary>Measures, in turns; the middle one of the rounds counts.</summary>
    /// <param name="quick">A tenth of the rows.</param>
    public static IReadOnlyList<Figure> Run(bool quick)
    {
        var rows = new KernelRows(quick ? Rows / 10 : Rows);
        var ruleSet = RuleSets.Find(RuleSet)!;
        var terms = KernelRows.Terms.Select(entry => (Term: ruleSet.Find(entry.Term)!, Unit: MeasuredTest.All.Single(test => test.Code == entry.Test).Unit)).ToArray();
        var (product, byHand) = (new sbyte[rows.Term.Length], new sbyte[rows.Term.Length]);
        var (own, other) = (new double[Rounds], new double[Rounds]);

        // The first round is for the runtime to compile.
        for (var round = -1; round < Rounds; round++)
        {
            var slow = Seconds(() => GradeByRules(rows, terms, product));
            var plain = Seconds(() => GradeByHand(rows, byHand));
            if (round >= 0)
            {
                (own[round], other[round]) = (slow, plain);
            }
        }

        var differs = product.AsSpan().CommonPrefixLength(byHand);
        if (differs < product.Length)
        {
            throw new InvalidOperationException(
                $"Row {differs} of {KernelRows.Terms[rows.Term[differs]].Term} is {product[differs]} by the rules and {byHand[differs]} by hand.");
        }

        var (speed, baseline) = (product.Length / Spread.Of(own).Median, product.Length / Spread.Of(other).Median);
        return
        [
            new("grading kernel, 10 terms", speed, baseline, "ratio at least 0.5", speed / baseline >= RatioAim, "rows/s", product.Length),
            new("grading kernel, one core", speed, null, "at least 20,000,000 rows/s", speed >= SpeedAim, "rows/s", product.Length),
        ];
    }

    // Processor time, of a process in which nothing else runs: what else the machine does has no part in it.
    private static double Seconds(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static void GradeByRules(KernelRows rows, (Term Term, string Unit)[] terms, sbyte[] grades)
    {
        for (var i = 0; i < grades.Length; i++)
        {
            var (term, unit) = terms[rows.Term[i]];
            var input = new GradeInput
            {
                Value = rows.Value[i],
                Unit = unit,
                LowerLimit = KernelRows.OrNull(rows.Lower[i]),
                UpperLimit = KernelRows.OrNull(rows.Upper[i]),
                Baseline = KernelRows.OrNull(rows.Baseline[i]),
                BaselineIndicator = rows.BaselineIndicator[i],
            };
            grades[i] = (sbyte)(Grader.Grade(term, input).Grade ?? HandWrittenGrader.NotGradable);
        }
    }

    private static void GradeByHand(KernelRows rows, sbyte[] grades)
    {
        for (var i = 0; i < grades.Length; i++)
        {
            grades[i] = HandWrittenGrader.Grade(
                rows.Term[i], rows.Value[i], rows.Lower[i], rows.Upper[i], rows.Baseline[i], rows.BaselineIndicator[i] == RangeIndicator.High);
        }
    }
}

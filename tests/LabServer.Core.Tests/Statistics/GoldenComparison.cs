using System.Globalization;
using System.Text.Json;
using LabServer.Core.Statistics;

namespace LabServer.Core.Tests.Statistics;

/// <summary>Compares what is computed of one data set with R's answers, and says of each difference where it is.</summary>
internal sealed class GoldenComparison(GoldenDataSet data)
{
    private const double Relative = 1e-9;

    // Of a number that is a difference and happens to be near 0, no more can be asked than the rounding of its terms.
    private const double OfTerms = 1e-13;

    // Below 2e-308 a double has fewer digits the smaller it is.
    private const double OfTheSmallest = 1e-322;

    private readonly List<string> _differences = [];
    private readonly double _size = data.A.Concat(data.B).Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>The numbers compared so far.</summary>
    public int Compared { get; private set; }

    /// <summary>All differences of the data set.</summary>
    public IReadOnlyList<string> Differences()
    {
        var (a, b) = (Sample.Of(data.A), Sample.Of(data.B));
        Compare("summary_a", SampleSummary.Of(a));
        Compare("summary_b", SampleSummary.Of(b));
        Compare("pooled", TTest.Pooled(a, b));
        Compare("welch", TTest.Welch(a, b));
        Compare(RankSumTest.Of(a, b));
        Compare(HodgesLehmann.Of(a, b));
        Compare(new TwoByTwo(data.Table[0], data.Table[1], data.Table[2], data.Table[3]));
        Compare(ProportionalOdds.Fit(data.CategoriesA, data.CategoriesB));
        return _differences;
    }

    private void Compare(string name, SampleSummary summary)
    {
        var r = data.Answers.GetProperty(name);
        Number(name, r, "n", summary.N);
        Number(name, r, "mean", summary.Mean, _size);
        Number(name, r, "sd", summary.Sd, _size);
        Number(name, r, "q1", summary.Q1);
        Number(name, r, "median", summary.Median);
        Number(name, r, "q3", summary.Q3);
        Number(name, r, "min", summary.Min);
        Number(name, r, "max", summary.Max);
    }

    private void Compare(string name, TTest test)
    {
        var r = data.Answers.GetProperty(name);
        Number(name, r, "difference", test.Difference, _size);
        Number(name, r, "t", test.Statistic, 1);
        Number(name, r, "df", test.Df);
        Number(name, r, "p", test.P);
        Number(name, r, "low", test.Interval?.Low, _size);
        Number(name, r, "high", test.Interval?.High, _size);
    }

    private void Compare(RankSumTest test)
    {
        var r = data.Answers.GetProperty("rank_sum");
        Number("rank_sum", r, "w", test.W);
        Number("rank_sum", r, "p", test.P);
        Text("rank_sum", "exact", r.GetProperty("exact").GetBoolean() ? "true" : "false", test.Exact ? "true" : "false");
    }

    private void Compare(HodgesLehmann shift)
    {
        // Bit for bit: R sorts all differences.
        var r = data.Answers.GetProperty("hodges_lehmann");
        Exactly("hodges_lehmann", r, "estimate", shift.Estimate);
        Exactly("hodges_lehmann", r, "low", shift.Interval?.Low);
        Exactly("hodges_lehmann", r, "high", shift.Interval?.High);
    }

    private void Compare(TwoByTwo table)
    {
        var r = data.Answers.GetProperty("two_by_two");
        var chiSquare = table.ChiSquare();
        Number("test", r, "expected", table.SmallestExpected);
        Number("chi_square", r, "chisq", chiSquare.Statistic, 1);
        Number("chi_square", r, "chisq_p", chiSquare.P);
        Number("fisher", r, "fisher_p", table.FisherExact().P);
        Number("test", r, "test_p", table.Test().P);
        Text("test", "method", r.GetProperty("method").GetString(), table.Test().Method switch
        {
            OutcomeMethod.ChiSquare => "chisq",
            OutcomeMethod.FisherExact => "fisher",
            _ => "none",
        });

        var odds = table.OddsRatio();
        Number("odds_ratio", r, "or", odds.Estimate);
        Number("odds_ratio", r, "or_low", odds.Interval?.Low);
        if (r.GetProperty("or_high").ValueKind == JsonValueKind.String)
        {
            Text("odds_ratio", "or_high", "inf", odds.Interval is { IsUnbounded: true } ? "inf" : "bounded");
        }
        else
        {
            Number("odds_ratio", r, "or_high", odds.Interval?.High);
        }

        Number("odds_ratio", r, "or_p", odds.P);
        Text("odds_ratio", "or_method", r.GetProperty("or_method").GetString(), odds.Method switch
        {
            OutcomeMethod.Logistic => "logistic",
            OutcomeMethod.ExactLogistic => "exact",
            _ => "none",
        });

        var difference = table.RiskDifference();
        Number("risk_difference", r, "rd", difference.Estimate, 1);
        Number("risk_difference", r, "rd_low", difference.Wald?.Low, 1);
        Number("risk_difference", r, "rd_high", difference.Wald?.High, 1);
        Number("risk_difference", r, "newcombe_low", difference.Newcombe?.Low, 1);
        Number("risk_difference", r, "newcombe_high", difference.Newcombe?.High, 1);
    }

    private void Compare(ProportionalOdds fit)
    {
        const string Name = "proportional_odds";
        var r = data.Answers.GetProperty(Name);
        Number(Name, r, "or", fit.OddsRatio);
        Number(Name, r, "low", fit.Interval?.Low);
        Number(Name, r, "high", fit.Interval?.High);
        Number(Name, r, "p", fit.P);
        Number(Name, r, "beta", fit.LogOddsRatio, 1);
        Number(Name, r, "se", fit.StandardError);
        Text(Name, "why", r.GetProperty("why").GetString(), fit.Reason switch
        {
            NotComputed.None => "none",
            NotComputed.ArmEmpty => "arm",
            NotComputed.OneCategory => "category",
            NotComputed.Separation => "separation",
            _ => fit.Reason.ToString(),
        });

        // What polr itself prints: its optimiser stops early, and its second derivatives are differences.
        if (Value(r, "polr_beta") is { } beta && fit.LogOddsRatio is { } ours && !(Math.Abs(beta - ours) <= 1e-4 * (1 + Math.Abs(beta))))
        {
            Differs(Name, "polr_beta", beta, ours);
        }

        if (Value(r, "polr_se") is { } error && fit.StandardError is { } our && !(Math.Abs(error - our) <= 1e-4 * (1 + error)))
        {
            Differs(Name, "polr_se", error, our);
        }
    }

    private void Exactly(string statistic, JsonElement r, string field, double? ours)
    {
        Compared++;
        if (!Nullable.Equals(Value(r, field), ours))
        {
            Differs(statistic, field, Value(r, field), ours);
        }
    }

    // Terms: the size of what the number is a difference of; 0 where it is none and has to agree to its last digits.
    private void Number(string statistic, JsonElement r, string field, double? ours, double terms = 0)
    {
        Compared++;
        var expected = Value(r, field);
        var agrees = expected is { } wanted && ours is { } got
            ? Math.Abs(wanted - got) <= Math.Max(Relative * Math.Abs(wanted), (OfTerms * terms) + OfTheSmallest)
            : expected is null && ours is null;
        if (!agrees)
        {
            Differs(statistic, field, expected, ours);
        }
    }

    private void Text(string statistic, string field, string? expected, string ours)
    {
        Compared++;
        if (expected != ours)
        {
            _differences.Add($"set {data.Id} ({data.Kind}) {statistic}.{field}: R {expected}, here {ours}");
        }
    }

    private void Differs(string statistic, string field, double? expected, double? ours) =>
        _differences.Add(string.Create(
            CultureInfo.InvariantCulture, $"set {data.Id} ({data.Kind}) {statistic}.{field}: R {expected:R}, here {ours:R}"));

    private static double? Value(JsonElement r, string field) =>
        r.GetProperty(field) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}

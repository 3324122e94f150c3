using LabServer.Benchmarks.Support;
using LabServer.Core;

namespace LabServer.Benchmarks.Grading;

/// <summary>
/// Rows to grade, a column an array: series of 25 results of one subject and test, as grading reads them, of ten tests. Now
/// and then a value far out, a series without a baseline, or one without limits. The same rows at every run.
/// </summary>
internal sealed class KernelRows
{
    private const int RowsASeries = 25;

    // Of what may be missing, one series in so many.
    private const int SeriesToOneGap = 50;

    /// <summary>The terms, by number, with the test that each looks at.</summary>
    public static IReadOnlyList<(string Term, string Test)> Terms { get; } =
    [
        ("Alanine aminotransferase increased", "ALT"), ("Alkaline phosphatase increased", "ALP"), ("Blood bilirubin increased", "BILI"),
        ("CPK increased", "CK"), ("Creatinine increased", "CREAT"), ("Hyperkalemia", "K"), ("Hyponatremia", "SODIUM"), ("Anemia", "HGB"),
        ("Platelet count decreased", "PLAT"), ("Neutrophil count decreased", "NEUT"),
    ];

    /// <summary>Makes rows.</summary>
    /// <param name="rows">How many.</param>
    public KernelRows(int rows)
    {
        (Term, Value, Lower, Upper, Baseline, BaselineIndicator) =
            (new byte[rows], new double[rows], new double[rows], new double[rows], new double[rows], new RangeIndicator?[rows]);
        var draws = new Random(20220103);
        var tests = Terms.Select(entry => MeasuredTest.All.Single(test => test.Code == entry.Test)).ToArray();
        for (var start = 0; start < rows; start += RowsASeries)
        {
            var term = start / RowsASeries % tests.Length;
            var test = tests[term];
            var typical = test.Typical * (0.7 + (0.6 * draws.NextDouble()));
            var baseline = draws.Next(SeriesToOneGap) == 0 ? double.NaN : Math.Round(typical * (0.8 + (0.6 * draws.NextDouble())), test.Decimals);
            var (lower, upper) = draws.Next(SeriesToOneGap) == 0 ? (double.NaN, double.NaN) : (test.Low, test.High);
            var indicator = new ReferenceRange(OrNull(lower), OrNull(upper)).Indicate(OrNull(baseline));
            for (var i = start; i < Math.Min(start + RowsASeries, rows); i++)
            {
                var factor = draws.NextDouble() > 0.9 ? 0.1 + (8 * draws.NextDouble()) : 0.85 + (0.3 * draws.NextDouble());
                (Term[i], Value[i], Lower[i], Upper[i]) = ((byte)term, Math.Round(typical * factor, test.Decimals), lower, upper);
                (Baseline[i], BaselineIndicator[i]) = (baseline, indicator);
            }
        }
    }

    /// <summary>Number of the term.</summary>
    public byte[] Term { get; }

    /// <summary>AVAL.</summary>
    public double[] Value { get; }

    /// <summary>LLN; not a number: not known.</summary>
    public double[] Lower { get; }

    /// <summary>ULN; not a number: not known.</summary>
    public double[] Upper { get; }

    /// <summary>BASE; not a number: not known.</summary>
    public double[] Baseline { get; }

    /// <summary>BNRIND.</summary>
    public RangeIndicator?[] BaselineIndicator { get; }

    /// <summary>The number, or null for what is none.</summary>
    public static double? OrNull(double number) => double.IsNaN(number) ? null : number;
}

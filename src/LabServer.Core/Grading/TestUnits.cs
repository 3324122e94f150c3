namespace LabServer.Core.Grading;

/// <summary>What grading must know of the tests: which there are, and how their units relate.</summary>
internal sealed class TestUnits(Func<string, bool> knowsTest, Func<string, string, decimal?> factorToStandard)
{
    /// <summary>Whether there is such a test (LBTESTCD).</summary>
    public bool KnowsTest(string code) => knowsTest(code);

    /// <summary>Whether the test can be reported in the unit.</summary>
    public bool KnowsUnit(string code, string unit) => factorToStandard(code, unit) is not null;

    /// <summary>What a number in one unit is multiplied by to be in the other, by the first test that knows both; null when none does.</summary>
    public decimal? Factor(IReadOnlyList<string> tests, string from, string to)
    {
        foreach (var test in tests)
        {
            if (factorToStandard(test, from) is { } numerator && factorToStandard(test, to) is { } denominator)
            {
                return numerator / denominator;
            }
        }

        return null;
    }
}

using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>How the units of the tests of one term relate, by the factors of the catalogue; without a catalogue nothing converts.</summary>
internal sealed class TestUnits(IReadOnlyList<string> testKeys, TestCatalogue? catalogue)
{
    private readonly TestDefinition[] _tests = [.. testKeys.Select(key => catalogue?.FindKey(key)).OfType<TestDefinition>()];

    /// <summary>
    /// Whether a unit belongs to the US numbers alone. A unit used in both systems goes by the SI numbers, unless a
    /// criterion names it.
    /// </summary>
    public bool IsUs(string unit) => Array.Exists(_tests, test => test.FindUnit(unit)?.System == UnitSystems.Us);

    /// <summary>What a number in one unit is multiplied by to be in the other, by the first test that knows both; null when none does.</summary>
    public decimal? Factor(string from, string to)
    {
        foreach (var test in _tests)
        {
            if (test.FindUnit(from) is { } numerator && test.FindUnit(to) is { } denominator)
            {
                return numerator.Factor / denominator.Factor;
            }
        }

        return null;
    }
}

using System.Text.Json;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Ingestion;

public sealed class RuleSetTestKeysTests
{
    [Fact]
    public void RuleSet_EveryTestItNames_IsInTheCatalogue()
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        var named = 0;
        foreach (var file in typeof(TestCatalogue).Assembly.GetManifestResourceNames())
        {
            if (!file.StartsWith("RuleSets/", StringComparison.Ordinal) || !file.EndsWith(".json", StringComparison.Ordinal))
            {
                continue;
            }

            using var json = JsonDocument.Parse(typeof(TestCatalogue).Assembly.GetManifestResourceStream(file)!);
            foreach (var term in json.RootElement.GetProperty("terms").EnumerateArray())
            {
                foreach (var test in term.GetProperty("tests").EnumerateArray())
                {
                    named++;
                    if (TestCatalogue.Default.FindKey(test.GetString()!) is null)
                    {
                        unknown.Add($"{file}: {test}");
                    }
                }
            }
        }

        Assert.True(named > 50, $"Only {named} tests are named by the embedded rule sets.");
        Assert.Empty(unknown);
    }

    [Fact]
    public void RuleSet_EveryUnitItNames_IsAUnitOfEachOfItsTests()
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in typeof(TestCatalogue).Assembly.GetManifestResourceNames())
        {
            if (!file.StartsWith("RuleSets/", StringComparison.Ordinal) || !file.EndsWith(".json", StringComparison.Ordinal))
            {
                continue;
            }

            using var json = JsonDocument.Parse(typeof(TestCatalogue).Assembly.GetManifestResourceStream(file)!);
            foreach (var term in json.RootElement.GetProperty("terms").EnumerateArray())
            {
                foreach (var criterion in term.GetProperty("criteria").EnumerateArray())
                {
                    if (!criterion.TryGetProperty("unit", out var unit))
                    {
                        continue;
                    }

                    foreach (var test in term.GetProperty("tests").EnumerateArray())
                    {
                        if (TestCatalogue.Default.FindKey(test.GetString()!)?.FindUnit(unit.GetString()) is not { } known || known.Code != unit.GetString())
                        {
                            unknown.Add($"{file}: {test} in {unit}");
                        }
                    }
                }
            }
        }

        Assert.Empty(unknown);
    }
}

using System.Text;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Grading;

/// <summary>Rule sets of one term, for the shapes that published tables have.</summary>
internal static class SmallRuleSets
{
    /// <summary>The only term of a rule set with these criteria, read and checked like a published one.</summary>
    public static Term Term(string direction, string test, string criteria) => Read(File(direction, test, criteria)).Terms[0];

    public static string File(string direction, string test, string criteria) => $$"""
        {
          "id": "small", "title": "One term", "source": "This test",
          "terms": [
            { "term": "Small", "direction": "{{direction}}", "soc": "Investigations", "definition": "For this test.", "tests": ["{{test}}"], "criteria": [{{criteria}}] }
          ]
        }
        """;

    public static RuleSet Read(string json) => RuleSetReader.Read(Encoding.UTF8.GetBytes(json), "small.json", TestCatalogue.Default);

    public static IReadOnlyList<string> FaultsOf(string json) => Assert.Throws<RuleSetException>(() => Read(json)).Faults;
}

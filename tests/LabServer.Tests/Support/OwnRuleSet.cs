namespace LabServer.Tests.Support;

/// <summary>Files of a rule set that a user publishes: ALT against one number.</summary>
internal static class OwnRuleSet
{
    /// <summary>A version whose only term is graded above <paramref name="above"/> U/L.</summary>
    public static string Json(string id, int version = 1, int above = 100, string more = "") => $$"""
        {
          "id": "{{id}}", "version": {{version}}, "title": "Own terms", "source": "This test", {{more}}
          "terms": [
            {
              "term": "ALT over the number", "direction": "high", "tests": ["ALT"], "soc": "Investigations", "definition": "For this test.",
              "criteria": [{ "id": "ALT", "unit": "U/L", "system": "SI", "grades": [{ "grade": 2, "text": ">{{above}} U/L", "when": [{ "value": { ">": {{above}} } }] }] }]
            }
          ]
        }
        """;
}

using System.Text;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Grading;

/// <summary>A version that extends another one: what it takes over, adds, replaces and leaves out, and every fault in saying so.</summary>
public class RuleSetVersionsTests
{
    private static readonly RuleSet First = Read("""
        { "id": "mine", "title": "First", "source": "This test", "terms": [ KHIGH, KLOW ] }
        """);

    [Fact]
    public void Id_OfVersions_IsTheNameForTheFirstAndCarriesTheNumberAfter()
    {
        var second = Read("""{ "id": "mine", "version": 2, "title": "Second", "source": "s", EXTENDS, "terms": [ ALT ] }""");

        Assert.Equal(("mine", 1, "mine"), (First.Name, First.Version, First.Id));
        Assert.Equal(("mine", 2, "mine@2"), (second.Name, second.Version, second.Id));
        Assert.Same(First, second.Base);
    }

    [Fact]
    public void Extension_AddedReplacedAndRemovedTerms_LeavesTheOrderAndTheBase()
    {
        var second = Read("""
            { "id": "mine", "version": 2, "title": "Second", "source": "s", EXTENDS, "removed": ["K LOW"], "terms": [ ALT, KHIGHER ] }
            """);

        Assert.Equal(["K high", "ALT high"], second.Terms.Select(t => t.Name));
        Assert.Equal(["K high", "K low"], First.Terms.Select(t => t.Name));
        Assert.Equal((1, 0), (Grade(First, 6), Grade(second, 6)));
    }

    [Fact]
    public void Extension_TermsTakenOver_AreItsOwn()
    {
        var second = Read("""{ "id": "mine", "version": 2, "title": "Second", "source": "s", EXTENDS, "terms": [ ALT ] }""");

        Assert.NotSame(First.Find("K low"), second.Find("K low"));
        Assert.NotSame(First.Find("K low")!.Criteria[0], second.Find("K low")!.Criteria[0]);
        Assert.Equal(1, Grader.Grade(second.Find("K low")!, new GradeInput { Value = 3, Unit = "mmol/L" }).Grade);
    }

    [Fact]
    public void Extension_OfAnotherSet_StandsUnderItsOwnName()
    {
        var other = Read("""{ "id": "other", "title": "Other", "source": "s", EXTENDS, "removed": ["K low"] }""");

        Assert.Equal(("other", 1), (other.Id, other.Terms.Count));
    }

    [Theory]
    [InlineData(""" "version": 0, "terms": [ ALT ] """, "version must be 1 to 1000000")]
    [InlineData(""" "version": "2", "terms": [ ALT ] """, "version must be a whole number")]
    [InlineData(""" "terms": [ ALT ], "removed": ["K low"] """, "removed without extends")]
    [InlineData(""" "version": 2, "extends": { "ruleSet": "nosuch", "version": 3, "sha256": "x" }, "terms": [ ALT ] """, "extends: there is no rule set nosuch@3")]
    [InlineData(""" "version": 2, "extends": { "ruleSet": "mine", "version": 2, "sha256": "x" }, "terms": [ ALT ] """, "extends: version 2 of mine can only extend an earlier one")]
    [InlineData(""" "version": 2, "extends": { "sha256": "x" }, "terms": [ ALT ] """, "extends: ruleSet is missing")]
    [InlineData(""" "version": 2, "extends": { "ruleSet": "mine" }, "terms": [ ALT ] """, "extends: sha256 is missing")]
    [InlineData(""" "version": 2, "extends": { "ruleSet": "mine", "sha": "x" }, "terms": [ ALT ] """, "extends: unknown field \"sha\"")]
    [InlineData(""" "version": 2, EXTENDS, "removed": ["No such"], "terms": [ ALT ] """, "removed: mine has no term \"No such\"")]
    [InlineData(""" "version": 2, EXTENDS, "removed": ["K low"], "terms": [ KLOW ] """, "removed: \"K low\" is among the terms too")]
    [InlineData(""" "version": 2, EXTENDS, "terms": [] """, "terms must be a list that is not empty")]
    [InlineData(""" "version": 2, EXTENDS, "terms": [ ALT, ALT ] """, "ALT high: term given twice")]
    [InlineData(""" "version": 2, EXTENDS, "terms": [ SAMEID ] """, "K.low: criterion id given twice")]
    public void Read_FaultInAnExtension_IsReported(string fields, string fault) =>
        Assert.Contains(fault, FaultsOf($$"""{ "id": "mine", "title": "t", "source": "s", {{fields}} }"""));

    [Fact]
    public void Read_BaseHasAnotherHash_IsReportedWithBoth() => Assert.Equal(
        [$"extends: mine has the sha256 {First.Hash}, not {new string('0', 64)}"],
        FaultsOf($$"""{ "id": "mine", "version": 2, "title": "t", "source": "s", "extends": { "ruleSet": "mine", "version": 1, "sha256": "{{new string('0', 64)}}" }, "terms": [ ALT ] }"""));

    [Fact]
    public void Read_SeveralFaultsOfAnExtension_AreAllReported() => Assert.Equal(
        ["version must be 1 to 1000000", "extends: there is no rule set nosuch", "removed: \"K low\" is among the terms too"],
        FaultsOf("""{ "id": "mine", "version": 0, "title": "t", "source": "s", "extends": { "ruleSet": "nosuch", "sha256": "x" }, "removed": ["K low"], "terms": [ KLOW ] }"""));

    [Theory]
    [InlineData("mine", "mine@3")]
    [InlineData("MINE", "mine@3")]
    [InlineData("mine@1", "mine")]
    [InlineData("mine@3", "mine@3")]
    [InlineData("mine@2", null)]
    [InlineData("mine@", null)]
    [InlineData("mine@x", null)]
    [InlineData("mine@-1", null)]
    [InlineData("@1", null)]
    [InlineData("", null)]
    [InlineData("other", "other@2")]
    public void Find_ByReference_GivesTheVersionOrTheNewest(string reference, string? id)
    {
        RuleSet[] sets = [First, Version("mine", 3), Version("other", 2)];

        Assert.Equal(id, RuleSetReference.Find(sets, reference)?.Id);
        Assert.Equal(["mine@1", "mine@3", "other"], RuleSetReference.Display(sets));
    }

    private static RuleSet Version(string name, int version) =>
        Read($$"""{ "id": "{{name}}", "version": {{version}}, "title": "t", "source": "s", "terms": [ ALT ] }""");

    private static int? Grade(RuleSet set, double potassium) =>
        Grader.Grade(set.Find("K high")!, new GradeInput { Value = potassium, Unit = "mmol/L" }).Grade;

    private static RuleSet Read(string json) => RuleSetReader.Read(
        Encoding.UTF8.GetBytes(Filled(json)), "mine.json", TestCatalogue.Default, id => id == "mine" ? First : null);

    private static IReadOnlyList<string> FaultsOf(string json) => Assert.Throws<RuleSetException>(() => Read(json)).Faults;

    private static string Filled(string json) => json
        .Replace("EXTENDS", $$"""  "extends": { "ruleSet": "mine", "version": 1, "sha256": "{{First?.Hash}}" } """, StringComparison.Ordinal)
        .Replace("KHIGHER", Term("K high", "high", "K", "K.high", """{ ">": 7 }"""), StringComparison.Ordinal)
        .Replace("KHIGH", Term("K high", "high", "K", "K.high", """{ ">": 5.5 }"""), StringComparison.Ordinal)
        .Replace("KLOW", Term("K low", "low", "K", "K.low", """{ "<": 3.5 }"""), StringComparison.Ordinal)
        .Replace("SAMEID", Term("K lower", "low", "K", "K.low", """{ "<": 2.5 }"""), StringComparison.Ordinal)
        .Replace("[ ALT", "[ " + Term("ALT high", "high", "ALT", "ALT.high", """{ ">": 40 }""", "U/L"), StringComparison.Ordinal)
        .Replace(", ALT", ", " + Term("ALT high", "high", "ALT", "ALT.high2", """{ ">": 40 }""", "U/L"), StringComparison.Ordinal);

    private static string Term(string name, string direction, string test, string id, string bound, string unit = "mmol/L") => $$"""
        {
          "term": "{{name}}", "direction": "{{direction}}", "soc": "Investigations", "definition": "For this test.", "tests": ["{{test}}"],
          "criteria": [{ "id": "{{id}}", "unit": "{{unit}}", "system": "SI", "grades": [{ "grade": 1, "text": "t", "when": [{ "value": {{bound}} }] }] }]
        }
        """;
}

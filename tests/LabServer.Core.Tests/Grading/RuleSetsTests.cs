using System.Security.Cryptography;
using System.Text;
using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

public class RuleSetsTests
{
    [Fact]
    public void PublishedFiles_Unchanged_HaveTheHashOfTheList()
    {
        var listed = Encoding.UTF8.GetString(RuleSets.Bytes("RuleSets/RuleSets.sha256"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split("  "))
            .ToDictionary(parts => "RuleSets/" + parts[1], parts => parts[0]);

        Assert.Equal(listed.Keys.Order(StringComparer.Ordinal), RuleSets.Files.Order(StringComparer.Ordinal));
        Assert.All(listed, file => Assert.Equal(file.Value, Convert.ToHexStringLower(SHA256.HashData(RuleSets.Bytes(file.Key)))));
    }

    [Theory]
    [InlineData("ctcae-4.03@1", 42)]
    [InlineData("ctcae-5.0@1", 40)]
    [InlineData("ctcae-4.03@2", 47)]
    [InlineData("ctcae-5.0@2", 48)]
    [InlineData("ctcae-6.0@1", 51)]
    [InlineData("daids-2.1@1", 42)]
    [InlineData("nct04288102@1", 16)]
    public void PublishedSet_ById_HasAllItsTerms(string id, int terms)
    {
        var ruleSet = RuleSets.Find(id.ToUpperInvariant());

        Assert.NotNull(ruleSet);
        Assert.Equal(id, $"{ruleSet.Name}@{ruleSet.Version}");
        Assert.Equal(ruleSet.Version == 1 ? ruleSet.Name : id, ruleSet.Id);
        Assert.Equal(terms, ruleSet.Terms.Count);
        Assert.Equal(64, ruleSet.Hash.Length);
    }

    [Fact]
    public void PublishedSet_UnknownId_IsNull() => Assert.Null(RuleSets.Find("ctcae-2.0"));

    [Fact]
    public void TermsOf_OneTest_AreBothDirections() => Assert.Equal(
        ["Hyperkalemia", "Hypokalemia"],
        RuleSets.Find("ctcae-5.0")!.TermsOf("K").Select(t => t.Name));

    [Theory]
    [InlineData("Hyperglycemia", null, true)]
    [InlineData("Hyperglycemia", false, true)]
    [InlineData("Hyperglycemia", true, false)]
    [InlineData("Hyperglycemia (Fasting)", null, false)]
    [InlineData("Hyperglycemia (Fasting)", true, true)]
    [InlineData("Hypoglycemia", true, true)]
    [InlineData("Hypoglycemia", null, true)]
    public void Term_BySpecimen_AppliesToItsOwnFastingState(string term, bool? fasting, bool applies) =>
        Assert.Equal(applies, RuleSets.Find("ctcae-4.03")!.Find(term)!.AppliesTo(fasting));
}

using LabServer.Core.Grading;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Publication;

/// <summary>
/// <c>labctl rule-sets coverage</c>, and docs/rule-sets.md, which it makes.
/// To bring the file up to date: run this test with LABSERVER_WRITE_DOCS=1 and commit it.
/// </summary>
public sealed class CoverageTests
{
    private static readonly string Document = Checkout.PathOf("docs", "rule-sets.md");

    [Fact]
    public async Task Document_ComparedWithTheRuleSets_SaysTheSame()
    {
        if (Environment.GetEnvironmentVariable("LABSERVER_WRITE_DOCS") == "1")
        {
            Assert.Equal(0, (await LabctlCall.Run("rule-sets", "coverage", "--out", Document)).ExitCode);
        }

        var call = await LabctlCall.Run("rule-sets", "coverage");

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        Assert.Equal(call.Output, (await File.ReadAllTextAsync(Document)).ReplaceLineEndings("\n"));
    }

    // As published: neutrophils have all four grades, the protocol's terms one, and troponin and the lung's diffusing
    // capacity came with version 2 of CTCAE 4.03.
    [Theory]
    [InlineData("Neutrophil count decreased", "ctcae-5.0@1", "1–4")]
    [InlineData("Neutrophil count decreased", "nct04288102@1", "")]
    [InlineData("Interleukin level increased", "nct04288102@1", "1")]
    [InlineData("Interleukin level increased", "ctcae-5.0@1", "")]
    [InlineData("Cardiac troponin I increased", "ctcae-4.03@1", "")]
    [InlineData("Cardiac troponin I increased", "ctcae-4.03@2", "1")]
    [InlineData("Carbon monoxide diffusing capacity decreased", "ctcae-4.03@2", "1–3")]
    public async Task Coverage_TermUnderASet_ShowsTheGradesAValueReaches(string term, string ruleSet, string grades)
    {
        var table = (await LabctlCall.Run("rule-sets", "coverage")).Table;
        var column = Array.IndexOf(table[0], ruleSet);

        Assert.Equal(grades, Assert.Single(table, row => row.Length == table[0].Length && row[2] == term)[column]);
    }

    [Fact]
    public async Task Coverage_OfEverySet_NamesHashTermsAndWhatItExtends()
    {
        var text = (await LabctlCall.Run("rule-sets", "coverage")).Output;

        Assert.All(RuleSets.All, set =>
        {
            var part = text[text.IndexOf($"### {set.Name}@{set.Version}\n", StringComparison.Ordinal)..].Split("\n### ")[0];
            Assert.Contains($"| SHA-256 | `{set.Hash}` |", part, StringComparison.Ordinal);
            Assert.Contains($"| Terms | {set.Terms.Count} |", part, StringComparison.Ordinal);
            Assert.Contains(set.Base is null ? "| Extends | nothing |" : $"| Extends | {set.Base.Name}@{set.Base.Version} |", part, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Coverage_EveryTermOfEverySet_IsARow()
    {
        var table = (await LabctlCall.Run("rule-sets", "coverage")).Table;
        var cells = table.Skip(2).Where(row => row.Length == table[0].Length).Sum(row => row.Skip(3).Count(cell => cell.Length > 0));

        Assert.Equal(RuleSets.All.Sum(set => set.Terms.Count), cells);
    }

    [Fact]
    public async Task Coverage_IntoAFolderThatIsNotThere_IsUsageAndWritesNothing()
    {
        var call = await LabctlCall.Run("rule-sets", "coverage", "--out", "/no/such/folder/rule-sets.md");

        Assert.Equal((2, ""), (call.ExitCode, call.Output));
        Assert.Contains("/no/such/folder/rule-sets.md cannot be written", call.Error, StringComparison.Ordinal);
    }
}

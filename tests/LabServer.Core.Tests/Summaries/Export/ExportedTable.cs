using LabServer.Core.Access;
using LabServer.Core.Summaries;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Summaries.Export;

/// <summary>A dataset read whole, its cells by column; what no test of streaming should do.</summary>
internal sealed record ExportedTable(IReadOnlyList<IReadOnlyDictionary<string, string>> Rows, long TotalRows, long NewestUs)
{
    public static ExportedTable Read(TestStudy study, DatasetKind kind, string? ruleSet = Study.DefaultRuleSet)
    {
        using var dataset = study.Exports.Open(kind, study.Study, ArmSight.Unblinded, ruleSet is null ? null : study.RuleSets.RuleSets[ruleSet]);
        var rows = new List<IReadOnlyDictionary<string, string>>();
        foreach (var cells in dataset.Rows())
        {
            Assert.All(dataset.Columns.Zip(cells), pair => Assert.True(
                pair.First.Length is not { } length || pair.Second.Length <= length, $"{pair.First.Name} is longer than it says: {pair.Second}"));
            rows.Add(dataset.Columns.Zip(cells).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal));
        }

        Assert.Equal(dataset.TotalRows, rows.Count);
        return new ExportedTable(rows, dataset.TotalRows, dataset.NewestUs);
    }

    /// <summary>Some columns of every row, with <c>|</c> between.</summary>
    public IEnumerable<string> Of(params string[] columns) => Rows.Select(row => string.Join('|', columns.Select(column => row[column])));
}

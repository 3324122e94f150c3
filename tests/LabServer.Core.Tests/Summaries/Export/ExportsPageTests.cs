using System.Globalization;
using System.Text;
using LabServer.Core.Summaries;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Summaries.Export;

/// <summary>
/// The tables of docs/exports.md, which come from the columns themselves.
/// To bring the file up to date: run this test with LABSERVER_WRITE_DOCS=1 and commit it.
/// </summary>
public sealed class ExportsPageTests
{
    private const string Begin = "<!-- columns -->\n";
    private const string End = "<!-- end of columns -->\n";

    [Fact]
    public async Task Page_ComparedWithTheColumns_SaysTheSame()
    {
        var path = Checkout.File("docs", "exports.md");
        var page = (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n");
        var (start, end) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("LABSERVER_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, page[..start] + Tables() + page[end..]);
            return;
        }

        Assert.Equal(Tables(), page[start..end]);
    }

    private static string Tables()
    {
        var text = new StringBuilder();
        foreach (var definition in DatasetExports.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {definition.Name}: {definition.Label}\n\nA row is {definition.Structure}. Keys: {string.Join(", ", definition.Keys)}.\n\n");
            text.Append("| column | label | type | CDISC | where we have it from |\n|---|---|---|---|---|\n");
            foreach (var column in definition.Columns)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {column.Name} | {column.Label} | {Type(column)} | {column.Source} | {column.Origin}{(column.NeedsRuleSet ? "; with `--rule-set`" : "")} |\n");
            }
        }

        return text.Append('\n').ToString();
    }

    private static string Type(DatasetColumn column) => column.Type switch
    {
        DatasetColumnType.Whole => "whole number",
        DatasetColumnType.Number => "number",
        _ => column.Length is { } length ? string.Create(CultureInfo.InvariantCulture, $"text {length}") : "text",
    };
}

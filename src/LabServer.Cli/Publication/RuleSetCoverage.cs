using System.Globalization;
using LabServer.Core.Grading;

namespace LabServer.Cli.Publication;

/// <summary>Which rule set grades which term, as Markdown. The same sets give the same text everywhere.</summary>
internal static class RuleSetCoverage
{
    private const string Introduction = """
        # Rule sets: what grades what

        Made from the rule-set files by `labctl rule-sets coverage`; a test compares the two.
        A cell shows the grades that a value can reach under that version. Grades that need a clinician are left out, and an
        empty cell means that the set does not have the term. Rows are sorted by test, so that the names which sets have for
        one finding stand together.

        ## Terms
        """;

    /// <summary>Writes the document, lines ended by LF.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="ruleSets">The sets, in the order of the columns.</param>
    public static void Write(TextWriter writer, IReadOnlyList<RuleSet> ruleSets)
    {
        writer.NewLine = "\n";
        writer.WriteLine(Introduction.ReplaceLineEndings("\n"));
        writer.WriteLine();
        WriteTerms(writer, ruleSets);
        writer.WriteLine();
        writer.WriteLine("## Sets");
        foreach (var set in ruleSets)
        {
            writer.WriteLine();
            WriteSet(writer, set);
        }
    }

    private static void WriteTerms(TextWriter writer, IReadOnlyList<RuleSet> ruleSets)
    {
        writer.WriteLine(Row(["Tests", "Direction", "Term", .. ruleSets.Select(Name)]));
        writer.WriteLine(Row([.. Enumerable.Repeat("---", ruleSets.Count + 3)]));
        var rows = ruleSets.SelectMany(set => set.Terms)
            .GroupBy(Key)
            .OrderBy(row => row.Key.Tests, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Direction)
            .ThenBy(row => row.Key.Term, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var grades = ruleSets.Select(set => set.Find(row.Key.Term) is { } term && Key(term) == row.Key ? Grades(term) : "");
            writer.WriteLine(Row([row.Key.Tests, row.Key.Direction == ToxicityDirection.Low ? "low" : "high", row.First().Name, .. grades]));
        }
    }

    private static void WriteSet(TextWriter writer, RuleSet set)
    {
        writer.WriteLine($"### {Name(set)}");
        writer.WriteLine();
        writer.WriteLine(Row(["", ""]));
        writer.WriteLine(Row(["---", "---"]));
        writer.WriteLine(Row(["Title", set.Title]));
        writer.WriteLine(Row(["Source", set.Source]));
        writer.WriteLine(Row(["Version", Number(set.Version)]));
        writer.WriteLine(Row(["SHA-256", $"`{set.Hash}`"]));
        writer.WriteLine(Row(["Terms", Number(set.Terms.Count)]));
        writer.WriteLine(Row(["Criteria", Number(set.Terms.Sum(term => term.Criteria.Count))]));
        writer.WriteLine(Row(["Extends", set.Base is { } extended ? Name(extended) : "nothing"]));
    }

    // A term that looks at other tests is another row, also where it has the same name: the name alone would hide it.
    private static (string Tests, ToxicityDirection Direction, string Term) Key(Term term) =>
        (string.Join(", ", term.Tests.Order(StringComparer.Ordinal)), term.Direction, term.Name.ToUpperInvariant());

    private static string Grades(Term term)
    {
        var grades = term.Criteria.SelectMany(criterion => criterion.Grades)
            .Where(rule => rule.Basis == GradeBasis.Value)
            .Select(rule => rule.Grade)
            .Distinct().Order().ToArray();
        var isRun = grades.Length > 2 && grades[^1] - grades[0] == grades.Length - 1;
        return isRun ? $"{Number(grades[0])}–{Number(grades[^1])}" : string.Join(", ", grades.Select(Number));
    }

    private static string Name(RuleSet set) => string.Create(CultureInfo.InvariantCulture, $"{set.Name}@{set.Version}");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
}

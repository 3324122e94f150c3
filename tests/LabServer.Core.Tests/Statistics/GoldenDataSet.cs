using System.Text.Json;

namespace LabServer.Core.Tests.Statistics;

/// <summary>A line of <c>golden/golden.jsonl</c>: two samples, a two-by-two table, an ordered outcome, and R's answers.</summary>
internal sealed record GoldenDataSet(
    int Id, string Kind, double[] A, double[] B, int[] Table, int[] CategoriesA, int[] CategoriesB, JsonElement Answers)
{
    /// <summary>The file beside the tests, as it is in the repository.</summary>
    public static string Stored { get; } = Path.Combine(AppContext.BaseDirectory, "Statistics", "golden", "golden.jsonl");

    /// <summary>Reads a file; missing values (null) are left out of the samples.</summary>
    public static IReadOnlyList<GoldenDataSet> Read(string file) => [.. File.ReadLines(file).Select(Parse)];

    private static GoldenDataSet Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement.Clone();
        return new GoldenDataSet(
            root.GetProperty("id").GetInt32(),
            root.GetProperty("kind").GetString()!,
            Values(root, "a"),
            Values(root, "b"),
            Counts(root, "table"),
            Counts(root, "categories_a"),
            Counts(root, "categories_b"),
            root);
    }

    private static double[] Values(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray().Where(v => v.ValueKind != JsonValueKind.Null).Select(v => v.GetDouble())];

    private static int[] Counts(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];
}

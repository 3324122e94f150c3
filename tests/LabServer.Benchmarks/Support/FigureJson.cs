using System.Text.Json;
using System.Text.Json.Nodes;

namespace LabServer.Benchmarks.Support;

/// <summary>Figures as JSON lines, for machines that compare runs.</summary>
internal static class FigureJson
{
    /// <summary>Writes the file anew.</summary>
    public static Task Write(string path, IEnumerable<Figure> figures, CancellationToken cancellation) =>
        File.WriteAllLinesAsync(path, figures.Select(Line), cancellation);

    private static string Line(Figure figure) => new JsonObject
    {
        ["benchmark"] = figure.Benchmark,
        ["value"] = figure.Value,
        ["baseline"] = figure.Baseline,
        ["ratio"] = figure.Ratio,
        ["aim"] = figure.Aim,
        ["unit"] = figure.Unit,
        ["n"] = figure.Size,
    }.ToJsonString(JsonSerializerOptions.Default);
}

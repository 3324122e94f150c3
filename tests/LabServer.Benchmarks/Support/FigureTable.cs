using System.Globalization;

namespace LabServer.Benchmarks.Support;

/// <summary>Figures as a table for people, under the machine they were measured on.</summary>
internal static class FigureTable
{
    /// <summary>Writes the table.</summary>
    public static async Task Write(TextWriter output, IReadOnlyList<Figure> figures, CancellationToken cancellation)
    {
        await output.WriteLineAsync(Machine.Describe().AsMemory(), cancellation);
        await output.WriteLineAsync(Line("benchmark", "value", "baseline", "ratio", "unit", "n", "aim").AsMemory(), cancellation);
        foreach (var figure in figures)
        {
            var line = Line(
                figure.Benchmark, Number(figure.Value), Number(figure.Baseline), Number(figure.Ratio), figure.Unit,
                figure.Size.ToString("N0", CultureInfo.InvariantCulture), figure.Aim is { } aim ? $"{aim}: {(figure.Met ? "met" : "NOT MET")}" : "");
            await output.WriteLineAsync(line.AsMemory(), cancellation);
        }
    }

    private static string Number(double? number) => number?.ToString(Math.Abs(number.Value) < 1_000 ? "0.00" : "N0", CultureInfo.InvariantCulture) ?? "";

    private static string Line(string benchmark, string value, string baseline, string ratio, string unit, string size, string aim) =>
        $"{benchmark,-66} {value,12} {baseline,12} {ratio,7} {unit,-6} {size,12}  {aim}";
}

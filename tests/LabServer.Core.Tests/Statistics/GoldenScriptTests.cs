using System.Diagnostics;
using System.Text.Json;

namespace LabServer.Core.Tests.Statistics;

/// <summary>The stored golden values are what the script beside them makes.</summary>
public sealed class GoldenScriptTests : IDisposable
{
    // All 1,000 take R up to minutes on a busy machine. The first ones do not depend on how many follow, and have every kind
    // of sample and table five times.
    private const int Sets = 60;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("golden");

    [RFact]
    public async Task StoredValues_MadeAgainByR_AreTheSame()
    {
        var file = Path.Combine(_folder.FullName, "golden.jsonl");
        var script = Path.Combine(Path.GetDirectoryName(GoldenDataSet.Stored)!, "make-golden.R");
        using var process = Process.Start(new ProcessStartInfo("Rscript", [script, file, $"{Sets}"]) { RedirectStandardError = true })!;
        var words = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, words);

        string[] stored = [.. File.ReadLines(GoldenDataSet.Stored).Take(Sets)];
        var made = File.ReadAllLines(file);
        Assert.Equal((Sets, Sets), (stored.Length, made.Length));
        for (var i = 0; i < stored.Length; i++)
        {
            using var before = JsonDocument.Parse(stored[i]);
            using var after = JsonDocument.Parse(made[i]);
            AssertSame(before.RootElement, after.RootElement, $"set {i + 1}");
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // To ten digits: another build of R may differ in the last ones. polr's own answer is where its optimiser stopped.
    private static void AssertSame(JsonElement before, JsonElement after, string place)
    {
        Assert.True(before.ValueKind == after.ValueKind, $"{place}: {before} was stored, {after} is made");
        switch (before.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(before.EnumerateObject().Select(p => p.Name), after.EnumerateObject().Select(p => p.Name));
                foreach (var property in before.EnumerateObject().Where(p => !p.Name.StartsWith("polr", StringComparison.Ordinal)))
                {
                    AssertSame(property.Value, after.GetProperty(property.Name), $"{place} {property.Name}");
                }

                break;
            case JsonValueKind.Array:
                Assert.True(before.GetArrayLength() == after.GetArrayLength(), place);
                foreach (var (one, other) in before.EnumerateArray().Zip(after.EnumerateArray()))
                {
                    AssertSame(one, other, place);
                }

                break;
            case JsonValueKind.Number:
                var (wanted, got) = (before.GetDouble(), after.GetDouble());
                Assert.True(Math.Abs(wanted - got) <= 1e-12 + (1e-10 * Math.Abs(wanted)), $"{place}: {wanted:R} was stored, {got:R} is made");
                break;
            default:
                Assert.True(before.ToString() == after.ToString(), $"{place}: {before} was stored, {after} is made");
                break;
        }
    }
}

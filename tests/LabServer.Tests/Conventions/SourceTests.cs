using System.Text.RegularExpressions;
using LabServer.Tests.Support;

namespace LabServer.Tests.Conventions;

/// <summary>What must not stand in the sources, because the compiler would let it.</summary>
public sealed class SourceTests
{
    private static readonly string[] Folders = ["src", "tests"];

    [Theory]
    [InlineData("the wall clock instead of TimeProvider", @"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b")]
    [InlineData("waiting instead of a condition", @"\bThread\.Sleep\(|\bTask\.Delay\(\d")]
    [InlineData("blocking on a task", @"\.GetAwaiter\(\)\.GetResult\(\)|\.Wait\(\);|\bTask\.WaitAll\(")]
    [InlineData("numbers read in the culture of the machine", @"\b(decimal|double|int|long)\.(Try)?Parse\([^,()]*\)")]
    // The names of a RowWrite are constants: of them each engine makes its own statement.
    [InlineData("SQL put together with values", @"\$""(""""*)?\s*(SELECT|INSERT|UPDATE|DELETE)\b(?!.*\{write\.Table\})")]
    [InlineData("a test that is switched off", @"\[(Fact|Theory)\([^]]*Skip\s*=")]
    public void Sources_Nowhere_Contain(string what, string pattern)
    {
        var found = Folders
            .SelectMany(folder => Directory.EnumerateFiles(Checkout.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.EndsWith(nameof(SourceTests) + ".cs", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Select((line, i) => (File: file, Line: i + 1, Text: line)))
            .Where(line => Regex.IsMatch(line.Text, pattern) && !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .Select(line => $"{Path.GetRelativePath(Checkout.PathOf(""), line.File)}:{line.Line}: {line.Text.Trim()}")
            .ToList();

        Assert.True(found.Count == 0, $"{what}:\n{string.Join('\n', found)}");
    }
}

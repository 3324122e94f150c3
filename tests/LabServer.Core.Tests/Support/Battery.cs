using System.Globalization;

namespace LabServer.Core.Tests.Support;

/// <summary>
/// Sizes and figures of the tests that try to break the server. They are small in the suite and whole in
/// <c>scripts/torture.sh</c>, and are the same code in both. Each carries <c>[Trait(Battery.Name, Battery.Value)]</c>.
/// </summary>
public static class Battery
{
    public const string Name = "battery";
    public const string Value = "torture";

    private const int UsualSeed = 20261124;

    /// <summary>Whether the battery runs whole.</summary>
    public static bool IsWhole { get; } = Environment.GetEnvironmentVariable("LABSERVER_TORTURE") == "1";

    /// <summary>Where every random choice starts; the script prints it and takes another.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("LABSERVER_TORTURE_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : UsualSeed;

    /// <summary>How many of what the test does there are.</summary>
    public static int Size(int inSuite, int whole) => IsWhole ? whole : inSuite;

    /// <summary>Says what was measured, for the table that the script prints and docs/reliability.md shows.</summary>
    /// <param name="test">The test, in the words of the table's first column.</param>
    /// <param name="figures">What came out, with its numbers.</param>
    public static void Report(string test, FormattableString figures)
    {
        if (Environment.GetEnvironmentVariable("LABSERVER_TORTURE_FIGURES") is { Length: > 0 } file)
        {
            File.AppendAllText(file, $"| {test} | {FormattableString.Invariant(figures)} |\n");
        }
    }
}

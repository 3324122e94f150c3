using System.Globalization;

namespace LabServer.Cli.SampleTrial;

/// <summary>Reads the published table that labctl carries (<c>published-adverse-events.csv</c>).</summary>
internal static class PublishedEventReader
{
    private const string Resource = "SampleTrial/published-adverse-events.csv";

    /// <summary>All rows in the order published.</summary>
    public static IReadOnlyList<PublishedEvent> Read()
    {
        using var stream = typeof(PublishedEventReader).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"labctl was built without {Resource}.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Row)];
    }

    // No field of the file holds a comma or a quote; a test sees to it.
    private static PublishedEvent Row(string line)
    {
        var fields = line.Split(',');
        var counts = new EventCounts(Count(fields[1]), Count(fields[2]), Count(fields[3]), Count(fields[4]));
        return new PublishedEvent(fields[0], counts, Text(fields[5]), Text(fields[6]));
    }

    private static int Count(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string? Text(string text) => text.Length == 0 ? null : text;
}

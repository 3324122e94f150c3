using LabServer.Api.V1;

namespace LabServer.Cli.Export;

/// <summary>The format of an exported file.</summary>
internal static class ExportFormat
{
    /// <summary>What <c>--format</c> takes.</summary>
    public static readonly string[] Names = ["csv", "dataset-json", "dataset-ndjson"];

    /// <summary>The format that was named; without a name the one that the file's own name means.</summary>
    public static DatasetFormat Of(string? named, string path) => named switch
    {
        "csv" => DatasetFormat.Csv,
        "dataset-json" => DatasetFormat.DatasetJson,
        "dataset-ndjson" => DatasetFormat.DatasetNdjson,
        _ => Path.GetExtension(WithoutGzip(path)).ToUpperInvariant() switch
        {
            ".JSON" => DatasetFormat.DatasetJson,
            ".NDJSON" => DatasetFormat.DatasetNdjson,
            _ => DatasetFormat.Csv,
        },
    };

    private static string WithoutGzip(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
}

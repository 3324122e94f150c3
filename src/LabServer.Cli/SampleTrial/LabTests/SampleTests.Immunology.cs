namespace LabServer.Cli.SampleTrial;

internal static partial class SampleTests
{
    /// <summary>T lymphocytes: CD4, CD8 and a few that carry neither.</summary>
    public static SampleTest TCells => Flow("CD3", Range(723, 2737), new(0, 0, 0, 0, 0));

    /// <summary>Each row: the subsets that make up all CD4 or all CD8 cells.</summary>
    public static IReadOnlyList<string[]> WholePanels =>
        [["CD4N", "CD4CM", "CD4EM", "CD4TEMRA"], ["CD8N", "CD8CM", "CD8EM", "CD8TEMRA"]];

    private static string[] LastVisit => ["M12"];

    private static SampleTest[] Lymphocytes() =>
    [
        Flow("CD4", Range(404, 1612), new(215, 482, 641, 760, 1250)) with
        {
            PlaceboBaseline = new(260, 502, 734, 1031, 1480),
            Settled = new(510, 640, 760, 900, 1400),
            CriteriaFloor = 500,
        },
        Flow("CD8", Range(220, 1129), new(125, 275, 371, 520, 1010)) with
        {
            PlaceboBaseline = new(140, 307, 401, 593, 1040),
            Settled = new(240, 340, 420, 540, 950),
        },
        Flow("CD19", Range(80, 616), new(42, 100, 148, 251, 520)) with
        {
            PlaceboBaseline = new(40, 95, 148, 248, 500),
            Settled = new(85, 140, 190, 260, 480),
        },
        Flow("CD56", Range(84, 724), new(48, 151, 233, 393, 680)) with
        {
            PlaceboBaseline = new(45, 136, 197, 309, 650),
            Settled = new(90, 170, 240, 350, 640),
        },
        new("NEUTINH", "%", 2, "SEROLOGY", "SERUM")
        {
            Baseline = new(48.00m, 78.00m, 88.50m, 94.00m, 97.50m),
            PlaceboBaseline = new(50.00m, 80.00m, 90.00m, 95.00m, 97.80m),
            Settled = new(24.00m, 47.00m, 61.60m, 75.00m, 93.00m),
            PlaceboSettled = new(27.00m, 52.00m, 67.60m, 80.00m, 94.00m),
        },
    ];

    private static SampleTest[] MonthTwelve() =>
    [
        Share("CD4N", new(12m, 27m, 35m, 43m, 60m)),
        Share("CD4CM", new(16m, 29m, 35m, 41m, 52m)),
        Share("CD4EM", new(8m, 16m, 22m, 29m, 45m)),
        Share("CD4TEMRA", new(0.5m, 1.5m, 3m, 6m, 15m)),
        Share("CD8N", new(8m, 20m, 29m, 38m, 55m)),
        Share("CD8CM", new(5m, 10m, 14m, 19m, 30m)),
        Share("CD8EM", new(12m, 24m, 31m, 39m, 55m)),
        Share("CD8TEMRA", new(6m, 16m, 24m, 34m, 56m)),
        Share("CD4PD1", new(6m, 13m, 18m, 24m, 40m)),
        Share("CD8PD1", new(6m, 14m, 20m, 27m, 45m)),
        Share("CD4HLADR", new(2m, 5m, 8m, 12m, 24m)),
        Share("CD8HLADR", new(5m, 14m, 22m, 32m, 55m)),
        Share("CD4CD38", new(12m, 25m, 34m, 44m, 68m)),
        Share("CD8CD38", new(10m, 20m, 29m, 40m, 66m)),
        Marker("CEA", "ng/mL", 5.00m, new(0.50m, 1.30m, 1.90m, 2.70m, 4.60m)),
        Marker("AFP", "ng/mL", 7.00m, new(0.90m, 1.90m, 2.60m, 3.50m, 6.20m)),
        Marker("CA125", "U/mL", 35.00m, new(4.00m, 8.00m, 11.50m, 16.00m, 31.00m)),
        Marker("CA19-9", "U/mL", 37.00m, new(2.00m, 6.00m, 10.00m, 16.00m, 33.00m)),
        Marker("CA15-3", "U/mL", 25.00m, new(3.00m, 7.00m, 10.00m, 14.00m, 23.00m)),
    ];

    private static SampleTest Flow(string code, SampleLimits limits, Spread baseline) =>
        new(code, "/uL", 0, "FLOW CYTOMETRY", "BLOOD")
        {
            Limits = limits,
            Baseline = baseline,
            MeasuredMsc = 62,
            MeasuredPlacebo = 34,
        };

    private static SampleTest Share(string code, Spread values) =>
        new(code, "%", 1, "FLOW CYTOMETRY", "BLOOD") { Baseline = values, Visits = LastVisit };

    private static SampleTest Marker(string code, string unit, decimal high, Spread values) =>
        Serum(code, unit, 2, values) with { Category = "TUMOUR MARKER", Limits = UpTo(high), Visits = LastVisit };
}

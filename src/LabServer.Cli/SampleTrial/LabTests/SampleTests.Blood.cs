namespace LabServer.Cli.SampleTrial;

internal static partial class SampleTests
{
    /// <summary>
    /// Monocytes, eosinophils and basophils together, 10^9/L: drawn so that WBC can be the sum of its parts, and not
    /// reported.
    /// </summary>
    public static SampleTest OtherCells => new("OTHER", "10^9/L", 2, "HEMATOLOGY", "BLOOD")
    {
        Baseline = new(0.60m, 0.72m, 0.83m, 0.95m, 1.05m),
        PlaceboBaseline = new(0.45m, 0.50m, 0.56m, 0.68m, 0.90m),
    };

    /// <summary>Leukocytes: the sum of their parts.</summary>
    public static SampleTest Leukocytes =>
        OtherCells with { Code = "WBC", Limits = Range(BloodCount.LeukocytesLow, BloodCount.LeukocytesHigh) };

    /// <summary>Lymphocytes as a share of leukocytes.</summary>
    public static SampleTest LymphocyteShare => OtherCells with
    {
        Code = "LYMLE",
        Unit = "%",
        Decimals = 1,
        Limits = Range(BloodCount.LymphocyteShareLow, BloodCount.LymphocyteShareHigh),
    };

    private static SampleTest[] Inflammation() =>
    [
        Serum("INTLK6", "pg/mL", 2, new(2.10m, 5.63m, 7.86m, 9.84m, 15.50m)) with
        {
            Category = "IMMUNOLOGY",
            Limits = UpTo(7.00m),
            PlaceboBaseline = new(2.60m, 6.54m, 8.76m, 11.77m, 16.80m),
            Settled = new(1.60m, 2.80m, 3.70m, 4.80m, 6.60m),
            MeasuredMsc = 64,
            MeasuredPlacebo = 34,
        },
        Serum("CRP", "mg/L", 2, new(0.50m, 0.84m, 1.95m, 3.53m, 9.20m)) with
        {
            Limits = UpTo(5.00m),
            PlaceboBaseline = new(0.50m, 0.68m, 1.38m, 2.26m, 7.40m),
            Settled = new(0.50m, 0.80m, 1.20m, 2.00m, 4.20m),
            MeasuredMsc = 27,
            MeasuredPlacebo = 14,
        },
        new("DDIMER", "mg/L", 2, "COAGULATION", "PLASMA")
        {
            Limits = UpTo(0.50m),
            Baseline = new(0.12m, 0.36m, 0.58m, 1.11m, 3.20m),
            PlaceboBaseline = new(0.12m, 0.31m, 0.56m, 1.12m, 2.90m),
            Settled = new(0.10m, 0.19m, 0.25m, 0.33m, 0.47m),
            MeasuredMsc = 55,
            MeasuredPlacebo = 29,
        },
    ];

    private static SampleTest[] Hematology() =>
    [
        Cells("NEUT", 2, Range(1.80m, 6.30m)) with
        {
            Baseline = new(2.05m, 2.91m, 3.48m, 4.32m, 5.70m),
            PlaceboBaseline = new(2.05m, 2.85m, 3.83m, 4.48m, 5.70m),
            Settled = new(2.10m, 2.90m, 3.40m, 4.10m, 5.40m),
        },
        Cells("LYM", 2, Range(1.10m, 3.20m)) with
        {
            Baseline = new(0.90m, 1.19m, 1.39m, 1.80m, 2.45m),
            PlaceboBaseline = new(0.92m, 1.24m, 1.47m, 1.84m, 2.45m),
            Settled = new(1.20m, 1.55m, 1.85m, 2.20m, 2.70m),
        },
        OtherCells,
        Cells("PLAT", 0, Range(125, 350)) with
        {
            Baseline = new(132, 174, 214, 255, 338),
            PlaceboBaseline = new(130, 176, 210, 247, 330),
            Settled = new(135, 185, 215, 250, 320),
        },
        new("HGB", "g/L", 0, "HEMATOLOGY", "BLOOD")
        {
            Limits = Range(130, 175),
            WomenLimits = Range(115, 150),
            Baseline = new(97, 116, 126, 134, 154, 0.96m),
            PlaceboBaseline = new(106, 119, 127, 134, 150, 0.965m),
            Settled = new(132, 140, 147, 154, 166, 0.89m),
        },
    ];

    private static SampleTest Cells(string code, int decimals, SampleLimits limits) =>
        OtherCells with { Code = code, Decimals = decimals, Limits = limits };
}

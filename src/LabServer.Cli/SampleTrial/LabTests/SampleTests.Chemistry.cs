namespace LabServer.Cli.SampleTrial;

internal static partial class SampleTests
{
    // Heart markers and ionized calcium were of interest in the acute illness only.
    private static string[] EarlyVisits => ["BL", "D10", "M1"];

    private static SampleTest[] Chemistry() =>
    [
        Serum("LDH", "U/L", 0, new(130, 168, 188, 212, 262)) with
        {
            Limits = Range(120, 245),
            Settled = new(128, 155, 172, 192, 228),
        },
        Serum("ALT", "U/L", 0, new(10, 18, 26, 36, 74, 0.8m)) with
        {
            Limits = Range(9, 50),
            WomenLimits = Range(7, 40),
            Settled = new(10, 14, 19, 26, 42, 0.8m),
        },
        Serum("AST", "U/L", 0, new(16, 19, 23, 28, 48, 0.875m)) with
        {
            Limits = Range(15, 40),
            WomenLimits = Range(13, 35),
            Settled = new(16, 18, 21, 25, 34, 0.875m),
        },
        Serum("GGT", "U/L", 0, new(12, 20, 30, 42, 85, 0.75m)) with
        {
            Limits = Range(10, 60),
            WomenLimits = Range(7, 45),
            Settled = new(12, 17, 23, 32, 50, 0.75m),
        },
        Serum("CK", "U/L", 0, new(60, 68, 82, 108, 220, 0.7m)) with
        {
            Limits = Range(50, 310),
            WomenLimits = Range(40, 200),
            Settled = new(62, 78, 98, 132, 240, 0.7m),
        },
        Serum("UREA", "mmol/L", 1, new(3.2m, 4.0m, 4.8m, 5.7m, 7.7m)) with { Limits = Range(3.1m, 8.0m) },
        Serum("URATE", "umol/L", 0, new(215, 268, 310, 350, 415, 0.8m)) with
        {
            Limits = Range(208, 428),
            WomenLimits = Range(155, 357),
        },
        Serum("CREAT", "umol/L", 0, new(59, 67, 73, 80, 94, 0.74m)) with
        {
            Limits = Range(57, 97),
            WomenLimits = Range(41, 73),
        },
        Serum("K", "mmol/L", 2, new(3.56m, 3.92m, 4.15m, 4.40m, 5.05m)) with { Limits = Range(3.50m, 5.30m) },
        Serum("SODIUM", "mmol/L", 1, new(137.4m, 139.6m, 141.0m, 142.5m, 145.6m)) with { Limits = Range(137.0m, 147.0m) },
        Serum("CA", "mmol/L", 2, new(2.12m, 2.19m, 2.26m, 2.34m, 2.48m)) with { Limits = Range(2.11m, 2.52m) },
        Serum("CAION", "mmol/L", 2, new(1.12m, 1.17m, 1.20m, 1.24m, 1.31m)) with
        {
            Limits = Range(1.10m, 1.34m),
            Visits = EarlyVisits,
        },
        Serum("CKMB", "ng/mL", 2, new(0.30m, 0.70m, 1.10m, 1.70m, 4.20m)) with { Limits = UpTo(5.00m), Visits = EarlyVisits },
        Serum("BNP", "pg/mL", 1, new(6.0m, 16.0m, 28.0m, 46.0m, 92.0m)) with { Limits = UpTo(100.0m), Visits = EarlyVisits },
    ];
}

namespace LabServer.Core.Tests.Histories;

/// <summary>What results of a test look like, for making them up.</summary>
/// <param name="Test">The test.</param>
/// <param name="Low">Usual LLN, in the unit the test is kept in.</param>
/// <param name="High">Usual ULN.</param>
/// <param name="Published">Numbers of the criteria with their unit: where grades change.</param>
internal sealed record TestShape(string Test, decimal Low, decimal High, params (string Unit, decimal[] Numbers)[] Published)
{
    /// <summary>Factors that criteria multiply limits and baselines by.</summary>
    public static IReadOnlyList<decimal> Factors { get; } =
        [0.25m, 0.5m, 0.75m, 1, 1.1m, 1.25m, 1.3m, 1.5m, 1.6m, 1.8m, 2, 2.5m, 2.6m, 3, 3.5m, 4, 5, 6, 10, 20];

    public static IReadOnlyList<TestShape> All { get; } =
    [
        new("ALT", 5, 40),
        new("ALP", 40, 120),
        new("GGT", 8, 61),
        new("LDH", 120, 246),
        new("BILI", 3, 17.1m, ("umol/L", [17.1m]), ("mg/dL", [1, 1.5m])),
        new("CREAT", 53, 97),
        new("INR", 0.9m, 1.2m, ("1", [1.2m, 1.5m, 2.5m])),
        new("K", 3.5m, 5.1m, ("mmol/L", [2, 2.5m, 3, 3.4m, 5.5m, 5.6m, 6, 6.5m, 7])),
        new("SODIUM", 136, 145, ("mmol/L", [120, 125, 129, 130, 135, 146, 150, 154, 155, 160])),
        new("HGB", 130, 175, ("g/L", [60, 65, 67, 70, 80, 85, 90, 95, 100, 104, 109, 110, 130, 140]), ("g/dL", [8, 9, 10, 10.9m, 13]), ("mmol/L", [4.9m, 6.2m])),
        new("PLAT", 150, 400, ("10*9/L", [10, 25, 50, 75, 100, 125]), ("10*3/uL", [25, 50, 75, 125])),
        new("NEUT", 1.8m, 7.7m, ("10*9/L", [0.1m, 0.4m, 0.5m, 0.6m, 0.8m, 1, 1.25m, 1.5m, 3, 4, 5]), ("10*3/uL", [0.5m, 1, 1.5m])),
        new("GLUC", 3.9m, 6.1m, ("mmol/L", [1.67m, 1.7m, 2.2m, 3, 3.05m, 6.11m, 8.9m, 13.89m, 13.9m, 27.8m]), ("mg/dL", [30, 40, 55, 64, 116, 160, 250, 500])),
        new("FIBRINO", 2, 4, ("g/L", [0.5m, 0.75m, 1, 2]), ("mg/dL", [50, 75, 100, 200])),
        new("URATE", 208, 428, ("umol/L", [450, 590, 710, 890]), ("mg/dL", [7.5m, 10, 12, 15])),
        new("PHOS", 0.81m, 1.45m, ("mmol/L", [0.3m, 0.48m, 0.6m, 0.65m, 0.8m, 0.97m, 1.13m, 1.45m]), ("mg/dL", [1, 1.4m, 2, 2.5m, 3.5m, 4.5m])),
    ];
}

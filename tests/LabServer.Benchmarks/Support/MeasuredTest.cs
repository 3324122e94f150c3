namespace LabServer.Benchmarks.Support;

/// <summary>A test of the synthetic study: where its values lie, and the limits the laboratory gives.</summary>
/// <param name="Code">LBTESTCD.</param>
/// <param name="Unit">Unit reported.</param>
/// <param name="Typical">Middle of the values.</param>
/// <param name="Low">LLN.</param>
/// <param name="High">ULN.</param>
/// <param name="Decimals">Decimal places reported.</param>
internal sealed record MeasuredTest(string Code, string Unit, double Typical, double Low, double High, int Decimals)
{
    /// <summary>What is reported in the place of numbers around <see cref="Typical"/>; empty: numbers, with unit and limits.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Forty tests, as a chemistry, a blood count, some markers and a diary have them; most are graded by CTCAE.</summary>
    public static IReadOnlyList<MeasuredTest> All { get; } =
    [
        new("ALT", "U/L", 28, 7, 45, 0), new("AST", "U/L", 26, 8, 40, 0), new("ALP", "U/L", 80, 40, 130, 0), new("GGT", "U/L", 30, 8, 60, 0),
        new("LDH", "U/L", 190, 120, 250, 0), new("CK", "U/L", 100, 30, 200, 0), new("AMYLASE", "U/L", 60, 25, 115, 0), new("LIPASET", "U/L", 35, 10, 60, 0),
        new("ALB", "g/L", 42, 35, 52, 0), new("BILI", "umol/L", 11, 3, 21, 1), new("CREAT", "umol/L", 78, 53, 106, 0),
        new("BUN", "mmol/L", 5.2, 2.5, 7.8, 1), new("URATE", "umol/L", 310, 155, 428, 0), new("K", "mmol/L", 4.2, 3.5, 5.1, 1), new("SODIUM", "mmol/L", 140, 136, 145, 0),
        new("CL", "mmol/L", 102, 98, 107, 0), new("BICARB", "mmol/L", 25, 22, 29, 0), new("CA", "mmol/L", 2.36, 2.15, 2.55, 2), new("MG", "mmol/L", 0.85, 0.7, 1.05, 2),
        new("PHOS", "mmol/L", 1.1, 0.8, 1.5, 2), new("GLUC", "mmol/L", 5.2, 3.9, 6.1, 1), new("CHOL", "mmol/L", 4.8, 3, 5.2, 1), new("TRIG", "mmol/L", 1.2, 0.5, 1.7, 1),
        new("CRP", "mg/L", 3, 0, 5, 1), new("INTLK6", "pg/mL", 4, 0, 7, 1), new("FERRITIN", "ug/L", 110, 15, 300, 0), new("PROCALC", "ug/L", 0.04, 0, 0.05, 3),
        new("WBC", "10*9/L", 6.2, 4, 10, 1), new("RBC", "10*12/L", 4.7, 4, 5.8, 2), new("HGB", "g/L", 138, 120, 165, 0),
        new("PLAT", "10*9/L", 235, 150, 400, 0), new("NEUT", "10*9/L", 3.8, 2, 7, 1), new("LYM", "10*9/L", 1.8, 1, 3.5, 1), new("EOS", "10*9/L", 0.15, 0.02, 0.5, 2),
        new("DDIMER", "mg/L", 0.35, 0, 0.5, 2), new("FIBRINO", "g/L", 3, 2, 4, 1), new("APTT", "s", 30, 25, 37, 0), new("INR", "", 1, 0.8, 1.2, 2),
        new("SYPAIN", "", 0, 0, 0, 0) { Words = ["Y", "N", "N"] },
        new("PAINNRS", "", 0, 0, 0, 0) { Words = ["0", "0", "1", "2", "3", "4", "5", "6", "7", "8", "10"] },
    ];
}

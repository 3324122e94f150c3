namespace LabServer.Core.Tests.Histories;

internal static partial class ModelTerms
{
    private const string V6 = "ctcae-6.0";

    private static IEnumerable<ModelTerm> Ctcae6() =>
    [
        new(V6, "Alanine aminotransferase increased", "ALT", AnyUnit, c => c.BaselineHigh
            ? [new(1, c.OfBaseline(">=", 1), c.OfBaseline("<=", 1.5m)), .. From2(c.OfBaseline, 1.5m, 2, 4)]
            : AboveUln(c, 1, 3, 5, 20)),
        new(V6, "GGT increased", "GGT", AnyUnit, c => c.BaselineHigh
            ? [new(1, c.OfBaseline(">=", 1), c.OfBaseline("<=", 1.5m)), .. From2(c.OfBaseline, 1.5m, 3, 10)]
            : AboveUln(c, 1, 2.5m, 5, 20)),
        new(V6, "Blood bilirubin increased", "BILI", AnyUnit, c => c.BaselineHigh
            ? [new(1, c.OfBaseline(">=", 1), c.OfBaseline("<=", 1.5m)), .. From2(c.OfBaseline, 1.5m, 2.5m, 10)]
            : AboveUln(c, 1, 1.5m, 3, 10)),
        new(V6, "Alkaline phosphatase increased", "ALP", AnyUnit, c => [new(1, c.OfUln(">", 1), c.OfBaseline(">", 1))]),
        new(V6, "Creatinine increased", "CREAT", AnyUnit, c => c.BaselineLow
            ?
            [
                new(1, c.OfUln(">", 1), c.OfUln("<=", 1.5m)),
                new(2, c.OfBaseline(">", 1.5m), c.OfBaseline("<=", 3)),
                new(3, c.OfBaseline(">", 3)),
                new(4, c.OfUln(">", 6)),
            ]
            : AboveUln(c, 1, 1.5m, 3, 6)),
        new(V6, "Hyponatremia", "SODIUM", ["mmol/L"], Sodium),
        new(V6, "Hyperglycemia", "GLUC", Molar, c => Glucose(c).Where(rule => rule.Grade >= 3)) { Fasting = false },
        new(V6, "Hyperglycemia (Fasting)", "GLUC", Molar, Glucose) { Fasting = true },
        new(V6, "Thrombocytopenia", "PLAT", Count, c => BelowLln(c, Thousands(c, 75, 50, 10))),
        new(V6, "Neutrophil count decreased", "NEUT", Count, c => Down(1, Thousands(c, 1.5m, 1, 0.5m, 0.1m))),
        .. SinceCtcae5(V6),
        .. Unchanged(V6),
    ];

    // Of 4.03, and again of 6.0.
    private static IEnumerable<ModelRule> Sodium(ModelCase c) =>
    [
        new(1, c.OfLln("<", 1), ModelCase.Fixed(">=", 130)),
        new(3, ModelCase.Fixed("<", 130), ModelCase.Fixed(">=", 120)),
        new(4, ModelCase.Fixed("<", 120)),
    ];
}

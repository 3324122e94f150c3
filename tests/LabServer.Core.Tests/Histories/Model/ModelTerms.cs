namespace LabServer.Core.Tests.Histories;

/// <summary>The criteria of the terms that the histories grade, written down from the published tables once more.</summary>
internal static partial class ModelTerms
{
    private const string V4 = "ctcae-4.03";
    private const string V5 = "ctcae-5.0";

    private static readonly string[] AnyUnit = [];
    private static readonly string[] Molar = ["mmol/L", "mg/dL"];
    private static readonly string[] Count = ["10*9/L", "10*3/uL", "10*3/mL"];

    public static IReadOnlyList<ModelTerm> All { get; } = [.. Ctcae4(), .. Ctcae5(), .. Ctcae6(), .. Daids()];

    private static IEnumerable<ModelTerm> Ctcae4() =>
    [
        new(V4, "Alanine aminotransferase increased", "ALT", AnyUnit, c => AboveUln(c, 1, 3, 5, 20)),
        new(V4, "Alkaline phosphatase increased", "ALP", AnyUnit, c => AboveUln(c, 1, 2.5m, 5, 20)),
        new(V4, "GGT increased", "GGT", AnyUnit, c => AboveUln(c, 1, 2.5m, 5, 20)),
        new(V4, "Blood bilirubin increased", "BILI", AnyUnit, c => AboveUln(c, 1, 1.5m, 3, 10)),
        new(V4, "Creatinine increased", "CREAT", AnyUnit, c =>
        [
            .. AboveUln(c, 1, 1.5m, 3, 6),
            new(1, c.OfBaseline(">", 1), c.OfBaseline("<=", 1.5m)),
            new(2, c.OfBaseline(">", 1.5m), c.OfBaseline("<=", 3)),
            new(3, c.OfBaseline(">", 3)),
        ]),
        new(V4, "INR increased", "INR", AnyUnit, c => [.. AboveUln(c, 1, 1.5m, 2.5m), .. InrOfAnticoagulated(c)]),
        new(V4, "Hyperuricemia", "URATE", ["umol/L", "mg/dL"], c =>
        {
            var top = c.Published(("umol/L", [590]), ("mg/dL", [10]))[0];
            return [new(3, c.OfUln(">", 1), ModelCase.Fixed("<=", top)), new(4, ModelCase.Fixed(">", top))];
        }),
        new(V4, "Hemoglobin increased", "HGB", ["g/L", "g/dL"], c =>
        {
            // In multiples of nothing: 20 g/L over the baseline where that is over the ULN, else over the ULN.
            var step = c.Published(("g/L", [20]), ("g/dL", [2]))[0];
            if (c.Baseline is null)
            {
                return Steps(c.OfUln, step);
            }

            return c.Uln is not { } uln ? [new(1, new ModelSide(">", null, Lack.Uln))]
                : Digits.Compare(c.Baseline.Value, uln) > 0 ? Steps(c.OfBaseline, step) : Steps(c.OfUln, step);
        }),
        new(V4, "Hyponatremia", "SODIUM", ["mmol/L"], Sodium),
        new(V4, "Hypophosphatemia", "PHOS", Molar, c => BelowLln(c, c.Published(("mmol/L", [0.8m, 0.6m, 0.3m]), ("mg/dL", [2.5m, 2, 1])))),
        new(V4, "Hyperglycemia", "GLUC", Molar, c => Glucose(c).Where(rule => rule.Grade >= 3)) { Fasting = false },
        new(V4, "Hyperglycemia (Fasting)", "GLUC", Molar, Glucose) { Fasting = true },
        new(V4, "Fibrinogen decreased", "FIBRINO", ["g/L", "mg/dL"], c =>
        [
            .. Fibrinogen(c),
            new(1, c.Change("<", 0), c.Change(">", -25)),
            new(2, c.Change("<=", -25), c.Change(">", -50)),
            new(3, c.Change("<=", -50), c.Change(">", -75)),
            new(4, c.Change("<=", -75)),
        ]),
        .. Unchanged(V4),
    ];

    private static IEnumerable<ModelTerm> Ctcae5() =>
    [
        new(V5, "Alanine aminotransferase increased", "ALT", AnyUnit, c => c.BaselineHigh
            ? [new(1, c.OfBaseline(">=", 1.5m), c.OfBaseline("<=", 3)), .. From2(c.OfBaseline, 3, 5, 20)]
            : AboveUln(c, 1, 3, 5, 20)),
        new(V5, "Alkaline phosphatase increased", "ALP", AnyUnit, c => c.BaselineHigh
            ? [new(1, c.OfBaseline(">=", 2), c.OfBaseline("<=", 2.5m)), .. From2(c.OfBaseline, 2.5m, 5, 20)]
            : AboveUln(c, 1, 2.5m, 5, 20)),
        new(V5, "GGT increased", "GGT", AnyUnit, c => c.BaselineHigh
            ? [new(1, c.OfBaseline(">=", 2), c.OfBaseline("<=", 2.5m)), .. From2(c.OfBaseline, 2.5m, 5, 20)]
            : AboveUln(c, 1, 2.5m, 5, 20)),
        new(V5, "Blood bilirubin increased", "BILI", AnyUnit, c => c.BaselineHigh
            ? [new(1, c.OfBaseline(">", 1), c.OfBaseline("<=", 1.5m)), .. From2(c.OfBaseline, 1.5m, 3, 10)]
            : AboveUln(c, 1, 1.5m, 3, 10)),
        new(V5, "Creatinine increased", "CREAT", AnyUnit, c => c.Baseline is null ? AboveUln(c, 1, 1.5m, 3, 6) :
        [
            .. AboveUln(c, 1, 1.5m, 3, 6),
            new(2, c.OfBaseline(">", 1.5m), c.OfBaseline("<=", 3)),
            new(3, c.OfBaseline(">", 3)),
        ]),
        new(V5, "Hyponatremia", "SODIUM", ["mmol/L"], c =>
        [
            new(1, c.OfLln("<", 1), ModelCase.Fixed(">", 129)),
            new(3, ModelCase.Fixed("<=", 129), ModelCase.Fixed(">=", 120)),
            new(4, ModelCase.Fixed("<", 120)),
        ]),
        .. SinceCtcae5(V5),
        .. Unchanged(V5),
    ];

    // What CTCAE 5.0 changed and 6.0 kept.
    private static IEnumerable<ModelTerm> SinceCtcae5(string ruleSet) =>
    [
        new(ruleSet, "Blood lactate dehydrogenase increased", "LDH", AnyUnit, c => [new(1, c.OfUln(">", 1))]),
        new(ruleSet, "INR increased", "INR", AnyUnit, c =>
        [
            new(1, ModelCase.Fixed(">", 1.2m), ModelCase.Fixed("<=", 1.5m)),
            new(2, ModelCase.Fixed(">", 1.5m), ModelCase.Fixed("<=", 2.5m)),
            new(3, ModelCase.Fixed(">", 2.5m)),
            .. InrOfAnticoagulated(c),
        ]),
        new(ruleSet, "Hyperuricemia", "URATE", AnyUnit, c => [new(3, c.OfUln(">", 1))]),
        new(ruleSet, "Hemoglobin increased", "HGB", ["g/L", "g/dL"], c => Steps(c.OfUln, c.Published(("g/L", [20]), ("g/dL", [2]))[0])),
        new(ruleSet, "Fibrinogen decreased", "FIBRINO", ["g/L", "mg/dL"], c =>
        [
            .. Fibrinogen(c),
            new(2, c.Change("<=", -25), c.Change(">", -50), c.OfLln("<", 1)),
            new(3, c.Change("<=", -50), c.Change(">", -75), c.OfLln("<", 1)),
            new(4, c.Change("<=", -75), c.OfLln("<", 1)),
        ]),
    ];

    // Same numbers in every version.
    private static IEnumerable<ModelTerm> Unchanged(string ruleSet) =>
    [
        new(ruleSet, "Anemia", "HGB", ["g/L", "mmol/L", "g/dL"], c =>
            BelowLln(c, c.Published(("g/L", [100, 80]), ("g/dL", [10, 8]), ("mmol/L", [6.2m, 4.9m])))),
        new(ruleSet, "Hyperkalemia", "K", ["mmol/L"], c => OverUln(c, 5.5m, 6, 7)),
        new(ruleSet, "Hypernatremia", "SODIUM", ["mmol/L"], c => OverUln(c, 150, 155, 160)),
        new(ruleSet, "Hypokalemia", "K", ["mmol/L"], c =>
        [
            new(2, c.OfLln("<", 1), ModelCase.Fixed(">=", 3)),
            new(3, ModelCase.Fixed("<", 3), ModelCase.Fixed(">=", 2.5m)),
            new(4, ModelCase.Fixed("<", 2.5m)),
        ]),
        new(ruleSet, "Hypoglycemia", "GLUC", Molar, c => BelowLln(c, c.Published(("mmol/L", [3, 2.2m, 1.7m]), ("mg/dL", [55, 40, 30])))),
        .. ruleSet is V4 or V5 ? CountsUpTo5(ruleSet) : [],
    ];

    private static IEnumerable<ModelTerm> CountsUpTo5(string ruleSet) =>
    [
        new(ruleSet, "Platelet count decreased", "PLAT", Count, c => BelowLln(c, Thousands(c, 75, 50, 25))),
        new(ruleSet, "Neutrophil count decreased", "NEUT", Count, c => BelowLln(c, Thousands(c, 1.5m, 1, 0.5m))),
    ];
}

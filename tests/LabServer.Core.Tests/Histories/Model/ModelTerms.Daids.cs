namespace LabServer.Core.Tests.Histories;

internal static partial class ModelTerms
{
    private const string Daids21 = "daids-2.1";

    private static IEnumerable<ModelTerm> Daids() =>
    [
        new(Daids21, "ALT, High", "ALT", AnyUnit, c => FromUln(c, 1.25m, 2.5m, 5, 10)),
        new(Daids21, "Alkaline Phosphatase, High", "ALP", AnyUnit, c => FromUln(c, 1.25m, 2.5m, 5, 10)),
        new(Daids21, "Creatinine, High", "CREAT", AnyUnit, c =>
        [
            new(1, c.OfUln(">=", 1.1m), c.OfUln("<=", 1.3m)),
            new(2, c.OfUln(">", 1.3m), c.OfUln("<=", 1.8m)),
            new(3, c.OfUln(">", 1.8m), c.OfUln("<", 3.5m)),
            new(4, c.OfUln(">=", 3.5m)),
            .. c.Baseline is null ? (ModelRule[])[] :
            [
                new(2, c.OfBaseline(">=", 1.3m), c.OfBaseline("<", 1.5m)),
                new(3, c.OfBaseline(">=", 1.5m), c.OfBaseline("<", 2)),
                new(4, c.OfBaseline(">=", 2)),
            ],
        ]),
        new(Daids21, "Potassium, High", "K", ["mmol/L"], c => From(5.6m, 6, 6.5m, 7)),
        new(Daids21, "Potassium, Low", "K", ["mmol/L"], c => Down(1, 3.4m, 3, 2.5m, 2)),
        new(Daids21, "Sodium, High", "SODIUM", ["mmol/L"], c => From(146, 150, 154, 160)),
        new(Daids21, "Sodium, Low", "SODIUM", ["mmol/L"], c =>
        [
            new(1, ModelCase.Fixed("<", 135), ModelCase.Fixed(">=", 130)),
            new(2, ModelCase.Fixed("<", 130), ModelCase.Fixed(">=", 125)),
            new(3, ModelCase.Fixed("<", 125), ModelCase.Fixed(">", 120)),
            new(4, ModelCase.Fixed("<=", 120)),
        ]),
        new(Daids21, "Platelets, Decreased", "PLAT", Count, c => Down(1, Thousands(c, 125, 100, 50, 25))),
        new(Daids21, "Uric Acid, High", "URATE", ["umol/L", "mg/dL"], c => From(c.Published(("umol/L", [450, 590, 710, 890]), ("mg/dL", [7.5m, 10, 12, 15])))),
        new(Daids21, "Glucose Nonfasting, High", "GLUC", Molar, c => c.Unit == "mmol/L"
            ? From(6.44m, 8.89m, 13.89m, 27.75m)
            : DaidsGlucose(116, 160)) { Fasting = false },
        new(Daids21, "Glucose Fasting, High", "GLUC", Molar, c => c.Unit == "mmol/L"
            ? From(6.11m, 6.95m, 13.89m, 27.75m)
            : DaidsGlucose(110, 125)) { Fasting = true },
        new(Daids21, "Fibrinogen Decreased", "FIBRINO", ["g/L", "mg/dL"], c =>
        [
            .. Fibrinogen(c),
            .. Down(1, c.Published(("g/L", [2, 1, 0.75m, 0.5m]), ("mg/dL", [200, 100, 75, 50])))
                .Select(rule => rule.Grade == 4 ? rule : rule with { Sides = [.. rule.Sides, KnownLln(c)] }),
        ]),
        OfAge("INR, High", "INR", AnyUnit, (person, c) => c.Anticoagulated ? ([], "NOT_GRADED") : (FromUln(c, 1.1m, 1.5m, 2, 3), null)),
        OfAge("Total Bilirubin, High", "BILI", AnyUnit, (person, c) =>
            person.AgeMissing is { } missing ? ([], missing)
            : person.Days <= 28 ? ([], "POPULATION_NOT_GRADED")
            : (FromUln(c, 1.1m, 1.6m, 2.6m, 5), null)),
        OfAge("Absolute Neutrophil Count (ANC), Low", "NEUT", Count, (person, c) =>
            person.AgeMissing is { } missing ? ([], missing)
            : (UpTo(Thousands(c, person.Days > 7 ? [1, 0.8m, 0.6m, 0.4m] : person.Days >= 2 ? [1.5m, 1.25m, 1, 0.75m] : [5, 4, 3, 1.5m])), null)),
        OfAge("Glucose, Low", "GLUC", Molar, (person, c) =>
            person.AgeMissing is { } missing ? ([], missing)
            : c.Unit == "mmol/L" ? (Down(1, person.Months >= 1 ? [3.55m, 3.05m, 2.22m, 1.67m] : [3, 2.78m, 2.22m, 1.67m]), null)
            : (UpTo(person.Months >= 1 ? [64, 55, 40, 30] : [54, 50, 40, 30]), null)),
        OfAge("Phosphate, Low", "PHOS", Molar, (person, c) =>
            person.AgeMissing is { } missing ? ([], missing)
            : person.Years > 14 ? (BelowLln(c, c.Published(("mmol/L", [0.65m, 0.45m, 0.32m]), ("mg/dL", [2, 1.4m, 1]))), null)
            : person.Years >= 1 ? (Down(1, c.Published(("mmol/L", [1.13m, 0.97m, 0.81m, 0.48m]), ("mg/dL", [3.5m, 3, 2.5m, 1.5m]))), null)
            : (Down(1, c.Published(("mmol/L", [1.45m, 1.13m, 0.81m, 0.48m]), ("mg/dL", [4.5m, 3.5m, 2.5m, 1.5m]))), null)),
        OfAge("Hemoglobin, Low", "HGB", ["g/L", "g/dL"], (person, c) =>
            person.AgeMissing is { } missing ? ([], missing)
            : HemoglobinOf(person) is not { } numbers ? ([], person.Sex == Sex.Unknown ? "SEX_MISSING" : "POPULATION_NOT_GRADED")
            : (UpTo([.. numbers.Select(number => c.Unit == "g/dL" ? number / 10 : number)]), null)),
    ];

    // For numbers that are not judged without the LLN, which could make the grade worse.
    private static ModelSide KnownLln(ModelCase c) => c.OfLln(">=", 0);

    private static ModelTerm OfAge(
        string name, string test, string[] units, Func<ModelPerson, ModelCase, (IEnumerable<ModelRule> Rules, string? NotGradable)> rules) =>
        new(Daids21, name, test, units, _ => []) { ByPerson = rules };

    // By sex from the 13th birthday on, by days before.
    private static decimal[]? HemoglobinOf(ModelPerson person) =>
        person.Years >= 13 ? person.Sex switch
        {
            Sex.Male => [109, 100, 90, 70],
            Sex.Female => [104, 95, 85, 65],
            _ => null,
        }
        : person.Days >= 57 ? [104, 95, 85, 65]
        : person.Days >= 36 ? [96, 85, 70, 60]
        : person.Days >= 22 ? [110, 95, 80, 67]
        : person.Days >= 8 ? [130, 110, 90, 80]
        : [140, 130, 100, 90];

    /// <summary>From the first number, itself included, up to below the second, and so on; the last is open.</summary>
    private static IEnumerable<ModelRule> From(params decimal[] numbers) =>
        numbers.Select((from, i) => i + 1 < numbers.Length
            ? new ModelRule(i + 1, ModelCase.Fixed(">=", from), ModelCase.Fixed("<", numbers[i + 1]))
            : new ModelRule(i + 1, ModelCase.Fixed(">=", from)));

    private static IEnumerable<ModelRule> FromUln(ModelCase c, params decimal[] times) =>
        times.Select((from, i) => i + 1 < times.Length
            ? new ModelRule(i + 1, c.OfUln(">=", from), c.OfUln("<", times[i + 1]))
            : new ModelRule(i + 1, c.OfUln(">=", from)));

    /// <summary>From the first number down, itself included; the others start below.</summary>
    private static IEnumerable<ModelRule> UpTo(params decimal[] numbers) =>
        [new(1, ModelCase.Fixed("<=", numbers[0]), ModelCase.Fixed(">=", numbers[1])), .. Down(2, numbers[1..])];

    // In mg/dL the first two ranges take their upper ends, in mmol/L none does.
    private static IEnumerable<ModelRule> DaidsGlucose(decimal first, decimal second) =>
    [
        new(1, ModelCase.Fixed(">=", first), ModelCase.Fixed("<=", second)),
        new(2, ModelCase.Fixed(">", second), ModelCase.Fixed("<=", 250)),
        new(3, ModelCase.Fixed(">", 250), ModelCase.Fixed("<", 500)),
        new(4, ModelCase.Fixed(">=", 500)),
    ];
}

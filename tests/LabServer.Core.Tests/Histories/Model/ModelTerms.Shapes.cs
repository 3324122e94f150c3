namespace LabServer.Core.Tests.Histories;

internal static partial class ModelTerms
{
    /// <summary>Grade 1 over the first multiple of the ULN up to and with the second, and so on; the last is open.</summary>
    private static IEnumerable<ModelRule> AboveUln(ModelCase c, params decimal[] times) =>
        times.Select((from, i) => i + 1 < times.Length
            ? new ModelRule(i + 1, c.OfUln(">", from), c.OfUln("<=", times[i + 1]))
            : new ModelRule(i + 1, c.OfUln(">", from)));

    /// <summary>Grades 2 to 4 in multiples of a limit or baseline.</summary>
    private static IEnumerable<ModelRule> From2(Func<string, decimal, decimal, ModelSide> of, decimal second, decimal third, decimal fourth) =>
    [
        new(2, of(">", second, 0), of("<=", third, 0)),
        new(3, of(">", third, 0), of("<=", fourth, 0)),
        new(4, of(">", fourth, 0)),
    ];

    /// <summary>Over a limit, over it by a step, over it by two.</summary>
    private static IEnumerable<ModelRule> Steps(Func<string, decimal, decimal, ModelSide> of, decimal step) =>
    [
        new(1, of(">", 1, 0), of("<=", 1, step)),
        new(2, of(">", 1, step), of("<=", 1, 2 * step)),
        new(3, of(">", 1, 2 * step)),
    ];

    /// <summary>Grade 1 below the LLN down to the first number, then from number to number.</summary>
    private static IEnumerable<ModelRule> BelowLln(ModelCase c, params decimal[] numbers) =>
        [new(1, c.OfLln("<", 1), ModelCase.Fixed(">=", numbers[0])), .. Down(2, numbers)];

    /// <summary>The mirror image.</summary>
    private static IEnumerable<ModelRule> OverUln(ModelCase c, params decimal[] numbers) =>
    [
        new(1, c.OfUln(">", 1), ModelCase.Fixed("<=", numbers[0])),
        .. numbers.Select((from, i) => i + 1 < numbers.Length
            ? new ModelRule(i + 2, ModelCase.Fixed(">", from), ModelCase.Fixed("<=", numbers[i + 1]))
            : new ModelRule(i + 2, ModelCase.Fixed(">", from))),
    ];

    private static IEnumerable<ModelRule> Down(int firstGrade, params decimal[] numbers) =>
        numbers.Select((below, i) => i + 1 < numbers.Length
            ? new ModelRule(firstGrade + i, ModelCase.Fixed("<", below), ModelCase.Fixed(">=", numbers[i + 1]))
            : new ModelRule(firstGrade + i, ModelCase.Fixed("<", below)));

    // Counts are published in 10^9/L; in the legacy unit they are a thousand times as large.
    private static decimal[] Thousands(ModelCase c, params decimal[] numbers) =>
        c.Unit == "10*3/mL" ? [.. numbers.Select(number => number * 1000)] : numbers;

    private static IEnumerable<ModelRule> Glucose(ModelCase c) =>
        OverUln(c, c.Published(("mmol/L", [8.9m, 13.9m, 27.8m]), ("mg/dL", [160, 250, 500])));

    private static IEnumerable<ModelRule> Fibrinogen(ModelCase c) =>
    [
        new(1, c.OfLln("<", 1), c.OfLln(">=", 0.75m)),
        new(2, c.OfLln("<", 0.75m), c.OfLln(">=", 0.5m)),
        new(3, c.OfLln("<", 0.5m), c.OfLln(">=", 0.25m)),
        new(4, c.OfLln("<", 0.25m)),
        new(4, ModelCase.Fixed("<", c.Published(("g/L", [0.5m]), ("mg/dL", [50]))[0])),
    ];

    // Multiples of the baseline are for subjects of whom anticoagulation is stated.
    private static IEnumerable<ModelRule> InrOfAnticoagulated(ModelCase c) => !c.Anticoagulated ? [] :
    [
        new(1, c.OfBaseline(">", 1), c.OfBaseline("<=", 1.5m)),
        new(2, c.OfBaseline(">", 1.5m), c.OfBaseline("<=", 2.5m)),
        new(3, c.OfBaseline(">", 2.5m)),
    ];
}

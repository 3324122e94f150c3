using System.Text.Json;

namespace LabServer.Core.Grading;

public static partial class RuleSetReader
{
    private static readonly Dictionary<string, ToxicityDirection> Directions = new() { ["low"] = ToxicityDirection.Low, ["high"] = ToxicityDirection.High };

    private static readonly Dictionary<string, UnitSystem> Systems = new() { ["SI"] = UnitSystem.SI, ["US"] = UnitSystem.US };

    private static readonly Dictionary<string, GradeBasis> Bases = new() { ["clinical"] = GradeBasis.Clinical, ["fastingOnly"] = GradeBasis.FastingOnly };

    private static readonly Dictionary<string, Comparison> Comparisons = new()
    {
        [">"] = Comparison.Above,
        [">="] = Comparison.AtLeast,
        ["<="] = Comparison.AtMost,
        ["<"] = Comparison.Below,
    };

    private static readonly Dictionary<string, ThresholdBasis> Plain = new()
    {
        ["ULN"] = ThresholdBasis.UpperLimit,
        ["LLN"] = ThresholdBasis.LowerLimit,
        ["baseline"] = ThresholdBasis.Baseline,
    };

    private static readonly Dictionary<string, ThresholdBasis> Multiples = new()
    {
        ["timesUln"] = ThresholdBasis.UpperLimit,
        ["timesLln"] = ThresholdBasis.LowerLimit,
        ["timesBaseline"] = ThresholdBasis.Baseline,
    };

    private static readonly Dictionary<string, BaselineState> BaselineStates = new()
    {
        ["high"] = BaselineState.High,
        ["notHigh"] = BaselineState.NotHigh,
        ["low"] = BaselineState.Low,
        ["notLow"] = BaselineState.NotLow,
        ["aboveUln"] = BaselineState.AboveUln,
        ["notAboveUln"] = BaselineState.NotAboveUln,
        ["present"] = BaselineState.Present,
        ["absent"] = BaselineState.Absent,
    };

    private static readonly Dictionary<string, GradeFacts> Facts = new()
    {
        ["onAnticoagulation"] = GradeFacts.OnAnticoagulation,
        ["hivInfected"] = GradeFacts.HivInfected,
    };

    private static readonly Dictionary<string, Comparison> AgeBounds = new()
    {
        ["ageAbove"] = Comparison.Above,
        ["ageFrom"] = Comparison.AtLeast,
        ["ageUpTo"] = Comparison.AtMost,
        ["ageBelow"] = Comparison.Below,
    };

    private static readonly Dictionary<string, AgeUnit> AgeUnits = new() { ["days"] = AgeUnit.Days, ["months"] = AgeUnit.Months, ["years"] = AgeUnit.Years };

    private static readonly Dictionary<string, Sex> Sexes = new() { ["M"] = Sex.Male, ["F"] = Sex.Female };

    private static Alternative ReadAlternative(JsonFields fields)
    {
        var conditions = new List<Condition>();
        if (fields.Word("ifBaseline", BaselineStates) is { } state)
        {
            conditions.Add(new BaselineCondition(state));
        }

        if (fields.Word("ifFact", Facts) is { } fact)
        {
            conditions.Add(new FactCondition(fact));
        }

        if (fields.Object("percentChange") is { } change)
        {
            ReadBounds(change, "percentChange", (comparison, element) =>
                change.Number("percentChange", element) is { } percent ? new PercentChangeCondition(comparison, percent) : null, conditions);
        }

        if (fields.Object("value") is { } value)
        {
            ReadBounds(value, "value", (comparison, element) =>
                ReadThreshold(value, element) is { } than ? new ValueCondition(comparison, than) : null, conditions);
        }

        if (fields.Word("needs", Plain) is { } basis)
        {
            conditions.Add(new NeedsCondition(basis));
        }

        if (conditions.Count == 0)
        {
            fields.Fault("an alternative has no condition");
        }

        fields.NoOthers();
        return new Alternative(conditions);
    }

    private static void ReadBounds(JsonFields fields, string what, Func<Comparison, JsonElement, Condition?> read, List<Condition> conditions)
    {
        foreach (var property in fields.All)
        {
            if (!Comparisons.TryGetValue(property.Name, out var comparison))
            {
                fields.Fault($"{what} is compared by \"{property.Name}\", which is not one of {string.Join(" ", Comparisons.Keys)}");
                continue;
            }

            // The same comparison may be needed twice: above the baseline and above ULN.
            JsonElement[] thresholds = property.Value.ValueKind == JsonValueKind.Array ? [.. property.Value.EnumerateArray()] : [property.Value];
            conditions.AddRange(thresholds.Select(t => read(comparison, t)).OfType<Condition>());
        }
    }

    private static Threshold? ReadThreshold(JsonFields place, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                return place.Number("a threshold", element) is { } number ? Threshold.Of(number) : null;
            case JsonValueKind.String when Plain.TryGetValue(element.GetString()!, out var basis):
                return new Threshold(basis, 1m, 0m, 0m);
            case JsonValueKind.Object:
                return ReadProduct(new JsonFields(element, place.Place, place.Faults));
            default:
                place.Fault($"a threshold is a number, {string.Join(", ", Plain.Keys)} or an object with {string.Join(", ", Multiples.Keys)} or times and of");
                return null;
        }
    }

    private static Threshold? ReadProduct(JsonFields fields)
    {
        var plus = fields.Find("plus") is { } added ? fields.Number("plus", added) : 0m;
        var found = Multiples.Keys.Where(k => fields.Find(k) is not null).ToList();
        var times = fields.Find("times");
        var of = fields.Find("of");
        fields.NoOthers();
        Threshold? product = null;
        if (found.Count == 1 && times is null && of is null)
        {
            product = fields.Number(found[0], fields.Find(found[0])!.Value) is { } factor && plus is { } more
                ? new Threshold(Multiples[found[0]], factor, 0m, more)
                : null;
        }
        else if (found.Count == 0 && times is { } first && of is { } second)
        {
            product = fields.Number("times", first) is { } factor && fields.Number("of", second) is { } number && plus is { } more
                ? new Threshold(ThresholdBasis.Absolute, factor, number, more)
                : null;
        }
        else
        {
            fields.Fault($"a threshold object has one of {string.Join(", ", Multiples.Keys)}, or times and of");
        }

        if (product is { Times: <= 0m })
        {
            fields.Fault("a factor must be above 0");
        }

        return product;
    }

    private static Population ReadPopulation(JsonFields fields)
    {
        fields.Place += " / population";
        var ages = new List<AgeBound>();
        foreach (var (name, comparison) in AgeBounds)
        {
            if (fields.Object(name) is not { } age)
            {
                continue;
            }

            var given = AgeUnits.Keys.Where(u => age.Find(u) is not null).ToList();
            age.NoOthers();
            if (given.Count != 1)
            {
                age.Fault($"{name} has one of {string.Join(", ", AgeUnits.Keys)}");
            }
            else if (age.Whole(given[0]) is { } number)
            {
                ages.Add(new AgeBound(comparison, number, AgeUnits[given[0]]));
                if (number < 0)
                {
                    age.Fault($"{name} is negative");
                }
            }
        }

        var population = new Population(ages, fields.Word("sex", Sexes));
        if (ages.Count == 0 && population.Sex is null)
        {
            fields.Fault("says neither age nor sex");
        }

        fields.NoOthers();
        return population;
    }
}

namespace LabServer.Core.Derivation;

/// <summary>
/// Distance of the 6-minute walk in percent of what Enright and Sherrill predict for sex, age, height and weight. Their
/// equations are from healthy adults of 40 to 80 years and are used beyond that age as trials do, from 18 years on.
/// Height and weight are the last ones up to the day of the walk.
/// </summary>
internal sealed record WalkPercentPredicted() : Formula(
    "walk-percent-predicted-enright-sherrill",
    "SIXMWPP",
    "SIXMWD",
    ["HEIGHT", "WEIGHT"],
    "100 × distance m / predicted m; men: 7.57 × height cm − 5.02 × age − 1.76 × weight kg − 309; "
        + "women: 2.11 × height cm − 2.29 × weight kg − 5.78 × age + 667; from 18 years on",
    "Enright PL, Sherrill DL, Am J Respir Crit Care Med 1998;158:1384-1387")
{
    private const int Adult = 18;

    public override DerivedValue? Compute(InputResult primary, SubjectInputs inputs)
    {
        if (primary.ExactIn("m") is not { } distance || distance < 0
            || inputs.Subject.Sex is not (Sex.Male or Sex.Female)
            || inputs.Day(primary) is not { } day
            || inputs.Age(day) is not >= Adult || inputs.Age(day) is not { } age
            || inputs.LastUpTo(day, "HEIGHT", "cm") is not { } tall
            || inputs.LastUpTo(day, "WEIGHT", "kg") is not { } heavy)
        {
            return null;
        }

        var (height, weight) = (tall.ExactIn("cm")!.Value, heavy.ExactIn("kg")!.Value);
        var isMale = inputs.Subject.Sex == Sex.Male;
        var predicted = isMale
            ? (7.57m * height) - (5.02m * age) - (1.76m * weight) - 309m
            : (2.11m * height) - (2.29m * weight) - (5.78m * age) + 667m;
        if (predicted <= 0)
        {
            return null;
        }

        var value = Quantity.Text(100m * distance / predicted);
        var (h, w) = (Quantity.Text(height), Quantity.Text(weight));
        var words = isMale
            ? FormattableString.Invariant($"7.57 × {h} − 5.02 × {age} − 1.76 × {w} − 309")
            : FormattableString.Invariant($"2.11 × {h} − 2.29 × {w} − 5.78 × {age} + 667");
        return new DerivedValue(
            value,
            "%",
            $"100 × {Quantity.Text(distance)} / ({words}) = 100 × {Quantity.Text(distance)} / {Quantity.Text(predicted)} = {value} %",
            [new FormulaInput("distance", primary), new FormulaInput("height", tall), new FormulaInput("weight", heavy)]);
    }
}

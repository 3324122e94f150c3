namespace LabServer.Core.Derivation;

/// <summary>
/// Creatinine clearance by Cockcroft and Gault. Made from adults (18 to 92 years), mostly men, with the factor for women
/// stated by the authors; so nothing is computed under 18 years or without a sex. Age is in completed years at the day of
/// collection, weight the last one up to that day.
/// </summary>
internal sealed record CreatinineClearance() : Formula(
    "creatinine-clearance-cockcroft-gault",
    "CREATCLR",
    "CREAT",
    ["WEIGHT"],
    "(140 − age in completed years) × weight kg / (72 × creatinine mg/dL) mL/min, × 0.85 for women; from 18 years on",
    "Cockcroft DW, Gault MH, Nephron 1976;16:31-41")
{
    private const int Adult = 18;

    public override DerivedValue? Compute(InputResult primary, SubjectInputs inputs)
    {
        if (primary.ExactIn("mg/dL") is not { } creatinine || creatinine <= 0
            || inputs.Subject.Sex is not (Sex.Male or Sex.Female)
            || inputs.Day(primary) is not { } day
            || inputs.Age(day) is not (>= Adult and < 140) || inputs.Age(day) is not { } age
            || inputs.LastUpTo(day, "WEIGHT", "kg") is not { } other)
        {
            return null;
        }

        var weight = other.ExactIn("kg")!.Value;
        var isFemale = inputs.Subject.Sex == Sex.Female;
        var clearance = (140 - age) * weight * (isFemale ? 0.85m : 1m) / (72m * creatinine);
        var value = Quantity.Text(clearance);
        return new DerivedValue(
            value,
            "mL/min",
            FormattableString.Invariant(
                $"(140 − {age}) × {Quantity.Text(weight)}{(isFemale ? " × 0.85" : "")} / (72 × {Quantity.Text(creatinine)}) = {value} mL/min"),
            [new FormulaInput("creatinine", primary), new FormulaInput("weight", other)]);
    }
}

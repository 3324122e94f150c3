namespace LabServer.Core.Derivation;

/// <summary>
/// Inhibition rate of the surrogate virus neutralisation test. The density of the plate's negative control is sent with
/// each sample of the plate, as a result of the same collection. A control of 0 or less measures nothing; a sample denser
/// than its control gives a negative rate, which stays as it is.
/// </summary>
internal sealed record InhibitionRate() : Formula(
    "inhibition-rate",
    "NEUTINH",
    "ODSAMPLE",
    ["ODNEGCTL"],
    "(1 − optical density of the sample / optical density of the negative control) × 100 %",
    "Tan CW et al., Nature Biotechnology 2020;38:1073-1078")
{
    public override DerivedValue? Compute(InputResult primary, SubjectInputs inputs)
    {
        if (primary.ExactIn("1") is not { } sample || sample < 0
            || inputs.Beside(primary, "ODNEGCTL", result => result.ExactIn("1") is not null) is not { } other
            || other.ExactIn("1") is not { } control || control <= 0)
        {
            return null;
        }

        var value = Quantity.Text((1m - (sample / control)) * 100m);
        return new DerivedValue(
            value,
            "%",
            $"(1 − {Quantity.Text(sample)} / {Quantity.Text(control)}) × 100 = {value} %",
            [new FormulaInput("sample", primary), new FormulaInput("negative control", other)]);
    }
}

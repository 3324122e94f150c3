namespace LabServer.Core.Derivation;

/// <summary>
/// Arterial oxygen pressure over the inspired fraction. A pressure said to be of venous or capillary blood is another
/// quantity; a fraction outside 0.2 to 1 is no inspired air (0.4 sent as percent, for instance), and gives nothing.
/// </summary>
internal sealed record OxygenationIndex() : Formula(
    "oxygenation-index",
    "PO2FIO2",
    "PO2",
    ["FIO2"],
    "arterial oxygen pressure mmHg / inspired oxygen as a fraction",
    "definition of the ratio, as in the Berlin definition of ARDS, JAMA 2012;307:2526-2533")
{
    public override DerivedValue? Compute(InputResult primary, SubjectInputs inputs)
    {
        if (primary.ExactIn("mm[Hg]") is not { } pressure || pressure <= 0
            || primary.Sent.Specimen.Contains("VEN", StringComparison.OrdinalIgnoreCase)
            || primary.Sent.Specimen.Contains("CAPIL", StringComparison.OrdinalIgnoreCase)
            || inputs.Beside(primary, "FIO2", result => result.ExactIn("1") is >= 0.2m and <= 1m) is not { } other)
        {
            return null;
        }

        var fraction = other.ExactIn("1")!.Value;
        var value = Quantity.Text(pressure / fraction);
        return new DerivedValue(
            value,
            "mm[Hg]",
            $"{Quantity.Text(pressure)} / {Quantity.Text(fraction)} = {value} mmHg",
            [new FormulaInput("oxygen pressure", primary), new FormulaInput("inspired fraction", other)]);
    }
}

namespace LabServer.Core.Derivation;

/// <summary>
/// The absolute count of a kind of cell from its share of a whole count, for instance neutrophils from leukocytes. In the
/// unit of the whole count, or in a unit that is always used for it. A bound in one of the two gives a bound.
/// </summary>
/// <param name="Test">The absolute count.</param>
/// <param name="Share">The share, in percent or as a fraction.</param>
/// <param name="Whole">The count it is a share of.</param>
/// <param name="Unit">Unit of the absolute count; null: that of the whole count.</param>
internal sealed record AbsoluteCount(string Test, string Share, string Whole, string? Unit) : Formula(
    $"absolute-count-{Test}",
    Test,
    Share,
    [Whole],
    $"{Whole} × {Share} as a fraction" + (Unit is null ? ", in the unit of " + Whole : ", in " + Unit),
    "definition of the share")
{
    public override DerivedValue? Compute(InputResult primary, SubjectInputs inputs)
    {
        if (primary.In("1") is not { Number: >= 0 and <= 1 } share
            || inputs.Beside(primary, Whole, result => result.In(result.Observation.Unit ?? "") is { Number: >= 0 }) is not { } other)
        {
            return null;
        }

        var wholeUnit = other.Observation.Unit!;
        var unit = Unit ?? wholeUnit;
        if (other.In(Unit is null ? wholeUnit : other.Test.StandardUnit!) is not { } whole)
        {
            return null;
        }

        // Leukocytes and lymphocytes have the standard unit 10^9/L, which is 1000 cells a microlitre.
        var factor = Unit is null ? 1m : 1000m;
        return whole.Times(share) is not { } product ? null
            : Value(product with { Number = product.Number * factor }, primary, other, whole with { Number = whole.Number * factor }, share, unit);
    }

    private DerivedValue Value(Quantity count, InputResult primary, InputResult other, Quantity whole, Quantity share, string unit) => new(
        count.ToString(),
        unit,
        $"{whole} × {share} = {count} {unit}",
        [new FormulaInput("share", primary), new FormulaInput("count of " + Whole, other)]);
}

namespace LabServer.Core.Derivation;

/// <summary>CD4 over CD8, from counts or from percentages of the same parent. A bound in one of the two gives a bound.</summary>
/// <param name="Id">Names the formula.</param>
/// <param name="Numerator">CD4 as count or percentage.</param>
/// <param name="Denominator">CD8 in the same measure.</param>
/// <param name="Unit">Unit in which both are compared.</param>
internal sealed record CellRatio(string Id, string Numerator, string Denominator, string Unit) : Formula(
    Id, "CD4CD8", Numerator, [Denominator], $"{Numerator} / {Denominator}, both in {Unit}", "definition of the ratio")
{
    public override DerivedValue? Compute(InputResult primary, SubjectInputs inputs)
    {
        if (primary.In(Unit) is not { Number: >= 0 } above
            || inputs.Beside(primary, Denominator, result => result.In(Unit) is { Number: > 0 }) is not { } other
            || other.In(Unit) is not { } below
            || above.Over(below) is not { } ratio)
        {
            return null;
        }

        return new DerivedValue(
            ratio.ToString(),
            "",
            $"{above} / {below} = {ratio}",
            [new FormulaInput("CD4", primary), new FormulaInput("CD8", other)]);
    }
}

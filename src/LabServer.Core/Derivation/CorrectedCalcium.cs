using LabServer.Core.Ingestion;

namespace LabServer.Core.Derivation;

/// <summary>
/// Calcium as it would be at an albumin of 40 g/L. Computed in the unit system in which the calcium was reported, since
/// each has published grades of its own. It carries the range of the calcium: the correction estimates what total calcium
/// would be at normal albumin, which is what that range is for, and without one grade 1 could not be told from normal.
/// </summary>
internal sealed record CorrectedCalcium() : Formula(
    "corrected-calcium",
    "CACORR",
    "CA",
    ["ALB"],
    "calcium mmol/L + 0.02 × (40 − albumin g/L); reported in mg/dL: calcium mg/dL + 0.8 × (4.0 − albumin g/dL)",
    "Payne RB et al., British Medical Journal 1973;4:643-646, with the rounded factor in common use")
{
    public override DerivedValue? Compute(InputResult primary, SubjectInputs inputs)
    {
        var isUs = primary.Test.FindUnit(primary.Observation.Unit)?.System == UnitSystems.Us;
        var (unit, albuminUnit, factor, normal) = isUs ? ("mg/dL", "g/dL", 0.8m, 4.0m) : ("mmol/L", "g/L", 0.02m, 40m);
        if (primary.ExactIn(unit) is not > 0 || primary.ExactIn(unit) is not { } calcium
            || inputs.Beside(primary, "ALB", result => result.ExactIn(albuminUnit) > 0) is not { } other)
        {
            return null;
        }

        var albumin = other.ExactIn(albuminUnit)!.Value;
        var corrected = calcium + (factor * (normal - albumin));
        if (corrected <= 0)
        {
            return null;
        }

        var value = Quantity.Text(corrected);
        return new DerivedValue(
            value,
            unit,
            $"{Quantity.Text(calcium)} + {Quantity.Text(factor)} × ({Quantity.Text(normal)} − {Quantity.Text(albumin)}) = {value} {unit}",
            [new FormulaInput("calcium", primary), new FormulaInput("albumin", other)])
        {
            ReferenceLow = Limit(primary, primary.Sent.ReferenceLow, unit),
            ReferenceHigh = Limit(primary, primary.Sent.ReferenceHigh, unit),
        };
    }

    private static string Limit(InputResult calcium, string limit, string unit)
    {
        var (from, to) = (calcium.Test.FindUnit(calcium.Observation.Unit), calcium.Test.FindUnit(unit));
        return from is null || to is null || !ReportedValueReader.TryReadNumber(limit.AsSpan().Trim(), out var number) ? ""
            : from.Code == to.Code ? limit
            : Quantity.IsSound((double)number) ? Quantity.Text(number * from.Factor / to.Factor) : "";
    }
}

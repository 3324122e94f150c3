using System.Text;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Grading;

/// <summary>Explained grades as text for a person.</summary>
internal static class ExplanationText
{
    /// <summary>One paragraph a term.</summary>
    public static string Of(IReadOnlyCollection<GradeExplanation> grades)
    {
        if (grades.Count == 0)
        {
            return "No term of the rule set looks at this test.\n";
        }

        var text = new StringBuilder();
        foreach (var grade in grades)
        {
            Line(text, $"{grade.Term} ({Enums.Lower(grade.Direction)}): {Outcome(grade)}");
            Line(text, "  rule      ", grade.Rule.Replace("\n", "\n            ", StringComparison.Ordinal));
            Line(text, "  criterion ", grade.CriterionId);
            Line(text, "  numbers   ", Numbers(grade));
            Line(text, "  value     ", Value(grade.Value, "none"));
            Line(text, "  baseline  ", Value(grade.Baseline, "none: the series has no baseline"));
            Line(text, "  change    ", grade.HasPercentChange ? $"{Cell.Text(grade.PercentChange)} % of the baseline" : "");
            Line(text, "  subject   ", Subject(grade));
            Derivation(text, grade.Derivation);
            Line(text, "  rule set  ", $"{grade.RuleSetId} version {Cell.Text(grade.RuleSetVersion)}, sha256 {grade.RuleSetSha256}");
        }

        return text.ToString();
    }

    private static string Outcome(GradeExplanation grade)
    {
        var outcome = grade.HasGrade ? $"grade {(grade.AtLeast ? "at least " : "")}{Cell.Text(grade.Grade)}" : $"not gradable, {grade.NotGradableReason}";
        return grade.Marks.Count == 0 ? outcome : $"{outcome} [{string.Join(", ", grade.Marks)}]";
    }

    private static string Numbers(GradeExplanation grade) =>
        grade.HasFactor && grade.Factor != 1
            ? $"{grade.UnitSystem}, in {grade.CriterionUnit}: the numbers below times {Cell.Text(grade.Factor)}"
            : grade.UnitSystem;

    private static string Subject(GradeExplanation grade)
    {
        var known = new List<string>();
        if (grade.Age is { } age)
        {
            known.Add($"{Cell.Text(age.Years)} years ({Cell.Text(age.Months)} months, {Cell.Text(age.Days)} days) at collection, born {grade.BirthDate}");
        }

        known.Add(Enums.Lower(grade.Sex));
        known.AddRange(grade.Facts);
        known.Add(grade.Value?.Fasting switch { YesNo.Yes => "fasting", YesNo.No => "not fasting", _ => "" });
        return string.Join(", ", known.Where(fact => fact.Length > 0));
    }

    private static void Derivation(StringBuilder text, Derivation? derivation)
    {
        if (derivation is null)
        {
            return;
        }

        Line(text, "  computed  ", derivation.Computation);
        Line(text, "  formula   ", $"{derivation.Formula} [{derivation.Source}]");
        foreach (var input in derivation.Inputs)
        {
            Line(
                text,
                "  input     ",
                $"{input.Role}: {input.TestCode} {input.ReportedValue} {input.ReportedUnit}".TrimEnd()
                    + $", collected {input.CollectedAt}, result {input.SourceResultId} of {input.Laboratory}, version {Cell.Text(input.Version)}");
        }
    }

    private static string Value(GradedValue? value, string none)
    {
        if (value is null)
        {
            return none;
        }

        var number = value.HasValue ? $"{value.Qualifier}{Cell.Text(value.Value)} {value.Unit}" : "no number";
        var low = value.HasLowerLimit ? Cell.Text(value.LowerLimit) : "none";
        var high = value.HasUpperLimit ? Cell.Text(value.UpperLimit) : "none";
        var against = value.RangeIndicator == RangeIndicator.Unspecified ? "" : $", {Enums.Text(value.RangeIndicator)}";
        return $"{number.TrimEnd()}, lower limit {low}, upper limit {high}{against}{Limits(value)}; "
            + $"reported as {value.ReportedValue} {value.ReportedUnit}".TrimEnd()
            + (value.SpecimenCondition.Length > 0 ? $", specimen {value.SpecimenCondition}" : "")
            + $", collected {value.CollectedAt}, result {value.SourceResultId} of {value.Laboratory}";
    }

    private static string Limits(GradedValue value) => value switch
    {
        { RangeSource: RangeSource.Result } => ", limits sent with the result",
        { RangeSource: RangeSource.Laboratory, LaboratoryRange: { } range } =>
            $", limits of {value.RangeLaboratory}, version {Cell.Text(value.RangeVersion)}, {Period(range)}{Exclusive(range)}",
        _ => "",
    };

    private static string Period(ReferenceRange range) =>
        (range.EffectiveFrom.Length > 0 ? $"in force from {range.EffectiveFrom}" : "in force from the beginning")
            + (range.EffectiveTo.Length > 0 ? $" to before {range.EffectiveTo}" : "");

    private static string Exclusive(ReferenceRange range) =>
        (range.LowInclusive ? "" : ", the lower limit itself is low") + (range.HighInclusive ? "" : ", the upper limit itself is high");

    private static void Line(StringBuilder text, string label, string value)
    {
        if (value.Length > 0)
        {
            Line(text, label + value);
        }
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}

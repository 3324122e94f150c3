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
            var outcome = grade.HasGrade ? $"grade {Cell.Text(grade.Grade)}" : $"not gradable, {grade.NotGradableReason}";
            Line(text, $"{grade.Term} ({Enums.Lower(grade.Direction)}): {outcome}");
            Line(text, "  rule      ", grade.Rule.Replace("\n", "\n            ", StringComparison.Ordinal));
            Line(text, "  criterion ", grade.CriterionId);
            Line(text, "  numbers   ", grade.UnitSystem);
            Line(text, "  value     ", Value(grade.Value, "none"));
            Line(text, "  baseline  ", Value(grade.Baseline, "none: the series has no baseline"));
            Line(text, "  rule set  ", $"{grade.RuleSetId}, sha256 {grade.RuleSetSha256}");
        }

        return text.ToString();
    }

    private static string Value(GradedValue? value, string none)
    {
        if (value is null)
        {
            return none;
        }

        var number = value.HasValue ? $"{Cell.Text(value.Value)} {value.Unit}" : "no number";
        var low = value.HasLowerLimit ? Cell.Text(value.LowerLimit) : "none";
        var high = value.HasUpperLimit ? Cell.Text(value.UpperLimit) : "none";
        var against = value.RangeIndicator == RangeIndicator.Unspecified ? "" : $", {Enums.Text(value.RangeIndicator)}";
        return $"{number.TrimEnd()}, lower limit {low}, upper limit {high}{against}{Limits(value)}; "
            + $"reported as {value.ReportedValue} {value.ReportedUnit}".TrimEnd()
            + $", collected {value.CollectedAt}, result {value.SourceResultId} of {value.Laboratory}";
    }

    private static string Limits(GradedValue value) => value switch
    {
        { RangeSource: RangeSource.Result } => ", limits sent with the result",
        { RangeSource: RangeSource.Laboratory, LaboratoryRange: { } range } =>
            $", limits of {value.Laboratory}, version {Cell.Text(value.RangeVersion)}, {Period(range)}{Exclusive(range)}",
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

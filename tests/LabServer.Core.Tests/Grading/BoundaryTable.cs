using System.Globalization;
using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

/// <summary>One row of Boundaries/*.csv: what a clinician expects of one result.</summary>
public sealed record BoundaryRow(int Line, string Term, GradeInput Input, string ExpectedGrade, string ExpectedReason, string Note)
{
    public override string ToString() => $"line {Line}: {Term} {Input.Value} {Input.Unit} ({Note})";
}

/// <summary>The boundary table of one rule set.</summary>
public static class BoundaryTable
{
    // The tables hold no quotes and no commas inside a field, so that a plain split reads them.
    public static IReadOnlyList<BoundaryRow> Read(string ruleSet) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Grading", "Boundaries", ruleSet + ".csv"))
            .Select((line, index) => (Fields: line.Split(','), Line: index + 1))
            .Skip(1)
            .Select(row => Row(row.Fields, row.Line))];

    // term,value,unit,lln,uln,baseline,baseline_lln,baseline_uln,facts,expected_grade,expected_reason,note
    private static BoundaryRow Row(string[] fields, int line) => new(
        line,
        fields[0],
        new GradeInput
        {
            Value = Number(fields[1]),
            Unit = fields[2],
            LowerLimit = Number(fields[3]),
            UpperLimit = Number(fields[4]),
            Baseline = Number(fields[5]),
            BaselineLowerLimit = Number(fields[6]),
            BaselineUpperLimit = Number(fields[7]),
            Facts = fields[8] == "onAnticoagulation" ? GradeFacts.OnAnticoagulation : GradeFacts.None,
        },
        fields[9],
        fields[10],
        fields[11]);

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);
}

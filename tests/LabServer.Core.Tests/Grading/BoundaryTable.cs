using System.Globalization;
using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

/// <summary>One row of Boundaries/*.csv: what a clinician expects of one result.</summary>
public sealed record BoundaryRow(int Line, string Term, GradeInput Input, string ExpectedGrade, string ExpectedReason, string Note)
{
    public override string ToString() => $"line {Line}: {Term} {Input.Value} {Input.Unit} ({Note})";
}

/// <summary>The boundary tables of one rule set: its own, and for a version that extends another one that one's too.</summary>
public static class BoundaryTable
{
    public static IReadOnlyList<BoundaryRow> Read(RuleSet ruleSet)
    {
        var own = Read(ruleSet.Version == 1 ? ruleSet.Name : $"{ruleSet.Name}.v{ruleSet.Version}");
        return ruleSet.Base is { } extended ? [.. Read(extended), .. own] : own;
    }

    private static IReadOnlyList<BoundaryRow> Read(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Grading", "Boundaries", name + ".csv"));
        var columns = lines[0].Split(',');
        return [.. lines
            .Select((line, index) => (Fields: columns.Zip(Split(line)).ToDictionary(field => field.First, field => field.Second), Line: index + 1))
            .Skip(1)
            .Select(row => Row(row.Fields, row.Line))];
    }

    // Columns term,value,unit,lln,uln,baseline,baseline_lln,baseline_uln,facts,expected_grade,expected_reason,note, and
    // sex,birth_date,collected_on in the table of a set that asks for them.
    private static BoundaryRow Row(Dictionary<string, string> fields, int line) => new(
        line,
        fields["term"],
        new GradeInput
        {
            Value = Number(fields["value"]),
            Unit = fields["unit"],
            LowerLimit = Number(fields["lln"]),
            UpperLimit = Number(fields["uln"]),
            Baseline = Number(fields["baseline"]),
            BaselineLowerLimit = Number(fields["baseline_lln"]),
            BaselineUpperLimit = Number(fields["baseline_uln"]),
            Facts = fields["facts"] switch
            {
                "" => GradeFacts.None,
                "onAnticoagulation" => GradeFacts.OnAnticoagulation,
                "hivInfected" => GradeFacts.HivInfected,
                var other => throw new FormatException($"line {line}: no fact is called {other}"),
            },
            Sex = fields.GetValueOrDefault("sex", "") switch
            {
                "" => Sex.Unknown,
                "M" => Sex.Male,
                "F" => Sex.Female,
                "UNDIFFERENTIATED" => Sex.Undifferentiated,
                var other => throw new FormatException($"line {line}: no sex is called {other}"),
            },
            BirthDate = Date(fields.GetValueOrDefault("birth_date", "")),
            CollectedOn = Date(fields.GetValueOrDefault("collected_on", "")),
        },
        fields["expected_grade"],
        fields["expected_reason"],
        fields["note"]);

    // Only names of terms hold commas, and are then quoted.
    private static string[] Split(string line) => line is ['"', .. var rest] && rest.IndexOf('"', StringComparison.Ordinal) is var end and > 0
        ? [rest[..end], .. rest[(end + 2)..].Split(',')]
        : line.Split(',');

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);

    private static DateOnly? Date(string text) =>
        text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Text;

namespace LabServer.Core.Grading;

/// <summary>Whose published numbers a criterion carries.</summary>
public enum UnitSystem
{
    /// <summary>SI and other units of the metric tables; a value in a unit no criterion names is converted to the first of these.</summary>
    SI = 1,

    /// <summary>US conventional units. Published on their own, not conversions.</summary>
    US = 2,
}

/// <summary>The rules of one term for one unit and one population.</summary>
public sealed class Criterion
{
    private readonly GradeRule?[] _byGrade = new GradeRule?[5];

    internal Criterion(string id, string? unit, UnitSystem? system, Population? population, IReadOnlyList<GradeRule> grades)
    {
        Id = id;
        Unit = unit;
        System = system;
        Population = population;
        Grades = grades;
        foreach (var rule in grades)
        {
            _byGrade[rule.Grade] = rule;
        }

        FromWorst = [.. grades.Where(g => g.Basis == GradeBasis.Value).OrderByDescending(g => g.Grade)];
        AsksBaselineState = FromWorst.Any(g => g.When.Any(a => a.Conditions.Any(c => c is BaselineCondition)));
        Compiled = CompiledCriterion.Of(this);
    }

    /// <summary>Unique in its rule set.</summary>
    public string Id { get; }

    /// <summary>UCUM code of the published numbers; null when the unit is not looked at.</summary>
    public string? Unit { get; }

    /// <summary>Whose numbers these are; null when the unit is not looked at.</summary>
    public UnitSystem? System { get; }

    /// <summary>For whom; null for everyone.</summary>
    public Population? Population { get; }

    /// <summary>The cells of the published table, from grade 1 up; a grade without a cell is not defined.</summary>
    public IReadOnlyList<GradeRule> Grades { get; }

    /// <summary>Values that are not gradable; null when there are none.</summary>
    public NotGradedRule? NotGraded { get; internal init; }

    /// <summary>What the rules take for granted that no value shows, for example <c>symptomatic</c>: the worst case.</summary>
    public IReadOnlyList<string> Assumes { get; internal init; } = [];

    /// <summary>A remark for the reader of the rule set; null when there is none.</summary>
    public string? Note { get; internal init; }

    /// <summary>Rules decided by value, worst first: the order of evaluation.</summary>
    internal GradeRule[] FromWorst { get; }

    /// <summary>Whether any rule asks for BNRIND.</summary>
    internal bool AsksBaselineState { get; }

    /// <summary>The rules made quick to decide, without <see cref="NotGraded"/>; null: they cannot be.</summary>
    internal CompiledCriterion? Compiled { get; }

    internal GradeRule? RuleOf(int grade) => _byGrade[grade];

    internal Criterion Copy() => new(Id, Unit, System, Population, Grades) { NotGraded = NotGraded, Assumes = Assumes, Note = Note };

    /// <summary>All rules in words, one line a grade, worst first, for <c>grading explain</c>.</summary>
    public string Describe()
    {
        var text = new StringBuilder(Id);
        text.Append(Unit is null ? string.Empty : $", {Unit} ({System})");
        text.Append(Population is null ? string.Empty : $", {Population}");
        text.Append(NotGraded is null ? string.Empty : $"\nnot graded: {NotGraded}");
        foreach (var rule in Grades.Reverse())
        {
            text.Append('\n').Append("grade ").Append(rule.Grade).Append(": ").Append(rule);
        }

        return text.ToString();
    }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}

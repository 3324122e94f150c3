using LabServer.Core.Grading;
using LabServer.Core.Storage;

namespace LabServer.Core.Summaries;

/// <summary>The grades of one subject's results under the rule set of an export.</summary>
internal sealed class ResultToxicity
{
    private readonly ExportScope _scope;
    private readonly Dictionary<long, List<ExportedGrade>> _grades;

    private ResultToxicity(ExportScope scope, Dictionary<long, List<ExportedGrade>> grades) => (_scope, _grades) = (scope, grades);

    /// <summary>Reads them; none without a rule set.</summary>
    public static ResultToxicity Read(ExportScope scope, Subject subject) => new(
        scope,
        scope.RuleSet is { } ruleSet ? ExportStore.Grades(scope.Connection, scope.Transaction, subject.SubjectKey, ruleSet.Id) : []);

    /// <summary>Term and grade of one direction; where several terms look that way, the worst grade is shown.</summary>
    public ToxicityCell Cell(long resultKey, ToxicityDirection direction)
    {
        if (!_grades.TryGetValue(resultKey, out var grades))
        {
            return ToxicityCell.None;
        }

        (ExportedGrade Grade, Term Term)? worst = null;
        foreach (var grade in grades)
        {
            var term = _scope.RuleSets.Term(grade.TermKey).Term;
            if (term.Direction == direction && (worst is null || (grade.Grade ?? -1) > (worst.Value.Grade.Grade ?? -1)))
            {
                worst = (grade, term);
            }
        }

        return worst is not { } found
            ? ToxicityCell.None
            : new ToxicityCell(found.Term.Name, found.Grade.Grade, found.Grade.Grade is null ? found.Grade.Reason.Word() : "");
    }
}

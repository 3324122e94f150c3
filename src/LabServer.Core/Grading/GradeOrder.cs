namespace LabServer.Core.Grading;

/// <summary>
/// Checks that the grades of a criterion follow on each other: every range starts on the mild side of its direction, has
/// its bounds in order, and where it ends on the severe side the next grade starts at the same number, which belongs to
/// exactly one of the two.
/// </summary>
internal static class GradeOrder
{
    public static void Check(Term term, Criterion criterion, List<string> faults)
    {
        var rules = criterion.Grades.Where(g => g.Basis == GradeBasis.Value).ToList();
        for (var i = 0; i < rules.Count; i++)
        {
            var place = $"{term.Name} / {criterion.Id} / grade {rules[i].Grade}";
            var next = (i + 1 < rules.Count ? rules[i + 1].When : []).Concat(criterion.NotGraded?.When ?? [])
                .SelectMany(a => Edges(a, term.Direction)).Where(e => e.IsStart).ToList();
            foreach (var alternative in rules[i].When)
            {
                var edges = Edges(alternative, term.Direction).ToList();
                if (!edges.Exists(e => e.IsStart))
                {
                    faults.Add($"{place}: \"{alternative}\" has no bound on the side where a {(term.Direction == ToxicityDirection.High ? "high" : "low")} term starts");
                }

                foreach (var end in edges.Where(e => !e.IsStart))
                {
                    CheckOrder(place, edges, end, faults);
                    CheckNext(place, end, next, faults);
                }
            }
        }
    }

    private static void CheckOrder(string place, List<Edge> edges, Edge end, List<string> faults)
    {
        foreach (var start in edges.Where(e => e.IsStart && e.Kind == end.Kind && e.Severity(end) >= 0))
        {
            if (start.Severity(end) > 0 || !start.Inclusive || !end.Inclusive)
            {
                faults.Add($"{place}: no value is {start} and {end}");
            }
        }
    }

    private static void CheckNext(string place, Edge end, List<Edge> next, List<string> faults)
    {
        var alike = next.Where(n => n.Kind == end.Kind).ToList();
        if (alike.Count == 0)
        {
            faults.Add($"{place}: ends with {end}, and no worse grade goes on from there");
            return;
        }

        if (alike.Exists(n => n.Severity(end) == 0 && n.Inclusive != end.Inclusive))
        {
            return;
        }

        var start = alike[0];
        var isOverlap = start.Severity(end) < 0 || (start.Severity(end) == 0 && start.Inclusive);
        faults.Add($"{place}: {(isOverlap ? "overlaps" : "leaves a gap to")} the next grade ({end}, then {start})");
    }

    private static IEnumerable<Edge> Edges(Alternative alternative, ToxicityDirection direction)
    {
        foreach (var condition in alternative.Conditions)
        {
            switch (condition)
            {
                case ValueCondition { Is: var comparison, Than: var than } value:
                    yield return than.Basis == ThresholdBasis.Absolute
                        ? new Edge("value", (than.Times * than.Number) + than.Plus, 0m, comparison, direction, value)
                        : new Edge(than.Basis.ToString(), than.Times, than.Plus, comparison, direction, value);
                    break;
                case PercentChangeCondition { Is: var comparison, Percent: var percent } change:
                    yield return new Edge("percent change", percent, 0m, comparison, direction, change);
                    break;
            }
        }
    }

    private sealed record Edge(string Kind, decimal Position, decimal Plus, Comparison Is, ToxicityDirection Direction, Condition Condition)
    {
        public bool IsStart => Is is Comparison.Above or Comparison.AtLeast == (Direction == ToxicityDirection.High);

        public bool Inclusive => Is is Comparison.AtLeast or Comparison.AtMost;

        /// <summary>Positive when this edge lies on the severe side of the other.</summary>
        public int Severity(Edge other)
        {
            var order = Position == other.Position ? Plus.CompareTo(other.Plus) : Position.CompareTo(other.Position);
            return Direction == ToxicityDirection.High ? order : -order;
        }

        public override string ToString() => Condition.ToString()!;
    }
}

namespace LabServer.Core.Tests.Histories;

/// <summary>What a result must be graded: a grade, or why there is none.</summary>
/// <param name="Grade">0 to 4; null: not gradable.</param>
/// <param name="IsAtLeast">The least a bound can be.</param>
/// <param name="Reason">The word of the reason; empty when graded.</param>
internal readonly record struct ModelGrade(int? Grade, bool IsAtLeast, string Reason)
{
    public static ModelGrade Not(string reason) => new(null, false, reason);

    /// <summary>Grades a number, or every number that a bound allows.</summary>
    public static ModelGrade Of(ModelTerm term, ModelCase result, ModelPerson person)
    {
        IEnumerable<ModelRule> rules;
        if (term.ByPerson is { } byPerson)
        {
            (rules, var why) = byPerson(person, result);
            if (why is not null)
            {
                return Not(why);
            }
        }
        else
        {
            rules = term.Rules(result);
        }

        var worstFirst = rules.OrderByDescending(rule => rule.Grade).ToList();
        var lack = Lack.None;
        var grades = Allowed(result, worstFirst).Select(value => Of(worstFirst, value, ref lack)).Distinct().ToList();
        if (grades.Contains(null))
        {
            return Not(Word(lack));
        }

        return grades.Count == 1 ? new ModelGrade(grades[0], false, "")
            : grades.Contains(0) ? Not("BOUND_UNDECIDED")
            : new ModelGrade(grades.Min(), true, "");
    }

    // The first that holds from the worst down; where none does and one cannot be said, there is no grade.
    private static int? Of(List<ModelRule> worstFirst, decimal value, ref Lack lack)
    {
        var here = Lack.None;
        foreach (var rule in worstFirst)
        {
            if (rule.Holds(value, ref here) == true)
            {
                return rule.Grade;
            }
        }

        lack |= here;
        return here == Lack.None ? 0 : null;
    }

    // A grade can only change where a side turns: those places, between them and beyond them stand for all numbers.
    private static List<decimal> Allowed(ModelCase result, List<ModelRule> rules)
    {
        if (result.Qualifier.Length == 0)
        {
            return [result.Value];
        }

        var turns = rules.SelectMany(rule => rule.Sides).Where(side => side.Number is not null).Select(side => side.Turn!.Value)
            .Append(result.Value).Append(0).Where(turn => turn >= 0).Distinct().Order().ToList();
        var all = turns.Concat(turns.Zip(turns.Skip(1), (a, b) => (a + b) / 2)).Append((turns[^1] * 2) + 1);
        return [.. all.Where(value => value > 0 || result.Value <= 0).Where(value => result.Qualifier switch
        {
            "<" => Digits.Compare(value, result.Value) < 0,
            "<=" => Digits.Compare(value, result.Value) <= 0,
            ">" => Digits.Compare(value, result.Value) > 0,
            _ => Digits.Compare(value, result.Value) >= 0,
        }).DefaultIfEmpty(-1)];
    }

    private static string Word(Lack lack) =>
        lack.HasFlag(Lack.Uln) ? "UPPER_LIMIT_MISSING"
        : lack.HasFlag(Lack.Lln) ? "LOWER_LIMIT_MISSING"
        : lack.HasFlag(Lack.Baseline) ? "BASELINE_MISSING"
        : "PERCENT_CHANGE_UNDEFINED";

    public override string ToString() => Reason.Length > 0 ? Reason : $"{(IsAtLeast ? "at least " : "")}{Grade}";
}

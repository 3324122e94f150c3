namespace LabServer.Core.Grading;

/// <summary>How a grade is decided.</summary>
public enum GradeBasis
{
    /// <summary>By the conditions of the rule.</summary>
    Value = 0,

    /// <summary>On clinical grounds only; never reached from a value.</summary>
    Clinical = 1,

    /// <summary>Defined for fasting specimens only, by another term.</summary>
    FastingOnly = 2,
}

/// <summary>Conditions that must all hold. Several alternatives make a rule, of which one is enough.</summary>
/// <param name="Conditions">The conditions; an empty list always holds.</param>
public sealed record Alternative(IReadOnlyList<Condition> Conditions)
{
    private readonly Condition[] _conditions = [.. Conditions];

    internal Truth Evaluate(in GradeContext context)
    {
        var all = Truth.True;
        foreach (var condition in _conditions)
        {
            all &= condition.Evaluate(context);
            if (all.IsFalse)
            {
                break;
            }
        }

        return all;
    }

    /// <summary>In words: <c>value &gt; 5 × ULN and value ≤ 20 × ULN (baseline not high)</c>.</summary>
    public override string ToString()
    {
        var bounds = string.Join(" and ", Conditions.Where(c => c is ValueCondition or PercentChangeCondition));
        var guards = string.Join(", ", Conditions.Where(c => c is not (ValueCondition or PercentChangeCondition)));
        return (bounds, guards) switch
        {
            ("", "") => "always",
            (_, "") => bounds,
            ("", _) => guards,
            _ => $"{bounds} ({guards})",
        };
    }
}

/// <summary>One cell of the published table.</summary>
/// <param name="Grade">1–4.</param>
/// <param name="Text">What the source says of this grade, in short.</param>
/// <param name="Basis">How the grade is decided.</param>
/// <param name="When">Alternatives, one of which must hold; empty unless the basis is the value.</param>
public sealed record GradeRule(int Grade, string Text, GradeBasis Basis, IReadOnlyList<Alternative> When)
{
    internal Alternative[] Alternatives { get; } = [.. When];

    /// <summary>In words, alternatives joined by <c>or</c>.</summary>
    public override string ToString() => Basis switch
    {
        GradeBasis.Clinical => "on clinical grounds only",
        GradeBasis.FastingOnly => "fasting specimens only",
        _ => string.Join(" or ", When),
    };
}

/// <summary>Values that the source leaves ungraded, although the term is theirs: not gradable, never grade 0.</summary>
/// <param name="Text">Why.</param>
/// <param name="When">Alternatives, one of which must hold; empty means always.</param>
public sealed record NotGradedRule(string Text, IReadOnlyList<Alternative> When)
{
    internal Alternative[] Alternatives { get; } = When.Count == 0 ? [new Alternative([])] : [.. When];

    /// <summary>In words.</summary>
    public override string ToString() => string.Join(" or ", Alternatives.AsEnumerable());
}

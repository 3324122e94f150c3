namespace LabServer.Core.Grading;

/// <summary>A rule set that cannot be used, with every fault found in it.</summary>
public sealed class RuleSetException : Exception
{
    /// <summary>Makes the exception from all faults.</summary>
    /// <param name="ruleSet">Id or file of the rule set.</param>
    /// <param name="faults">Each with its term and grade.</param>
    public RuleSetException(string ruleSet, IReadOnlyList<string> faults)
        : base($"Rule set {ruleSet} has {faults.Count} fault(s):\n{string.Join('\n', faults)}")
    {
        Faults = faults;
    }

    /// <summary>Every fault, as <c>term / criterion / grade: what is wrong</c>.</summary>
    public IReadOnlyList<string> Faults { get; }
}

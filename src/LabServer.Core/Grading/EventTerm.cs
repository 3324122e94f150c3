namespace LabServer.Core.Grading;

/// <summary>What an event is called.</summary>
/// <param name="Name">AEDECOD: the term of the rule set, or of what was reported.</param>
/// <param name="SystemOrganClass">AEBODSYS; empty when it is not known.</param>
/// <param name="Direction">Direction of a graded term; null for what no value shows.</param>
public sealed record EventTerm(string Name, string SystemOrganClass, ToxicityDirection? Direction)
{
    /// <summary>The name of a graded term.</summary>
    public static EventTerm Of(Term term) => new(term.Name, term.SystemOrganClass, term.Direction);
}

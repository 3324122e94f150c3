namespace LabServer.Core.Derivation;

/// <summary>How a test is computed from others. A pure function of the results in force and of what subject and study say.</summary>
/// <param name="Id">Names the formula for ever: another way to compute is another id.</param>
/// <param name="Test">Key of the test it gives.</param>
/// <param name="Primary">Key of the test whose results are each computed for; they give the derived result its identity, time and visit.</param>
/// <param name="Others">Keys of the other tests it looks at.</param>
/// <param name="Words">The formula in words and signs, with units.</param>
/// <param name="Source">Where it was published.</param>
public abstract record Formula(string Id, string Test, string Primary, IReadOnlyList<string> Others, string Words, string Source)
{
    /// <summary>Computes for one result of <see cref="Primary"/>; null: not possible.</summary>
    /// <param name="primary">The result.</param>
    /// <param name="inputs">Everything of the subject.</param>
    public abstract DerivedValue? Compute(InputResult primary, SubjectInputs inputs);
}

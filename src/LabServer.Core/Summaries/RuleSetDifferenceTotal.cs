using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>How far two rule sets agree on one test and direction, over the subjects of a study.</summary>
/// <param name="pair">Test, direction and the terms of both sets.</param>
public sealed class RuleSetDifferenceTotal(TermPair pair)
{
    /// <summary>Test, direction and the terms of both sets.</summary>
    public TermPair Pair { get; } = pair;

    /// <summary>Subjects with a result that either set looks at.</summary>
    public long Subjects { get; private set; }

    /// <summary>Subjects with a result graded differently.</summary>
    public long SubjectsDifferent { get; private set; }

    /// <summary>Subjects whose worst grade after the first dose is higher under the first set; no grade counts as 0.</summary>
    public long WorseUnderA { get; private set; }

    /// <summary>The same under the second set.</summary>
    public long WorseUnderB { get; private set; }

    /// <summary>Results that either set looks at.</summary>
    public long Results { get; private set; }

    /// <summary>Results graded differently.</summary>
    public long ResultsDifferent { get; private set; }

    internal void Add(RuleSetDifference subject)
    {
        Subjects++;
        Results += subject.Results;
        ResultsDifferent += subject.Different;
        SubjectsDifferent += subject.Different > 0 ? 1 : 0;
        WorseUnderA += (subject.WorstA ?? 0) > (subject.WorstB ?? 0) ? 1 : 0;
        WorseUnderB += (subject.WorstB ?? 0) > (subject.WorstA ?? 0) ? 1 : 0;
    }
}

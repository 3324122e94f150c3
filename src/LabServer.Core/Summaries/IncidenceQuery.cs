using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>Which adverse events a table counts, and how it is laid out.</summary>
public sealed record IncidenceQuery
{
    /// <summary>
    /// Rule sets whose events are counted together: terms of one name are one term, spelt as the first of them spells it,
    /// and the worst grade of all counts.
    /// </summary>
    public required IReadOnlyList<string> RuleSetIds { get; init; }

    /// <summary>Leaves out events that people reported.</summary>
    public bool ExcludeReported { get; init; }

    /// <summary>Attribute to split by; empty: none.</summary>
    public string SplitBy { get; init; } = "";

    /// <summary>Only these arms, in this order; empty: all.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>Compares the two arms, the first against the second.</summary>
    public bool Compare { get; init; }

    /// <summary>First study day of onset; null: any. There is no day 0.</summary>
    public int? FromDay { get; init; }

    /// <summary>Last study day of onset, itself included; null: any.</summary>
    public int? ToDay { get; init; }

    /// <summary>Only serious events, or only those that are not; unspecified: all.</summary>
    public YesNo Serious { get; init; }

    /// <summary>Only events of one of these relatednesses; empty: all.</summary>
    public IReadOnlyList<Relatedness> Relatedness { get; init; } = [];

    /// <summary>Terms that are left out of everything and counted apart, case ignored.</summary>
    public IReadOnlyList<string> ExcludedTerms { get; init; } = [];

    /// <summary>Terms by system organ class, and classes by name; else both by frequency.</summary>
    public bool ByClass { get; init; }

    /// <summary>Whether an answer to what was said of events is needed: which of them are serious, or related.</summary>
    public bool IsAssessed => Serious != YesNo.Unspecified || Relatedness.Count > 0;

    /// <summary>
    /// Whether an event is counted by what is said of it; null: nobody has said what the question asks for, and nothing
    /// that was said rules it out.
    /// </summary>
    public bool? Takes(YesNo serious, Relatedness relatedness)
    {
        bool? isSerious = Serious == YesNo.Unspecified ? true : serious == YesNo.Unspecified ? null : serious == Serious;
        bool? isRelated = Relatedness.Count == 0 ? true : relatedness == Grading.Relatedness.None ? null : Relatedness.Contains(relatedness);
        return isSerious == false || isRelated == false ? false : isSerious & isRelated;
    }
}

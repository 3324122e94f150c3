namespace LabServer.Core.Summaries;

/// <summary>What a result of which only a bound is known (<c>&lt;0.5</c>, <c>&gt;100</c>) counts as.</summary>
public enum BoundHandling
{
    /// <summary>The bound itself: all results under one limit are tied with each other and under what was measured.</summary>
    Limit = 1,

    /// <summary>Half of the bound under a limit, the bound over one.</summary>
    Half = 2,

    /// <summary>Nothing: it is counted beside the others and in no statistic, as AVAL of ADLB has it.</summary>
    Exclude = 3,
}

namespace LabServer.Core.Storage;

/// <summary>A grade as stored, with what it takes to recompute it. Numbers are in the unit of <see cref="UnitKey"/>.</summary>
internal readonly record struct GradeRow(
    long TermKey,
    long CollectedUs,
    long ResultKey,
    int? Grade,
    int Reason,
    long? CriterionKey,
    double? Value,
    double? LowerLimit,
    double? UpperLimit,
    long? UnitKey,
    long? BaselineResultKey,
    double? Baseline,
    int BaselineIndicator,
    int Qualifier,
    int Marks,
    int Facts,
    int RangeSource,
    long? RangeKey) : IComparable<GradeRow>
{
    /// <summary>By the primary key within a series.</summary>
    public int CompareTo(GradeRow other) =>
        (TermKey, CollectedUs, ResultKey).CompareTo((other.TermKey, other.CollectedUs, other.ResultKey));
}

namespace LabServer.Core.Grading;

/// <summary>A quality flag of one result of a series.</summary>
/// <param name="ResultKey">The flagged result.</param>
/// <param name="Flag">What is the matter; a result has each flag once at most.</param>
/// <param name="OtherResultKey">The result it was compared with; null: none was.</param>
/// <param name="Detail">The numbers behind it, in words for a person; may be empty.</param>
public readonly record struct SeriesFlag(long ResultKey, FlagKind Flag, long? OtherResultKey, string Detail);

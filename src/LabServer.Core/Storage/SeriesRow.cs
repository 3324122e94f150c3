using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>One series as stored.</summary>
/// <param name="SubjectKey">Subject.</param>
/// <param name="TestKey">Test.</param>
/// <param name="Mark">Its mark in the pending list; null: not pending.</param>
/// <param name="Observations">By (CollectedUs, ResultKey). Empty: all results of the series have gone elsewhere.</param>
public sealed record SeriesRow(long SubjectKey, long TestKey, long? Mark, IReadOnlyList<Observation> Observations);

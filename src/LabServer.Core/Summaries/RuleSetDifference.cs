using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>Where two rule sets grade the results of one subject and test differently.</summary>
/// <param name="SubjectId">USUBJID.</param>
/// <param name="Pair">Test, direction and the terms of both sets.</param>
/// <param name="WorstA">Worst grade after the first dose under the first set; null: none was graded.</param>
/// <param name="WorstB">The same under the second set.</param>
/// <param name="Results">Results that either set graded or could not grade.</param>
/// <param name="Different">Those of them whose grades differ; a set without a term counts as grade 0.</param>
public sealed record RuleSetDifference(string SubjectId, TermPair Pair, int? WorstA, int? WorstB, long Results, long Different);

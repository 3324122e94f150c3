namespace LabServer.Core.Summaries;

/// <summary>A table of the whole safety population, and the same of each stratum.</summary>
/// <param name="Values">What it was made of.</param>
/// <param name="Whole">The table of all subjects.</param>
/// <param name="Strata">Tables by stratum, in the order of <see cref="Summaries.Strata"/>; empty when not split.</param>
public sealed record StratifiedTable<TTable>(TestValues Values, TTable Whole, IReadOnlyList<(string Stratum, TTable Table)> Strata);

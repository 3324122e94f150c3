namespace LabServer.Core.Summaries;

/// <summary>An incidence table, and the same of each stratum.</summary>
/// <param name="Whole">All subjects.</param>
/// <param name="Strata">Strata by value; empty when not split.</param>
public sealed record IncidenceSummary(IncidenceTable Whole, IReadOnlyList<IncidenceTable> Strata);

namespace LabServer.Core.Summaries;

/// <summary>Baseline against the worst, or against a visit: subjects by arm, each in one cell.</summary>
/// <param name="Heading">What it shows.</param>
/// <param name="Arms">One entry an arm, in the order of the population.</param>
/// <param name="Total">All arms.</param>
/// <param name="Strata">The same by stratum; empty when not split.</param>
public sealed record ShiftTable(
    ShiftHeading Heading, IReadOnlyList<ShiftCounts> Arms, ShiftCounts Total, IReadOnlyList<ShiftStratum> Strata);

/// <summary>A shift table of one stratum.</summary>
/// <param name="Value">Its value; empty: subjects that have none.</param>
/// <param name="Arms">One entry an arm.</param>
/// <param name="Total">All arms.</param>
public sealed record ShiftStratum(string Value, IReadOnlyList<ShiftCounts> Arms, ShiftCounts Total);

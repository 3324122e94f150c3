using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Summaries;

/// <summary>Which shift tables are asked for.</summary>
public sealed record ShiftQuery
{
    /// <summary>Rule set of the grades; null: range indicators are counted.</summary>
    public RuleSet? RuleSet { get; init; }

    /// <summary>Only of this test; null: of every test that has results.</summary>
    public TestDefinition? Test { get; init; }

    /// <summary>Only of this term of <see cref="RuleSet"/>; null: of every term.</summary>
    public Term? Term { get; init; }

    /// <summary>Only of this visit, case ignored; empty: the worst, and every visit after the first dose.</summary>
    public string Visit { get; init; } = "";

    /// <summary>Only of the worst from the first dose on.</summary>
    public bool WorstOnly { get; init; }

    /// <summary>What to split by; empty: nothing.</summary>
    public string SplitBy { get; init; } = "";

    /// <summary>Arms to count; empty: all.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];
}

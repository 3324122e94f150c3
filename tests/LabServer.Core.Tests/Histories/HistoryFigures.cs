using System.Globalization;

namespace LabServer.Core.Tests.Histories;

/// <summary>What came of a group of histories.</summary>
/// <param name="Difference">The first difference from the model; null: none.</param>
/// <param name="Figures">How much was compared.</param>
/// <param name="Stored">Every grade, event and extreme at the end, as text, without ids.</param>
/// <param name="InForce">The versions in force at the end.</param>
internal sealed record HistoryOutcome(
    string? Difference, HistoryFigures Figures, IReadOnlyList<string> Stored, IReadOnlyList<LabResult> InForce);

/// <summary>How much was compared.</summary>
internal sealed record HistoryFigures
{
    public long Histories { get; init; }

    public long Steps { get; init; }

    public long Results { get; init; }

    public long Comparisons { get; init; }

    public long Grades { get; init; }

    public long Events { get; init; }

    public long Explanations { get; init; }

    public static HistoryFigures operator +(HistoryFigures a, HistoryFigures b) => new()
    {
        Histories = a.Histories + b.Histories,
        Steps = a.Steps + b.Steps,
        Results = a.Results + b.Results,
        Comparisons = a.Comparisons + b.Comparisons,
        Grades = a.Grades + b.Grades,
        Events = a.Events + b.Events,
        Explanations = a.Explanations + b.Explanations,
    };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Histories:N0} histories, {Steps:N0} steps, {Results:N0} results sent; {Grades:N0} grades and {Events:N0} events compared at {Comparisons:N0} moments, {Explanations:N0} grades computed again from their explanations");
}

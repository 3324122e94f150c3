using System.Globalization;

namespace LabServer.Core.Tests.Histories;

/// <summary>How much was compared.</summary>
internal sealed record HistoryFigures
{
    public long Histories { get; init; }

    public long Steps { get; init; }

    public long Results { get; init; }

    public long Comparisons { get; init; }

    public long Grades { get; init; }

    public long Events { get; init; }

    public static HistoryFigures operator +(HistoryFigures a, HistoryFigures b) => new()
    {
        Histories = a.Histories + b.Histories,
        Steps = a.Steps + b.Steps,
        Results = a.Results + b.Results,
        Comparisons = a.Comparisons + b.Comparisons,
        Grades = a.Grades + b.Grades,
        Events = a.Events + b.Events,
    };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Histories:N0} histories, {Steps:N0} steps, {Results:N0} results sent; {Grades:N0} grades and {Events:N0} events compared at {Comparisons:N0} moments");
}

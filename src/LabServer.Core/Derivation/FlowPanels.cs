using LabServer.Core.Grading;

namespace LabServer.Core.Derivation;

/// <summary>
/// Flow cytometry panels must add up: naive, central memory, effector memory and TEMRA cells are the whole of their
/// parent, and CD4 and CD8 cells are no more than CD3 cells. What a laboratory sent of one collection is judged; derived
/// results follow from it and are not.
/// </summary>
public static class FlowPanels
{
    private static readonly Panel[] Panels =
    [
        new("PANEL_CD4_SUBSETS", ["CD4N", "CD4CM", "CD4EM", "CD4TEMRA"], null, "%"),
        new("PANEL_CD8_SUBSETS", ["CD8N", "CD8CM", "CD8EM", "CD8TEMRA"], null, "%"),
        new("PANEL_T_CELL_COUNTS", ["CD4", "CD8"], "CD3", "/uL"),
        new("PANEL_T_CELL_PERCENTAGES", ["CD4PCT", "CD8PCT"], "CD3PCT", "%"),
    ];

    /// <summary>Keys of every test that a panel looks at.</summary>
    public static IReadOnlySet<string> Tests { get; } = Panels.SelectMany(panel => panel.Tests).ToHashSet(StringComparer.Ordinal);

    /// <summary>A flag for every member of every panel that does not add up. A pure function.</summary>
    /// <param name="results">Results of one subject.</param>
    /// <param name="tolerance">By how many percentage points, or percent of the parent count, a sum may be off.</param>
    public static IReadOnlyList<PanelFlag> Check(IReadOnlyList<InputResult> results, double tolerance) =>
    [
        .. results
            .Where(result => !result.Observation.IsDerived && Tests.Contains(result.Test.Key))
            .Select(result => (Result: result, Collection: Collection.Of(result)))
            .Where(entry => entry.Collection is not null)
            .GroupBy(entry => (entry.Collection, entry.Result.Sent.Laboratory), entry => entry.Result)
            .SelectMany(drawn => Panels.SelectMany(panel => Check(panel, [.. drawn], (decimal)tolerance))),
    ];

    private static IEnumerable<PanelFlag> Check(Panel panel, List<InputResult> drawn, decimal tolerance)
    {
        var parts = panel.Parts.Select(test => Last(drawn, test, panel.Unit)).OfType<InputResult>().ToList();
        var parent = panel.Parent is { } test ? Last(drawn, test, panel.Unit) : null;
        if (parts.Count == 0 || (panel.Parent is not null && parent is null))
        {
            return [];
        }

        var whole = parent?.ExactIn(panel.Unit) ?? 100m;
        var slack = panel.Unit == "%" ? tolerance : whole * tolerance / 100m;
        var sum = parts.Sum(part => part.ExactIn(panel.Unit)!.Value);

        // Parts that are not there can only add: too much is too much without them, too little may be theirs.
        var isOver = FifteenDigits.Compare((double)sum, (double)(whole + slack)) > 0;
        var isUnder = panel.Parent is null && parts.Count == panel.Parts.Length && FifteenDigits.Compare((double)sum, (double)(whole - slack)) < 0;
        if (!isOver && !isUnder)
        {
            return [];
        }

        var terms = string.Join(" + ", parts.Select(part => $"{part.Test.Code} {Quantity.Text(part.ExactIn(panel.Unit)!.Value)}"));
        var bound = parent is null ? $"100 {panel.Unit}" : $"{parent.Test.Code} {Quantity.Text(whole)} {panel.Unit}";
        var detail = $"{terms} = {Quantity.Text(sum)} {panel.Unit} is {(isOver ? "over" : "under")} {bound} by more than {Quantity.Text(tolerance)} %";
        return (parent is null ? parts : parts.Append(parent)).Select(member => new PanelFlag(member.Test.Key, member.Observation.ResultKey, panel.Code, detail));
    }

    private static InputResult? Last(List<InputResult> drawn, string test, string unit) =>
        drawn.LastOrDefault(result => result.Test.Key == test && result.ExactIn(unit) is not null);

    private sealed record Panel(string Code, string[] Parts, string? Parent, string Unit)
    {
        public IEnumerable<string> Tests => Parent is null ? Parts : Parts.Append(Parent);
    }
}

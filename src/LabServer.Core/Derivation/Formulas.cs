namespace LabServer.Core.Derivation;

/// <summary>
/// The derived tests. Where several formulas give one test, the first that can be computed for a collection does, and the
/// others are not looked at.
/// </summary>
public static class Formulas
{
    private const string PerMicrolitre = "/uL";

    /// <summary>Every formula; one that feeds another comes before it.</summary>
    public static IReadOnlyList<Formula> All { get; } =
    [
        new CorrectedCalcium(),
        new AbsoluteCount("NEUT", "NEUTLE", "WBC", null),
        new AbsoluteCount("LYM", "LYMLE", "WBC", null),
        new AbsoluteCount("MONO", "MONOLE", "WBC", null),
        new AbsoluteCount("EOS", "EOSLE", "WBC", null),
        new AbsoluteCount("BASO", "BASOLE", "WBC", null),
        new AbsoluteCount("CD3", "CD3PCT", "LYM", PerMicrolitre),
        new AbsoluteCount("CD4", "CD4PCT", "LYM", PerMicrolitre),
        new AbsoluteCount("CD8", "CD8PCT", "LYM", PerMicrolitre),
        new AbsoluteCount("CD19", "CD19PCT", "LYM", PerMicrolitre),
        new AbsoluteCount("CD56", "CD56PCT", "LYM", PerMicrolitre),
        new CellRatio("cd4-cd8-ratio-of-counts", "CD4", "CD8", PerMicrolitre),
        new CellRatio("cd4-cd8-ratio-of-percentages", "CD4PCT", "CD8PCT", "%"),
        new CreatinineClearance(),
        new WalkPercentPredicted(),
        new OxygenationIndex(),
        new InhibitionRate(),
        new NeutralisationPositivity(),
    ];

    /// <summary>Keys of every test that a formula looks at or gives.</summary>
    public static IReadOnlySet<string> Tests { get; } =
        All.SelectMany(formula => formula.Others.Append(formula.Primary).Append(formula.Test)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Keys of derived tests that other formulas look at.</summary>
    internal static IReadOnlySet<string> Feeding { get; } = All.SelectMany(formula => formula.Others.Append(formula.Primary))
        .Intersect(All.Select(formula => formula.Test), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);

    /// <summary>The formula with an id; null: none.</summary>
    public static Formula? Find(string id) => All.FirstOrDefault(formula => formula.Id == id);
}

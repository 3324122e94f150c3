namespace LabServer.Core.Tests.Histories;

/// <summary>A unit of a test: the name criteria call it by, its factor to the unit the test is kept in, whether only US laboratories use it.</summary>
internal sealed record ModelUnit(string Name, decimal Factor, bool IsUs = false);

/// <summary>Units of the tests in the histories, by the texts laboratories write.</summary>
internal static class ModelUnits
{
    private static readonly ModelUnit Enzyme = new("U/L", 1);
    private static readonly ModelUnit PerLitre = new("10*9/L", 1);
    private static readonly ModelUnit PerMicrolitre = new("10*3/uL", 1, IsUs: true);

    private static readonly Dictionary<string, ModelUnit> Enzymes = new()
    {
        ["U/L"] = Enzyme,
        ["IU/L"] = new("[IU]/L", 1),
        ["ukat/L"] = new("ukat/L", 60),
    };

    private static readonly Dictionary<string, ModelUnit> Electrolytes = new()
    {
        ["mmol/L"] = new("mmol/L", 1),
        ["mEq/L"] = new("meq/L", 1),
        ["umol/L"] = new("umol/L", 0.001m),
    };

    private static readonly Dictionary<string, ModelUnit> Counts = new()
    {
        ["10^9/L"] = PerLitre,
        ["GI/L"] = PerLitre,
        ["10^3/uL"] = PerMicrolitre,
        ["THOU/uL"] = PerMicrolitre,
        ["10^3/mL"] = new("10*3/mL", 0.001m, IsUs: true),
        ["/uL"] = new("/uL", 0.001m, IsUs: true),
        ["10^6/L"] = new("10*6/L", 0.001m),
    };

    private static readonly Dictionary<string, Dictionary<string, ModelUnit>> Tests = new()
    {
        ["ALT"] = Enzymes,
        ["ALP"] = Enzymes,
        ["GGT"] = Enzymes,
        ["LDH"] = Enzymes,
        ["K"] = Electrolytes,
        ["SODIUM"] = Electrolytes,
        ["PLAT"] = Counts,
        ["NEUT"] = Counts,
        ["BILI"] = Substance(17.1m),
        ["CREAT"] = Substance(88.4m),
        ["URATE"] = Substance(59.48m),
        ["GLUC"] = Concentration(0.05551m),
        ["PHOS"] = Concentration(0.3229m),
        ["INR"] = new() { [""] = new("1", 1), ["1"] = new("1", 1) },
        ["HGB"] = new() { ["g/L"] = new("g/L", 1), ["g/dL"] = new("g/dL", 10, IsUs: true), ["mmol/L"] = new("mmol/L", 16.114m) },
        ["FIBRINO"] = new() { ["g/L"] = new("g/L", 1), ["mg/dL"] = new("mg/dL", 0.01m, IsUs: true), ["g/dL"] = new("g/dL", 10, IsUs: true) },
    };

    public static IReadOnlyCollection<string> AllTests => Tests.Keys;

    public static IReadOnlyList<string> TextsOf(string test) => [.. Tests[test].Keys];

    /// <summary>The unit a text means; null: not known, so that a number in it is held.</summary>
    public static ModelUnit? Find(string test, string text) => Tests[test].GetValueOrDefault(text);

    /// <summary>A unit of the test by the name criteria use.</summary>
    public static ModelUnit Named(string test, string name) => Tests[test].Values.First(unit => unit.Name == name);

    private static Dictionary<string, ModelUnit> Substance(decimal perMilligram) => new()
    {
        ["umol/L"] = new("umol/L", 1),
        ["mg/dL"] = new("mg/dL", perMilligram, IsUs: true),
        ["mmol/L"] = new("mmol/L", 1000),
    };

    private static Dictionary<string, ModelUnit> Concentration(decimal perMilligram) => new()
    {
        ["mmol/L"] = new("mmol/L", 1),
        ["mg/dL"] = new("mg/dL", perMilligram, IsUs: true),
        ["umol/L"] = new("umol/L", 0.001m),
    };
}

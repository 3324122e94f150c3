namespace LabServer.Cli.SampleTrial;

/// <summary>
/// The tests of the sample trial. Quartiles at baseline are the published ones of NCT04288102 where it gives them
/// (blood count, lymphocyte subsets, D-dimer, IL-6, CRP); the others, and all ranges, are everyday adult ones.
/// </summary>
internal static partial class SampleTests
{
    /// <summary>Every test whose values are drawn, in the order in which a visit reports them.</summary>
    /// <remarks>
    /// Only this list is a field: the order in which fields of partial files are set is not defined, and it needs the rest.
    /// </remarks>
    public static readonly IReadOnlyList<SampleTest> Drawn =
        [.. Chemistry(), .. Inflammation(), .. Hematology(), .. Lymphocytes(), .. MonthTwelve()];

    private static SampleTest Serum(string code, string unit, int decimals, Spread baseline) =>
        new(code, unit, decimals, "CHEMISTRY", "SERUM") { Baseline = baseline };

    private static SampleLimits Range(decimal low, decimal high) => new(low, high);

    private static SampleLimits UpTo(decimal high) => new(null, high);
}

using static LabServer.Cli.SampleTrial.PassedLimit;

namespace LabServer.Cli.SampleTrial;

/// <summary>
/// How many subjects of each arm get which finding: the only place of the project that knows it. The counts are those
/// NCT04288102 published for its laboratory events; that grading finds them again is what the demo shows.
/// </summary>
internal static class FindingPlan
{
    /// <summary>
    /// The plan. The multiples keep every grade of CTCAE 5.0 at 1 or 2, except urate: over the upper limit it is grade
    /// 3 by the letter of CTCAE 5.0, whatever the value.
    /// </summary>
    public static readonly IReadOnlyList<PlannedFinding> All =
    [
        //   test     limit  nearest farthest  MSC plac.  from in MSC, placebo
        new("ALT",    Upper, 1.10m, 1.90m,       9,  4,    0,  0),
        new("AST",    Upper, 1.10m, 1.70m,       6,  4,    3,  0), // all of them also have a raised ALT
        new("GGT",    Upper, 1.10m, 1.60m,       2,  1,    7,  3),
        new("LDH",    Upper, 1.04m, 1.25m,      14,  7,    6,  3),
        new("CK",     Upper, 1.10m, 1.80m,       9,  5,   16,  9),
        new("CKMB",   Upper, 1.10m, 1.30m,       0,  1,    0, 13), // with a raised CK
        new("URATE",  Upper, 1.03m, 1.15m,       6,  3,   25, 14),
        new("UREA",   Upper, 1.05m, 1.20m,       4,  4,   29, 16),
        new("CREAT",  Upper, 1.04m, 1.15m,       0,  1,    0, 19), // with a raised urea
        new("K",      Lower, 0.89m, 0.97m,       6,  1,   31, 17),
        new("CAION",  Lower, 0.94m, 0.97m,       0,  2,    0, 21),
        new("INTLK6", Upper, 1.30m, 2.40m,       4,  2,   36, 20),
        new("CRP",    Upper, 1.50m, 2.20m,       1,  0,   39,  0), // with a raised IL-6
        new("HGB",    Lower, 0.90m, 0.97m,       3,  0,   40,  0),
        new("NEUT",   Upper, 1.04m, 1.15m,       1,  1,   43, 22), // raises WBC of the same sample over its limit too
        new("LYMLE",  Lower, 0.80m, 0.95m,       0,  1,    0, 23),
        new("BNP",    Upper, 1.20m, 1.60m,       1,  0,   44,  0),
    ];
}

using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>One line a subject.</summary>
internal static class LiverColumns
{
    /// <summary>Every column.</summary>
    public static IReadOnlyList<Column<LiverSubject>> All { get; } =
    [
        new("subject_id", subject => subject.SubjectId),
        new("arm", subject => subject.Arm),
        new("stratum", subject => subject.Stratum, InTable: false),
        new("quadrant", subject => Word(subject.Quadrant)),
        new("alt_uln", subject => Times(subject.Alt)),
        new("ast_uln", subject => Times(subject.Ast)),
        new("transaminase_uln", subject => Times(subject.Transaminase)),
        new("transaminase_at", subject => subject.Transaminase.CollectedAt),
        new("bilirubin_uln", subject => Times(subject.Bilirubin)),
        new("bilirubin_at", subject => subject.Bilirubin.CollectedAt),
        new("alt_baseline", subject => OfBaseline(subject.Alt)),
        new("ast_baseline", subject => OfBaseline(subject.Ast)),
        new("bilirubin_baseline", subject => OfBaseline(subject.Bilirubin)),
        new("alp_uln", subject => subject.HasAlpTimesUpperLimit ? subject.AlpTimesUpperLimit : null),
        new("hys_law_candidate", subject => subject.HysLawCandidate),
        new("alp_under_twice", subject => subject.HysLawCandidate ? YesNoText.Word(subject.AlpUnderTwice) : ""),
        new("transaminase_reason", subject => subject.Transaminase.Reason, InTable: false),
        new("bilirubin_reason", subject => subject.Bilirubin.Reason, InTable: false),
        new("over_bound", subject => subject.OverBound, InTable: false),
    ];

    /// <summary>The quadrant as CSV and JSON have it; empty: none.</summary>
    public static string Word(LiverQuadrant quadrant) => quadrant switch
    {
        LiverQuadrant.Normal => "NORMAL",
        LiverQuadrant.Temple => "TEMPLE",
        LiverQuadrant.Cholestasis => "CHOLESTASIS",
        LiverQuadrant.HysLaw => "HYS_LAW",
        _ => "",
    };

    /// <summary>Multiple of the upper limit; null: none.</summary>
    public static double? Times(LiverPeak peak) => peak.HasTimesUpperLimit ? peak.TimesUpperLimit : null;

    /// <summary>Multiple of the baseline; null: none.</summary>
    public static double? OfBaseline(LiverPeak peak) => peak.HasTimesBaseline ? peak.TimesBaseline : null;
}

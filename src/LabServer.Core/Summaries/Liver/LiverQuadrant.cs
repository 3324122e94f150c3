namespace LabServer.Core.Summaries;

/// <summary>
/// Where a subject lies by its highest ALT or AST and its highest total bilirubin from the first dose on, with the bounds of
/// FDA, Guidance for Industry: Drug-Induced Liver Injury: Premarketing Clinical Evaluation (2009): 3 × ULN and 2 × ULN. A
/// value on the bound is over it. The peaks need not be of one day: only <see cref="LiverPoint.IsCandidate"/> says that.
/// </summary>
public enum LiverQuadrant
{
    /// <summary>ALT and AST under 3 × ULN, bilirubin under 2 × ULN.</summary>
    Normal = 1,

    /// <summary>Temple's corollary: ALT or AST of at least 3 × ULN, bilirubin under 2 × ULN.</summary>
    Temple = 2,

    /// <summary>Cholestasis: bilirubin of at least 2 × ULN, ALT and AST under 3 × ULN.</summary>
    Cholestasis = 3,

    /// <summary>Range of Hy's law: both.</summary>
    HysLaw = 4,
}

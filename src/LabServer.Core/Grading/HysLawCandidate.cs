namespace LabServer.Core.Grading;

/// <summary>A transaminase and a bilirubin that together may be a case of Hy's law. Whether they are is for a person to say.</summary>
/// <param name="SubjectId">USUBJID.</param>
/// <param name="Transaminase">ALT or AST of at least 3 × ULN.</param>
/// <param name="Bilirubin">Total bilirubin of at least 2 × ULN, the nearest in time.</param>
/// <param name="DaysApart">Days from the transaminase to the bilirubin, negative when that came first; null: a date is partial.</param>
/// <param name="AlpUnderTwice">Whether ALP was under 2 × ULN at that time: without it the cause may be cholestasis.</param>
/// <param name="Alp">The ALP nearest to the transaminase; null: there is none that can be told within 14 days.</param>
public sealed record HysLawCandidate(
    string SubjectId, LiverResult Transaminase, LiverResult Bilirubin, int? DaysApart, YesNo AlpUnderTwice, LiverResult? Alp);

namespace LabServer.Cli.SampleTrial;

/// <summary>A subject of the sample trial.</summary>
/// <param name="SubjectId">USUBJID.</param>
/// <param name="Arm">ARM and ACTARM.</param>
/// <param name="IsWoman">SEX.</param>
/// <param name="BirthDate">BRTHDTC.</param>
/// <param name="FirstDoseAt">RFXSTDTC, study time.</param>
/// <param name="SiteId">SITEID.</param>
/// <param name="IsSevere">Whether the illness was severe at enrolment; else moderate.</param>
/// <param name="Place">Place in the arm's shuffled order, from 0: what <see cref="FindingPlan"/> counts in.</param>
internal sealed record SampleSubject(
    string SubjectId, SampleArm Arm, bool IsWoman, DateOnly BirthDate, DateTime FirstDoseAt, string SiteId, bool IsSevere, int Place)
{
    /// <summary>The findings this subject has.</summary>
    public IEnumerable<PlannedFinding> Findings => FindingPlan.All.Where(finding =>
        Place >= finding.From(Arm) && Place < finding.From(Arm) + finding.Subjects(Arm));
}

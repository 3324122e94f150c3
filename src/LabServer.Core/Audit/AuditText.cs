namespace LabServer.Core.Audit;

/// <summary>
/// What entries say of subjects, doses and studies, in two parts: one for everybody, and what tells an arm. A new field of
/// those belongs into one of the two here, and into the second unless it is certain that it tells nothing.
/// </summary>
internal static class AuditText
{
    public static string Of(Subject? subject) => subject is null ? "" : AuditJson.Write(new
    {
        subject.Sex,
        subject.BirthDate,
        subject.FirstDoseAt,
        subject.SiteId,
        subject.OnAnticoagulation,
        subject.HivInfected,
        Attributes = subject.Attributes.Values,
    });

    public static string Sealed(Subject? subject) => subject is null ? "" : AuditJson.Write(new { subject.Arm, subject.PlannedArm });

    public static string Of(Dose? dose) => dose is null ? "" : AuditJson.Write(new
    {
        dose.StartAt,
        dose.EndAt,
        dose.Visit,
        dose.VisitNumber,
        dose.NotGiven,
    });

    // 0 mg, or a unit that only one arm is given in, says as much as the treatment's name.
    public static string Sealed(Dose? dose) => dose is null ? "" : AuditJson.Write(new { dose.Treatment, dose.Amount, dose.Unit });

    public static string Of(Study study) => AuditJson.Write(new
    {
        study.Title,
        study.TimeZone,
        study.FullGradingCron,
        study.ReportCron,
        study.RuleSets,
        study.Settings,
    });

    public static string Sealed(Study study) => study.Arms.Count == 0 ? "" : AuditJson.Write(new { study.Arms });
}

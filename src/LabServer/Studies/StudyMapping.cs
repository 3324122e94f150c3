using LabServer.Core;
using LabServer.Core.Grading;

namespace LabServer.Studies;

/// <summary>Between the wire and the domain.</summary>
internal static class StudyMapping
{
    public static Study ToStudy(Api.V1.Study message) => new()
    {
        StudyId = message.StudyId,
        Title = message.Title,
        TimeZone = message.TimeZone.Length > 0 ? message.TimeZone : "UTC",
        FullGradingCron = message.FullGradingCron.Length > 0 ? message.FullGradingCron : Study.DefaultFullGradingCron,
        RuleSets = message.RuleSets.Count > 0 ? [.. message.RuleSets] : [Study.DefaultRuleSet],
        Arms = [.. message.Arms],
    };

    public static Api.V1.Study ToMessage(Study study, IReadOnlyList<RuleSet> ruleSets) => new()
    {
        StudyId = study.StudyId,
        Title = study.Title,
        TimeZone = study.TimeZone,
        FullGradingCron = study.FullGradingCron,
        RuleSets = { RuleSetReference.Display(ruleSets) },
        RuleSetVersions =
        {
            ruleSets.Select(set => new Api.V1.StudyRuleSet { RuleSetId = set.Name, Version = set.Version, Sha256 = set.Hash }),
        },
        Arms = { study.Arms },
    };

    public static Subject ToSubject(Api.V1.Subject message) => new()
    {
        SubjectId = message.SubjectId,
        Arm = message.Arm,
        PlannedArm = message.PlannedArm.Length > 0 ? message.PlannedArm : message.Arm,
        Sex = (Sex)message.Sex,
        BirthDate = message.BirthDate,
        FirstDoseAt = message.FirstDoseAt,
        SiteId = message.SiteId,
    };

    public static Api.V1.Subject ToMessage(Subject subject) => new()
    {
        SubjectId = subject.SubjectId,
        Arm = subject.Arm,
        PlannedArm = subject.PlannedArm,
        Sex = (Api.V1.Sex)subject.Sex,
        BirthDate = subject.BirthDate,
        FirstDoseAt = subject.FirstDoseAt,
        SiteId = subject.SiteId,
    };
}

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
        ReportCron = message.ReportCron.Length > 0 ? message.ReportCron : Study.DefaultReportCron,
        RuleSets = message.RuleSets.Count > 0 ? [.. message.RuleSets] : [Study.DefaultRuleSet],
        Arms = [.. message.Arms],
        Settings = Change(new StudySettings(), message.Settings),
    };

    /// <summary>The settings with what the message sets in the place of what was.</summary>
    public static StudySettings Change(StudySettings before, Api.V1.StudySettings? message) => message is null ? before : before with
    {
        SpoiledSpecimens = message.HasSpoiledSpecimens ? (SpoiledSpecimens)message.SpoiledSpecimens : before.SpoiledSpecimens,
        Fasting = message.HasFasting ? (Fasting)message.Fasting : before.Fasting,
        OnAnticoagulation = message.HasOnAnticoagulation ? (YesNo)message.OnAnticoagulation : before.OnAnticoagulation,
        HivInfected = message.HasHivInfected ? (YesNo)message.HivInfected : before.HivInfected,
        NeutralisationCutoff = message.HasNeutralisationCutoff ? message.NeutralisationCutoff : before.NeutralisationCutoff,
        PanelTolerance = message.HasPanelTolerance ? message.PanelTolerance : before.PanelTolerance,
    };

    public static Api.V1.Study ToMessage(Study study, IReadOnlyList<RuleSet> ruleSets) => new()
    {
        StudyId = study.StudyId,
        Title = study.Title,
        TimeZone = study.TimeZone,
        FullGradingCron = study.FullGradingCron,
        ReportCron = study.ReportCron,
        RuleSets = { RuleSetReference.Display(ruleSets) },
        RuleSetVersions =
        {
            ruleSets.Select(set => new Api.V1.StudyRuleSet { RuleSetId = set.Name, Version = set.Version, Sha256 = set.Hash }),
        },
        Arms = { study.Arms },
        Settings = new Api.V1.StudySettings
        {
            SpoiledSpecimens = (Api.V1.SpoiledSpecimens)study.Settings.SpoiledSpecimens,
            Fasting = (Api.V1.YesNo)study.Settings.Fasting,
            OnAnticoagulation = (Api.V1.YesNo)study.Settings.OnAnticoagulation,
            HivInfected = (Api.V1.YesNo)study.Settings.HivInfected,
            NeutralisationCutoff = study.Settings.NeutralisationCutoff,
            PanelTolerance = study.Settings.PanelTolerance,
        },
    };

    public static VisitWindow ToWindow(Api.V1.VisitWindow message) => new(
        message.Visit, message.VisitNumber, message.FirstDay, message.LastDay, message.HasTargetDay ? message.TargetDay : null);

    public static Api.V1.VisitWindow ToMessage(VisitWindow window)
    {
        var message = new Api.V1.VisitWindow
        {
            Visit = window.Visit,
            VisitNumber = window.VisitNumber,
            FirstDay = window.FirstDay,
            LastDay = window.LastDay,
        };
        if (window.TargetDay is { } target)
        {
            message.TargetDay = target;
        }

        return message;
    }

    public static Subject ToSubject(Api.V1.Subject message) => new()
    {
        SubjectId = message.SubjectId,
        Arm = message.Arm,
        PlannedArm = message.PlannedArm.Length > 0 ? message.PlannedArm : message.Arm,
        Sex = (Sex)message.Sex,
        BirthDate = message.BirthDate,
        FirstDoseAt = message.FirstDoseAt,
        SiteId = message.SiteId,
        OnAnticoagulation = (YesNo)message.OnAnticoagulation,
        HivInfected = (YesNo)message.HivInfected,
        Attributes = SubjectAttributes.Of(message.Attributes),
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
        OnAnticoagulation = (Api.V1.YesNo)subject.OnAnticoagulation,
        HivInfected = (Api.V1.YesNo)subject.HivInfected,
        Attributes = { subject.Attributes.Values.ToDictionary() },
    };
}

namespace LabServer.Core.Ingestion;

/// <summary>Checks subjects before they are registered.</summary>
public static class SubjectChecks
{
    /// <summary>Every fault at once; empty: good. Field names are those of the API.</summary>
    /// <param name="subject">What was sent.</param>
    /// <param name="refusesBlanksAtTheEnd">As of <see cref="CheckContext"/>.</param>
    public static IReadOnlyList<Fault> Check(Subject subject, bool refusesBlanksAtTheEnd = false)
    {
        List<Fault>? faults = null;
        ResultTextChecks.Check(subject.SubjectId, "subject_id", required: true, ref faults);
        ResultTextChecks.Check(subject.Arm, "arm", required: false, ref faults);
        ResultTextChecks.Check(subject.PlannedArm, "planned_arm", required: false, ref faults);
        ResultTextChecks.Check(subject.SiteId, "site_id", required: false, ref faults);
        if (refusesBlanksAtTheEnd)
        {
            ResultTextChecks.CheckEnd(subject.SubjectId, "subject_id", ref faults);
            ResultTextChecks.CheckEnd(subject.Arm, "arm", ref faults);
            ResultTextChecks.CheckEnd(subject.PlannedArm, "planned_arm", ref faults);
        }

        if (subject.Sex is < Sex.Unknown or > Sex.Undifferentiated)
        {
            ResultTextChecks.Add(ref faults, FaultCode.SexUnknown, "sex", "sex is none of the known ones.");
        }

        if (!Enum.IsDefined(subject.OnAnticoagulation))
        {
            ResultTextChecks.Add(ref faults, FaultCode.FactUnknown, "on_anticoagulation", "on_anticoagulation is neither yes nor no.");
        }

        if (!Enum.IsDefined(subject.HivInfected))
        {
            ResultTextChecks.Add(ref faults, FaultCode.FactUnknown, "hiv_infected", "hiv_infected is neither yes nor no.");
        }

        CheckDate(subject.BirthDate, "birth_date", ref faults);
        CheckDate(subject.FirstDoseAt, "first_dose_at", ref faults);
        SubjectAttributeChecks.Check(subject.Attributes, ref faults);
        return faults ?? [];
    }

    private static void CheckDate(string text, string field, ref List<Fault>? faults)
    {
        if (text.Length > 0 && !PartialDateTime.TryRead(text, out _, out var fault))
        {
            ResultTextChecks.Add(ref faults, FaultCode.DateMalformed, field, fault!);
        }
    }
}

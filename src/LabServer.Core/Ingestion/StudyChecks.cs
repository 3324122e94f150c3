using LabServer.Core.Grading;

namespace LabServer.Core.Ingestion;

/// <summary>Checks studies before they are registered.</summary>
public static class StudyChecks
{
    private const int MaximumArms = 100;

    /// <summary>Every fault at once; empty: good. Field names are those of the API.</summary>
    /// <param name="study">The study.</param>
    /// <param name="ruleSets">The rule sets there are.</param>
    public static IReadOnlyList<Fault> Check(Study study, IEnumerable<RuleSet> ruleSets)
    {
        List<Fault>? faults = null;
        if (!NameChecks.IsStudyId(study.StudyId))
        {
            ResultTextChecks.Add(ref faults, FaultCode.NameMalformed, "study_id", "study_id must be 1 to 64 letters, digits, '-', '_' or '.'.");
        }

        ResultTextChecks.Check(study.Title, "title", required: false, ref faults);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(study.TimeZone, out _))
        {
            ResultTextChecks.Add(ref faults, FaultCode.TimeZoneUnknown, "time_zone", "time_zone is no IANA time zone.");
        }

        if (study.Arms.Count > MaximumArms || study.Arms.Any(arm => !NameChecks.IsName(arm, ResultChecks.MaxTextLength)))
        {
            ResultTextChecks.Add(
                ref faults, FaultCode.NameMalformed, "arms", "arms must be at most 100 names of 1 to 200 characters without surrounding blanks.");
        }

        return
        [
            .. faults ?? [],
            .. CheckRuleSets(study.RuleSets, ruleSets),
            .. CheckSettings(study.Settings).Select(fault => fault with { Field = "settings." + fault.Field }),
        ];
    }

    /// <summary>Every fault of the settings of a study at once; empty: good.</summary>
    public static IReadOnlyList<Fault> CheckSettings(StudySettings settings)
    {
        List<Fault>? faults = null;
        void Check(bool good, string field, string what)
        {
            if (!good)
            {
                ResultTextChecks.Add(ref faults, FaultCode.SettingInvalid, field, $"{field} {what}");
            }
        }

        Check(Enum.IsDefined(settings.SpoiledSpecimens), "spoiled_specimens", "is none of the known choices.");
        Check(Enum.IsDefined(settings.Fasting), "fasting", "is neither yes nor no.");
        Check(Enum.IsDefined(settings.OnAnticoagulation), "on_anticoagulation", "is neither yes nor no.");
        Check(Enum.IsDefined(settings.HivInfected), "hiv_infected", "is neither yes nor no.");
        Check(settings.NeutralisationCutoff is >= 0 and <= 100, "neutralisation_cutoff", "must be 0 to 100 percent.");
        Check(settings.PanelTolerance is >= 0 and <= 100, "panel_tolerance", "must be 0 to 100 percentage points.");
        return faults ?? [];
    }

    /// <summary>Whether every rule set named is there; a fault for each that is not.</summary>
    public static IReadOnlyList<Fault> CheckRuleSets(IEnumerable<string> named, IEnumerable<RuleSet> ruleSets)
    {
        var known = ruleSets.OrderBy(set => set.Name, StringComparer.Ordinal).ThenBy(set => set.Version).ToList();
        return [.. named.Where(reference => RuleSetReference.Find(known, reference) is null).Select(reference => new Fault(
            FaultCode.RuleSetUnknown, "rule_sets", $"There is no rule set '{reference}'; there are {string.Join(", ", RuleSetReference.Display(known))}."))];
    }
}

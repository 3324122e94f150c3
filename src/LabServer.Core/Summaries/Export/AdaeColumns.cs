using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using Column = LabServer.Core.Summaries.DatasetColumn<LabServer.Core.Summaries.AdaeRow>;

namespace LabServer.Core.Summaries;

/// <summary>ADaM ADAE by column. New columns come last.</summary>
internal static class AdaeColumns
{
    private const string Adsl = "ADaM ADSL";
    private const string Adae = "ADaM ADAE";
    private const string Own = "own";
    private const int Longest = ResultChecks.MaxTextLength;

    public static readonly DatasetDefinition<AdaeRow> Definition = new(
        DatasetKind.Adae, "ADAE", "Adverse Event Analysis Dataset", "one row a row of AE, with the same AESEQ",
        ["STUDYID", "USUBJID", "AESEQ"], needsRuleSet: true,
        [
            Column.Text("STUDYID", "Study Identifier", ResultChecks.MaxStudyIdLength, Adsl, "study", row => row.Event.StudyId),
            Column.Text("USUBJID", "Unique Subject Identifier", Longest, Adsl, "subject", row => row.Event.SubjectId),
            Column.Text("SITEID", "Study Site Identifier", Longest, Adsl, "site", row => row.Subject.SiteId),
            Column.Text("SEX", "Sex", 16, Adsl, "sex", row => CellText.Word(row.Subject.Sex)),
            Column.Text("TRTP", "Planned Treatment", Longest, Adae, "planned arm", row => row.Subject.PlannedArm),
            Column.Text("TRTA", "Actual Treatment", Longest, Adae, "arm", row => row.Subject.Arm),
            Column.Text("SAFFL", "Safety Population Flag", 1, Adsl, "Y: the subject had a first dose, else N", row => row.Subject.FirstDoseAt.Length > 0 ? "Y" : "N"),
            Column.Text("TRTSDT", "Date of First Exposure to Treatment", 40, Adsl, "date of the first dose as sent", row => CellText.Date(row.Subject.FirstDoseAt)),
            Column.Integer("AESEQ", "Sequence Number", Adae, "as in AE", row => row.Event.Sequence),
            Column.Text("AESPID", "Sponsor-Defined Identifier", Longest, Adae, "event id", row => row.Event.EventId),
            Column.Text("AECAT", "Category for Adverse Event", 8, Adae, "GRADED or REPORTED", row => row.Event.Source == EventSource.Graded ? "GRADED" : "REPORTED"),
            Column.Text("AETERM", "Reported Term for the Adverse Event", Longest, Adae, "as in AE", row => row.Event.ReportedTerm),
            Column.Text("AEDECOD", "Dictionary-Derived Term", Longest, Adae, "as in AE", row => row.Event.CodedTerm),
            Column.Text("AEBODSYS", "Body System or Organ Class", Longest, Adae, "as in AE", row => row.Event.SystemOrganClass),
            Column.Text("AESTDTC", "Start Date/Time of Adverse Event", 40, Adae, "as in AE", row => row.Event.Onset),
            Column.Text("ASTDT", "Analysis Start Date", 40, Adae, "date of AESTDTC, as much of it as was sent", row => CellText.Date(row.Event.Onset)),
            Column.Text("ASTDTF", "Analysis Start Date Imputation Flag", 1, Adae, "D or M: day, or month and day, are missing in ASTDT; nothing is imputed", row => Missing(row.Event.Onset)),
            Column.Text("AEENDTC", "End Date/Time of Adverse Event", 40, Adae, "as in AE", row => row.Event.EndedAt),
            Column.Text("AENDT", "Analysis End Date", 40, Adae, "date of AEENDTC, as much of it as was sent", row => CellText.Date(row.Event.EndedAt)),
            Column.Text("AENDTF", "Analysis End Date Imputation Flag", 1, Adae, "as ASTDTF", row => Missing(row.Event.EndedAt)),
            Column.Integer("ASTDY", "Analysis Start Relative Day", Adae, "as AESTDY", row => row.Event.OnsetDays?.Certain),
            Column.Integer("AENDY", "Analysis End Relative Day", Adae, "as AEENDY", row => row.Event.EndDays?.Certain),
            Column.Text("AEENRTPT", "End Relative to Reference Time Point", 7, Adae, "as in AE", row => row.Event.OngoingAt.Length > 0 ? "ONGOING" : ""),
            Column.Text("AEENTPT", "End Reference Time Point", 40, Adae, "as in AE", row => row.Event.OngoingAt),
            Column.Flag("TRTEMFL", "Treatment Emergent Analysis Flag", Adae, "every graded event; a reported one unless it certainly began before the first dose", row => row.TreatmentEmergent),
            Column.Text("AETOXGR", "Standard Toxicity Grade", 1, Adae, "worst grade", row => CellText.Integer(row.Event.Grade)),
            Column.Integer("AETOXGRN", "Standard Toxicity Grade (N)", Adae, "the same as a number", row => row.Event.Grade),
            Column.Text("AESER", "Serious Event", 1, Adae, "as in AE", row => CellText.Word(row.Event.Serious)),
            Column.Text("AEREL", "Causality", 18, Adae, "as in AE", row => EventWords.Word(row.Event.Relatedness)),
            Column.Text("AEOUT", "Outcome of Adverse Event", 32, Adae, "as in AE", row => EventWords.Word(row.Event.Outcome)),
            Column.Text("RVSTATE", "Review State", 12, Own, "whether what AESER, AEREL and AEOUT say is of the event as it is now", row => Word(row.Event.ReviewState)),
            Column.Flag("AOCCFL", "1st Occurrence within Subject Flag", Adae, "first treatment-emergent event", row => row.FirstOfSubject),
            Column.Flag("AOCCSFL", "1st Occurrence of SOC Flag", Adae, "first in the subject's system organ class", row => row.FirstOfClass),
            Column.Flag("AOCCPFL", "1st Occurrence of Preferred Term Flag", Adae, "first of the subject's term, as tables count terms", row => row.FirstOfTerm),
            Column.Flag("AOCCIFL", "1st Max Sev./Int. Occurrence Flag", Adae, "first of the worst grade", row => row.WorstOfSubject),
            Column.Flag("AOCCSIFL", "1st Max Sev./Int. Occur Within SOC Flag", Adae, "the same in the system organ class", row => row.WorstOfClass),
            Column.Flag("AOCCPIFL", "1st Max Sev./Int. Occur Within PT Flag", Adae, "the same in the term; the rows that the incidence table counts", row => row.WorstOfTerm),
        ]);

    private static string Missing(string text) => !PartialDateTime.TryRead(text, out var date, out _) ? "" : date.Precision switch
    {
        DatePrecision.Year => "M",
        DatePrecision.Month => "D",
        _ => "",
    };

    private static string Word(ReviewState state) => state switch
    {
        ReviewState.Reviewed => "REVIEWED",
        ReviewState.Reopened => "REOPENED",
        _ => "NOT REVIEWED",
    };
}

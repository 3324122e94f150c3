using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using Column = LabServer.Core.Summaries.DatasetColumn<LabServer.Core.Summaries.AeRow>;

namespace LabServer.Core.Summaries;

/// <summary>SDTM AE by column, in the order of the standard.</summary>
internal static class AeColumns
{
    private const string Sdtm = "SDTM AE";
    private const int Longest = ResultChecks.MaxTextLength;

    public static readonly DatasetDefinition<AeRow> Definition = new(
        DatasetKind.Ae, "AE", "Adverse Events", "one row an event of the rule set, or a reported event that was not withdrawn",
        ["STUDYID", "USUBJID", "AEDECOD", "AESTDTC", "AESEQ"], needsRuleSet: true,
        [
            Column.Text("STUDYID", "Study Identifier", ResultChecks.MaxStudyIdLength, Sdtm, "study", row => row.StudyId),
            Column.Text("DOMAIN", "Domain Abbreviation", 2, Sdtm, "`AE`", _ => "AE"),
            Column.Text("USUBJID", "Unique Subject Identifier", Longest, Sdtm, "subject", row => row.SubjectId),
            Column.Integer("AESEQ", "Sequence Number", Sdtm, "from 1 in each subject, by onset, source and term", row => row.Sequence),
            Column.Text("AEREFID", "Reference ID", null, Sdtm, "source result id of the onset, or report id", row => row.ReferenceId),
            Column.Text("AESPID", "Sponsor-Defined Identifier", Longest, Sdtm, "event id", row => row.EventId),
            Column.Text("AETERM", "Reported Term for the Adverse Event", Longest, Sdtm, "reported term, or the term of the rule set", row => row.ReportedTerm),
            Column.Text("AEDECOD", "Dictionary-Derived Term", Longest, Sdtm, "coded term, or the term of the rule set; empty: not coded", row => row.CodedTerm),
            Column.Text("AECAT", "Category for Adverse Event", 8, Sdtm, "event source: GRADED or REPORTED", row => row.Source == EventSource.Graded ? "GRADED" : "REPORTED"),
            Column.Text("AEBODSYS", "Body System or Organ Class", Longest, Sdtm, "system organ class", row => row.SystemOrganClass),
            Column.Text("AESER", "Serious Event", 1, Sdtm, "newest review, else the report; empty: not said", row => CellText.Word(row.Serious)),
            Column.Text("AEREL", "Causality", 18, Sdtm, "newest review, else the report", row => EventWords.Word(row.Relatedness)),
            Column.Text("AEOUT", "Outcome of Adverse Event", 32, Sdtm, "newest review, else the report (codelist OUT)", row => EventWords.Word(row.Outcome)),
            Column.Text("AETOXGR", "Standard Toxicity Grade", 1, Sdtm, "worst grade, 1 to 5", row => CellText.Integer(row.Grade)),
            Column.Text("AESTDTC", "Start Date/Time of Adverse Event", 40, Sdtm, "onset as sent, may be partial", row => row.Onset),
            Column.Text("AEENDTC", "End Date/Time of Adverse Event", 40, Sdtm, "end as sent; empty: ongoing, or not known", row => row.EndedAt),
            Column.Integer("AESTDY", "Study Day of Start of Adverse Event", Sdtm, "none where the day is not certain", row => row.OnsetDays?.Certain),
            Column.Integer("AEENDY", "Study Day of End of Adverse Event", Sdtm, "none where the day is not certain", row => row.EndDays?.Certain),
            Column.Text("AEENRTPT", "End Relative to Reference Time Point", 7, Sdtm, "ONGOING for a graded event without an end", row => row.OngoingAt.Length > 0 ? "ONGOING" : ""),
            Column.Text("AEENTPT", "End Reference Time Point", 40, Sdtm, "collection of the last result of that event", row => row.OngoingAt),
        ]);
}

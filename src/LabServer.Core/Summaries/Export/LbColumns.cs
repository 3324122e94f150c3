using LabServer.Core.Ingestion;
using Column = LabServer.Core.Summaries.DatasetColumn<LabServer.Core.Summaries.LbRow>;

namespace LabServer.Core.Summaries;

/// <summary>SDTM LB by column, in the order of the standard.</summary>
internal static class LbColumns
{
    private const string Sdtm = "SDTM LB";
    private const int Longest = ResultChecks.MaxTextLength;

    public static readonly DatasetDefinition<LbRow> Definition = new(
        DatasetKind.Lb, "LB", "Laboratory Test Results", "one row a result that a laboratory sent and that is in force",
        ["STUDYID", "USUBJID", "LBTESTCD", "LBSEQ"], needsRuleSet: false,
        [
            Column.Text("STUDYID", "Study Identifier", ResultChecks.MaxStudyIdLength, Sdtm, "study", row => row.StudyId),
            Column.Text("DOMAIN", "Domain Abbreviation", 2, Sdtm, "`LB`", _ => "LB"),
            Column.Text("USUBJID", "Unique Subject Identifier", Longest, Sdtm, "subject", row => row.SubjectId),
            Column.Integer("LBSEQ", "Sequence Number", Sdtm, "from 1 in each subject, by test, time and sender's id", row => row.Sequence),
            Column.Text("LBREFID", "Specimen ID", Longest, Sdtm, "source result id, as sent", row => row.SourceResultId),
            Column.Text("LBTESTCD", "Lab Test or Examination Short Name", 8, Sdtm, "test code of the catalogue, whatever alias was sent", row => row.TestCode),
            Column.Text("LBTEST", "Lab Test or Examination Name", Longest, Sdtm, "test name of the catalogue", row => row.TestName),
            Column.Text("LBCAT", "Category for Lab Test", Longest, Sdtm, "as sent, else that of the catalogue", row => row.Category),
            Column.Text("LBORRES", "Result or Finding in Original Units", Longest, Sdtm, "as sent", row => row.ReportedValue),
            Column.Text("LBORRESU", "Original Units", Longest, Sdtm, "as sent", row => row.ReportedUnit),
            Column.Text("LBORNRLO", "Reference Range Lower Limit in Orig Unit", Longest, Sdtm, "as sent, else the laboratory's range in force", row => row.ReferenceLow),
            Column.Text("LBORNRHI", "Reference Range Upper Limit in Orig Unit", Longest, Sdtm, "as sent, else the laboratory's range in force", row => row.ReferenceHigh),
            Column.Text("LBSTRESC", "Character Result/Finding in Std Format", Longest, Sdtm, "standard value with the sign of a bound, or the text", row => row.StandardText),
            Column.Number("LBSTRESN", "Numeric Result/Finding in Standard Units", Sdtm, "standard value; none for texts and bounds", row => row.StandardValue),
            Column.Text("LBSTRESU", "Standard Units", 64, Sdtm, "standard unit of the catalogue (UCUM)", row => row.StandardUnit),
            Column.Number("LBSTNRLO", "Reference Range Lower Limit-Std Units", Sdtm, "LBORNRLO in the standard unit", row => row.LowerLimit),
            Column.Number("LBSTNRHI", "Reference Range Upper Limit-Std Units", Sdtm, "LBORNRHI in the standard unit", row => row.UpperLimit),
            Column.Text("LBNRIND", "Reference Range Indicator", 6, Sdtm, "LOW, NORMAL or HIGH by these limits", row => CellText.Word(row.Indicator)),
            Column.Text("LBNAM", "Vendor Name", Longest, Sdtm, "laboratory that sent it", row => row.Laboratory),
            Column.Text("LBSPEC", "Specimen Type", Longest, Sdtm, "as sent, else that of the catalogue where the code needs it", row => row.Specimen),
            Column.Text("LBSPCCND", "Specimen Condition", Longest, Sdtm, "as sent", row => row.SpecimenCondition),
            Column.Text("LBMETHOD", "Method of Test or Examination", Longest, Sdtm, "as sent", row => row.Method),
            Column.Flag("LBLOBXFL", "Last Observation Before Exposure Flag", "SDTM LB (SDTMIG 3.3)", "last gradable result sent, up to the first dose", row => row.IsLastBeforeDose),
            Column.Text("LBFAST", "Fasting Status", 1, Sdtm, "as sent", row => row.Fasting switch { Fasting.Yes => "Y", Fasting.No => "N", _ => "" }),
            Column.Text("LBTOX", "Toxicity", null, Sdtm, "term of LBTOXGR; at grade 0 all terms that gave it", row => row.Toxicity.Term) with { NeedsRuleSet = true },
            Column.Text("LBTOXGR", "Standard Toxicity Grade", 1, Sdtm, "worse grade of both directions; empty: not gradable, or no term", row => row.Toxicity.Grade) with { NeedsRuleSet = true },
            new("VISITNUM", "Visit Number", DatasetColumnType.Number, null, Sdtm, "as sent, where it is a number", row => CellText.Decimal(row.VisitNumber)),
            Column.Text("VISIT", "Visit Name", Longest, Sdtm, "as sent", row => row.Visit),
            Column.Text("LBDTC", "Date/Time of Specimen Collection", 40, Sdtm, "as sent, may be partial", row => row.CollectedAt),
            Column.Integer("LBDY", "Study Day of Specimen Collection", Sdtm, "day 1 is that of the first dose; none where the day is not certain", row => row.StudyDay),
        ]);
}

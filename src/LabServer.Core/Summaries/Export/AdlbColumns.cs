using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using Column = LabServer.Core.Summaries.DatasetColumn<LabServer.Core.Summaries.AdlbRow>;

namespace LabServer.Core.Summaries;

/// <summary>ADaM ADLB by column. The order is a promise: new columns come last.</summary>
internal static class AdlbColumns
{
    private const string Adam = "ADaM BDS";
    private const string Own = "own";
    private const int Longest = ResultChecks.MaxTextLength;

    public static readonly DatasetDefinition<AdlbRow> Definition = new(
        DatasetKind.Adlb, "ADLB", "Laboratory Analysis Dataset", "one row a result in force, derived ones among them",
        ["STUDYID", "USUBJID", "PARAMCD", "ADT", "SRCID"], needsRuleSet: true,
        [
            Column.Text("STUDYID", "Study Identifier", ResultChecks.MaxStudyIdLength, Adam, "study", row => row.StudyId),
            Column.Text("USUBJID", "Unique Subject Identifier", Longest, Adam, "subject", row => row.SubjectId),
            Column.Text("SRCID", "Source Result Identifier", null, Own, "source result id", row => row.SourceResultId),
            Column.Text("PARAMCD", "Parameter Code", 8, Adam, "test code", row => row.TestCode),
            Column.Text("PARAM", "Parameter", Longest, Adam, "test name and standard unit", row => row.TestName),
            Column.Text("AVISIT", "Analysis Visit", Longest, Adam, "visit sent, else that of the visit windows", row => row.Visit),
            Column.Text("ADT", "Analysis Date", 40, Adam, "date of collection as sent, may be partial", row => row.Date),
            Column.Text("ADTM", "Analysis Datetime", 40, Adam, "collection as sent, where it has a time", row => row.DateTime),
            Column.Number("AVAL", "Analysis Value", Adam, "standard value; none for texts and bounds", row => row.Value),
            Column.Text("AVALC", "Analysis Value (C)", Longest, Adam, "reported value as sent", row => row.ValueText),
            Column.Text("AVALU", "Analysis Value Unit", 64, Own, "standard unit", row => row.Unit),
            Column.Number("ANRLO", "Analysis Normal Range Lower Limit", Adam, "lower limit it was judged by, in the standard unit", row => row.LowerLimit),
            Column.Number("ANRHI", "Analysis Normal Range Upper Limit", Adam, "upper limit it was judged by, in the standard unit", row => row.UpperLimit),
            Column.Text("ANRIND", "Analysis Reference Range Indicator", 6, Adam, "LOW, NORMAL or HIGH", row => CellText.Word(row.Indicator)),
            Column.Flag("ABLFL", "Baseline Record Flag", Adam, "the baseline of its series", row => row.IsBaseline),
            Column.Number("BASE", "Baseline Value", Adam, "value of the baseline record", row => row.Baseline),
            Column.Text("BNRIND", "Baseline Reference Range Indicator", 6, Adam, "ANRIND of the baseline record", row => CellText.Word(row.BaselineIndicator)),
            Column.Number("CHG", "Change from Baseline", Adam, "AVAL − BASE, after the first dose", row => row.Change),
            Column.Number("PCHG", "Percent Change from Baseline", Adam, "100 × CHG ÷ \\|BASE\\|; none for a baseline of 0", row => row.PercentChange),
            Column.Text("ATOXDSCL", "Analysis Toxicity Description Low", Longest, Adam, "term of the low direction", row => row.Low.Term),
            Column.Text("ATOXGRL", "Analysis Toxicity Grade Low", 1, Adam, "its grade, 0 to 4; empty: not gradable", row => row.Low.ToString()),
            Column.Text("NGREASL", "Reason Not Gradable Low", 40, Own, "why it has none", row => row.Low.Reason),
            Column.Text("ATOXDSCH", "Analysis Toxicity Description High", Longest, Adam, "term of the high direction", row => row.High.Term),
            Column.Text("ATOXGRH", "Analysis Toxicity Grade High", 1, Adam, "its grade, 0 to 4; empty: not gradable", row => row.High.ToString()),
            Column.Text("NGREASH", "Reason Not Gradable High", 40, Own, "why it has none", row => row.High.Reason),
            Column.Text("ATOXGR", "Analysis Toxicity Grade", 2, Adam, "−g for a low grade g, else the high one; 0 where all are 0", row => row.Grade),
            Column.Text("DTYPE", "Derivation Type", 11, Adam, "CALCULATION: computed by LabServer", row => row.IsDerived ? "CALCULATION" : ""),
            Column.Text("SRCIDS", "Source Result Identifiers of the Inputs", null, Own, "laboratory/id of each input of a derived result", row => row.Inputs),
            Column.Text("AVISITN", "Analysis Visit (N)", Longest, Adam, "number of AVISIT as text, as sent or of the window", row => row.VisitNumber),
            Column.Integer("ADY", "Analysis Relative Day", Adam, "day 1 is that of the first dose; none where the day is not certain", row => row.StudyDay),
            Column.Text("VISITSRC", "Source of the Analysis Visit", 6, Own, "SENT or WINDOW", row => CellText.Word(row.VisitSource)),
            Column.Text("QFLAG", "Quality Flags", Longest, Own, "why it is worth a second look, with `;` between", row => string.Join(';', row.Flags.Select(flag => flag.Word()))),
            Column.Text("TRTP", "Planned Treatment", Longest, Adam, "planned arm", row => row.PlannedArm),
            Column.Text("TRTA", "Actual Treatment", Longest, Adam, "arm", row => row.Arm),
            Column.Flag("SAFFL", "Safety Population Flag", "ADaM ADSL", "the subject had a first dose", row => row.InSafetyPopulation),
        ]);
}

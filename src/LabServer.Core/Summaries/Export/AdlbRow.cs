using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>One row of ADaM ADLB. Null numbers and empty texts are missing values. Numbers are in AVALU.</summary>
public sealed record AdlbRow
{
    /// <summary>STUDYID.</summary>
    public required string StudyId { get; init; }

    /// <summary>USUBJID.</summary>
    public required string SubjectId { get; init; }

    /// <summary>SRCID: the sender's id of the result.</summary>
    public required string SourceResultId { get; init; }

    /// <summary>PARAMCD.</summary>
    public required string TestCode { get; init; }

    /// <summary>PARAM: name and unit.</summary>
    public required string TestName { get; init; }

    /// <summary>AVISIT: the visit sent, or the one whose window holds the study day.</summary>
    public required string Visit { get; init; }

    /// <summary>ADT: the date as sent, without time.</summary>
    public required string Date { get; init; }

    /// <summary>ADTM: as sent, when it has a time.</summary>
    public required string DateTime { get; init; }

    /// <summary>AVAL: null for text, bounds such as <c>&lt;0.5</c>, and values without a number.</summary>
    public required double? Value { get; init; }

    /// <summary>AVALC: as sent.</summary>
    public required string ValueText { get; init; }

    /// <summary>AVALU: standard unit.</summary>
    public required string Unit { get; init; }

    /// <summary>ANRLO.</summary>
    public required double? LowerLimit { get; init; }

    /// <summary>ANRHI.</summary>
    public required double? UpperLimit { get; init; }

    /// <summary>ANRIND.</summary>
    public required RangeIndicator? Indicator { get; init; }

    /// <summary>ABLFL.</summary>
    public required bool IsBaseline { get; init; }

    /// <summary>BASE.</summary>
    public required double? Baseline { get; init; }

    /// <summary>BNRIND.</summary>
    public required RangeIndicator? BaselineIndicator { get; init; }

    /// <summary>Whether it lies after the first dose; CHG and PCHG are given only then.</summary>
    public required bool AfterFirstDose { get; init; }

    /// <summary>Grade of the low direction.</summary>
    public required ToxicityCell Low { get; init; }

    /// <summary>Grade of the high direction.</summary>
    public required ToxicityCell High { get; init; }

    /// <summary>DTYPE: whether LabServer computed it from others.</summary>
    public required bool IsDerived { get; init; }

    /// <summary>SRCIDS: laboratory and id of each input of a derived result; empty for any other.</summary>
    public required string Inputs { get; init; }

    /// <summary>AVISITN as text; empty: none.</summary>
    public string VisitNumber { get; init; } = "";

    /// <summary>VISITSRC: where <see cref="Visit"/> comes from.</summary>
    public VisitSource VisitSource { get; init; }

    /// <summary>ADY: day 1 is the day of the first dose; null where the day is not certain.</summary>
    public int? StudyDay { get; init; }

    /// <summary>QFLAG: why it is worth a second look.</summary>
    public IReadOnlyList<FlagKind> Flags { get; init; } = [];

    /// <summary>TRTP: treatment assigned.</summary>
    public string PlannedArm { get; init; } = "";

    /// <summary>TRTA: treatment received.</summary>
    public string Arm { get; init; } = "";

    /// <summary>SAFFL: whether the subject had a first dose.</summary>
    public bool InSafetyPopulation { get; init; }

    /// <summary>CHG: AVAL − BASE.</summary>
    public double? Change => AfterFirstDose && Value is { } value && Baseline is { } baseline
        ? BaselineChange.Of(value, baseline)
        : null;

    /// <summary>PCHG: 100 · CHG / |BASE|; missing for a baseline of 0.</summary>
    public double? PercentChange => Change is { } change && Baseline is { } baseline ? BaselineChange.Percent(change, baseline) : null;

    /// <summary>
    /// ATOXGR: <c>-g</c> for a low grade of 1 or more, else the high grade of 1 or more; <c>0</c> only where every
    /// direction that has a term is 0; else missing.
    /// </summary>
    public string Grade
    {
        get
        {
            if (Low.Grade is >= 1 and { } low)
            {
                return "-" + ToxicityCell.Text(low);
            }

            if (High.Grade is >= 1 and { } high)
            {
                return ToxicityCell.Text(high);
            }

            var all = new[] { Low, High }.Where(cell => cell.Term.Length > 0).ToList();
            return all.Count > 0 && all.All(cell => cell.Grade == 0) ? "0" : "";
        }
    }
}

/// <summary>Term and grade of one direction (ATOXDSCL and ATOXGRL, or ATOXDSCH and ATOXGRH).</summary>
/// <param name="Term">The term; empty: no term of the rule set looks in this direction.</param>
/// <param name="Grade">0 to 4; null: not gradable.</param>
/// <param name="Reason">Why it is not gradable; empty: graded, or no term.</param>
public readonly record struct ToxicityCell(string Term, int? Grade, string Reason)
{
    /// <summary>No term in this direction.</summary>
    public static ToxicityCell None => new("", null, "");

    /// <summary>The grade as text; empty when not gradable.</summary>
    public override string ToString() => Grade is { } grade ? Text(grade) : "";

    internal static string Text(int grade) => ((char)('0' + grade)).ToString();
}

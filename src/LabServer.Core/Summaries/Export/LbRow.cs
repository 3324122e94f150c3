namespace LabServer.Core.Summaries;

/// <summary>One row of SDTM LB: a result as a laboratory sent it, with what was understood of it.</summary>
internal sealed record LbRow
{
    public required string StudyId { get; init; }

    public required string SubjectId { get; init; }

    /// <summary>LBSEQ: from 1 in each subject, by test and time.</summary>
    public required int Sequence { get; init; }

    public required string SourceResultId { get; init; }

    public required string Laboratory { get; init; }

    public required string TestCode { get; init; }

    public required string TestName { get; init; }

    public required string Category { get; init; }

    public required string Specimen { get; init; }

    public required string SpecimenCondition { get; init; }

    public required string Method { get; init; }

    public required string ReportedValue { get; init; }

    public required string ReportedUnit { get; init; }

    public required string ReferenceLow { get; init; }

    public required string ReferenceHigh { get; init; }

    /// <summary>LBSTRESC: a number in the standard unit, with the sign of a bound, or the text as sent.</summary>
    public required string StandardText { get; init; }

    /// <summary>LBSTRESN; null for texts and bounds.</summary>
    public required double? StandardValue { get; init; }

    /// <summary>LBSTRESU; empty for a text.</summary>
    public required string StandardUnit { get; init; }

    public required double? LowerLimit { get; init; }

    public required double? UpperLimit { get; init; }

    public required RangeIndicator? Indicator { get; init; }

    /// <summary>LBLOBXFL: the last value up to the first dose, of those that laboratories sent.</summary>
    public required bool IsLastBeforeDose { get; init; }

    public required Fasting Fasting { get; init; }

    public required string Visit { get; init; }

    public required string VisitNumber { get; init; }

    public required string CollectedAt { get; init; }

    public required int? StudyDay { get; init; }

    public required ToxicityCell Low { get; init; }

    public required ToxicityCell High { get; init; }

    /// <summary>
    /// LBTOX and LBTOXGR: the worse of both directions, low first; at grade 0 the terms that gave it. Empty unless every
    /// direction with a term was graded, or one of them is 1 or more: not gradable is never 0.
    /// </summary>
    public (string Term, string Grade) Toxicity
    {
        get
        {
            if (Math.Max(Low.Grade ?? 0, High.Grade ?? 0) >= 1)
            {
                var worst = (Low.Grade ?? 0) >= (High.Grade ?? 0) ? Low : High;
                return (worst.Term, worst.ToString());
            }

            var terms = new[] { Low, High }.Where(cell => cell.Term.Length > 0).ToList();
            return terms.Count > 0 && terms.TrueForAll(cell => cell.Grade == 0)
                ? (string.Join("; ", terms.Select(cell => cell.Term)), "0")
                : ("", "");
        }
    }
}

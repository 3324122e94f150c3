namespace LabServer.Core.Ingestion;

/// <summary>Checks results, one by one, without looking at what is on file.</summary>
public static class ResultChecks
{
    /// <summary>Most characters of any text of a result, as in SDTM.</summary>
    public const int MaxTextLength = 200;

    /// <summary>Most characters of a study id.</summary>
    public const int MaxStudyIdLength = 64;

    /// <summary>
    /// Every fault of a result at once, and all that is understood of it. Unknown tests and units are no faults, but
    /// reasons to hold. A text in place of a number (<c>QNS</c>) is no fault either: it is kept, and never graded.
    /// Never throws, whatever was sent.
    /// </summary>
    public static CheckedResult Check(LabResult result, CheckContext context)
    {
        List<Fault>? faults = null;
        CheckTexts(result, ref faults);
        if (context.RefusesBlanksAtTheEnd)
        {
            ResultTextChecks.CheckEnd(result.SourceResultId, "source_result_id", ref faults);
            ResultTextChecks.CheckEnd(result.SubjectId, "subject_id", ref faults);
        }

        CheckMarks(result, ref faults);

        var cancelled = result.Status == ResultStatus.Cancelled;
        var value = ReadValue(result, cancelled, ref faults);
        var test = context.Catalogue.Find(result.TestCode, result.Specimen, result.Category);
        var limitsMayBeText = value.Text is not null || test?.Kind == ValueKind.Coded || cancelled;
        var low = ReadLimit(result.ReferenceLow, "reference_low", limitsMayBeText, ref faults);
        var high = ReadLimit(result.ReferenceHigh, "reference_high", limitsMayBeText, ref faults);
        if (low > high)
        {
            ResultTextChecks.Add(ref faults, FaultCode.RangeInverted, "reference_low", "reference_low is over reference_high.");
        }

        var dates = ResultDateChecks.Check(result, context, ref faults);
        if (faults is not null)
        {
            return new CheckedResult(result, faults);
        }

        var unit = test?.FindUnit(result.ReportedUnit);
        return new CheckedResult(result, [])
        {
            // Without a number there is nothing to convert, so an unknown unit is nothing to wait for.
            HoldReasons = test is null ? HoldReasons.UnknownTest
                : unit is null && value.Number is not null && !cancelled ? HoldReasons.UnknownUnit
                : HoldReasons.None,
            Test = test,
            Unit = unit,
            Value = value,
            StandardValue = cancelled || value.Number is not { } number ? null : unit?.ToStandard(number),
            ReportedRange = new ReferenceRange((double?)low, (double?)high),
            StandardRange = unit is null ? default : new ReferenceRange(Standard(low, unit), Standard(high, unit)),
            CollectedAt = dates.Collected,
            CollectedUs = dates.CollectedUs,
            ResultedAt = dates.Resulted,
        };
    }

    private static double? Standard(decimal? limit, UnitDefinition unit) => limit is { } number ? unit.ToStandard(number) : null;

    private static void CheckTexts(LabResult result, ref List<Fault>? faults)
    {
        ResultTextChecks.Check(result.StudyId, "study_id", required: false, ref faults, MaxStudyIdLength);
        ResultTextChecks.Check(result.Laboratory, "laboratory", required: true, ref faults);
        ResultTextChecks.Check(result.SourceResultId, "source_result_id", required: true, ref faults);
        ResultTextChecks.Check(result.SubjectId, "subject_id", required: true, ref faults);
        ResultTextChecks.Check(result.Specimen, "specimen", required: false, ref faults);
        ResultTextChecks.Check(result.Category, "category", required: false, ref faults);
        ResultTextChecks.Check(result.TestCode, "test_code", required: true, ref faults);
        ResultTextChecks.Check(result.ReportedUnit, "reported_unit", required: false, ref faults);
        ResultTextChecks.Check(result.Visit, "visit", required: false, ref faults);
        ResultTextChecks.Check(result.VisitNumber, "visit_number", required: false, ref faults);
        ResultTextChecks.Check(result.Instrument, "instrument", required: false, ref faults);
        ResultTextChecks.Check(result.Method, "method", required: false, ref faults);
        ResultTextChecks.Check(result.SpecimenCondition, "specimen_condition", required: false, ref faults);
    }

    private static void CheckMarks(LabResult result, ref List<Fault>? faults)
    {
        if (result.Version < 1)
        {
            ResultTextChecks.Add(ref faults, FaultCode.VersionInvalid, "version", "version is under 1.");
        }

        if (result.Status is < ResultStatus.Preliminary or > ResultStatus.Cancelled)
        {
            ResultTextChecks.Add(ref faults, FaultCode.StatusUnknown, "status", "status is none of the known ones.");
        }

        if (result.Fasting is < Fasting.Unspecified or > Fasting.No)
        {
            ResultTextChecks.Add(ref faults, FaultCode.FastingUnknown, "fasting", "fasting is none of the known marks.");
        }
    }

    private static ReportedValue ReadValue(LabResult result, bool cancelled, ref List<Fault>? faults)
    {
        if (!ResultTextChecks.Check(result.ReportedValue, "reported_value", required: !cancelled, ref faults))
        {
            return default;
        }

        // What a cancelled result says is withdrawn, so it may say anything.
        if (ReportedValueReader.Read(result.ReportedValue, out var value) is { } fault && !cancelled)
        {
            ResultTextChecks.Add(ref faults, FaultCode.ValueMalformed, "reported_value", fault);
        }

        return value;
    }

    private static decimal? ReadLimit(string text, string field, bool mayBeText, ref List<Fault>? faults)
    {
        if (!ResultTextChecks.Check(text, field, required: false, ref faults))
        {
            return null;
        }

        if (ReportedValueReader.TryReadNumber(text.AsSpan().Trim(), out var number))
        {
            return number;
        }

        // The range of a coded test may be a word (LBSTNRC); of anything else it bounds numbers. A limit with a
        // qualifier does not say whether the limit itself is normal.
        if (!mayBeText || ReportedValueReader.Read(text, out var value) is not null || value.Number is not null)
        {
            ResultTextChecks.Add(ref faults, FaultCode.RangeMalformed, field, $"{field} is not a plain number.");
        }

        return null;
    }
}

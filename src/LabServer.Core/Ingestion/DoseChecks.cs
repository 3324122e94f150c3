using System.Globalization;

namespace LabServer.Core.Ingestion;

/// <summary>Checks dose records before they are stored.</summary>
public static class DoseChecks
{
    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent;

    /// <summary>Every fault at once; empty: good. Field names are those of the API.</summary>
    /// <param name="dose">What was sent.</param>
    /// <param name="zone">Time zone of the study.</param>
    /// <param name="nowUs">Now, in UTC microseconds; no dose begins later.</param>
    /// <param name="refusesBlanksAtTheEnd">As of <see cref="CheckContext"/>.</param>
    public static IReadOnlyList<Fault> Check(Dose dose, TimeZoneInfo zone, long nowUs, bool refusesBlanksAtTheEnd = false)
    {
        List<Fault>? faults = null;
        ResultTextChecks.Check(dose.SubjectId, "subject_id", required: true, ref faults);
        ResultTextChecks.Check(dose.DoseId, "dose_id", required: true, ref faults);
        if (refusesBlanksAtTheEnd)
        {
            ResultTextChecks.CheckEnd(dose.SubjectId, "subject_id", ref faults);
            ResultTextChecks.CheckEnd(dose.DoseId, "dose_id", ref faults);
        }

        ResultTextChecks.Check(dose.Treatment, "treatment", required: true, ref faults);
        ResultTextChecks.Check(dose.Unit, "unit", required: false, ref faults);
        ResultTextChecks.Check(dose.Visit, "visit", required: false, ref faults);
        ResultTextChecks.Check(dose.VisitNumber, "visit_number", required: false, ref faults);
        if (dose.Amount.Length > 0 && !(double.TryParse(dose.Amount.Trim(), Plain, CultureInfo.InvariantCulture, out var amount)
            && double.IsFinite(amount) && amount >= 0 && dose.Amount.Length <= ResultChecks.MaxTextLength))
        {
            ResultTextChecks.Add(ref faults, FaultCode.DoseMalformed, "amount", "amount is not a number of at least 0.");
        }

        var start = Date(dose.StartAt, "start_at", ref faults);
        var end = Date(dose.EndAt, "end_at", ref faults);
        if (dose.StartAt.Length == 0 && !dose.NotGiven)
        {
            ResultTextChecks.Add(ref faults, FaultCode.FieldMissing, "start_at", "start_at is required, unless the dose was not given.");
        }

        if (start is { } began && began.StartUtc(zone) > nowUs)
        {
            ResultTextChecks.Add(ref faults, FaultCode.DateInFuture, "start_at", "start_at is in the future.");
        }

        if ((start, end) is ({ } first, { } last) && last.EndUtc(zone) < first.StartUtc(zone))
        {
            ResultTextChecks.Add(ref faults, FaultCode.EndBeforeStart, "end_at", "end_at is before start_at.");
        }

        return faults ?? [];
    }

    private static PartialDateTime? Date(string text, string field, ref List<Fault>? faults)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (PartialDateTime.TryRead(text, out var date, out var fault))
        {
            return date;
        }

        ResultTextChecks.Add(ref faults, FaultCode.DateMalformed, field, fault!);
        return null;
    }
}

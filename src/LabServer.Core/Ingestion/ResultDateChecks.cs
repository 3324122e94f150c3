namespace LabServer.Core.Ingestion;

/// <summary>Checks of the dates of a result, by themselves, against the clock and against each other.</summary>
internal static class ResultDateChecks
{
    public static Dates Check(LabResult result, CheckContext context, ref List<Fault>? faults)
    {
        var collected = Read(result.CollectedAt, "collected_at", required: true, ref faults);
        var resulted = Read(result.ResultedAt, "resulted_at", required: false, ref faults);
        var latest = Clock.ToUs(context.Time.GetUtcNow() + context.FutureTolerance);
        var collectedUs = StartOf(collected, "collected_at", latest, context.Zone, ref faults);
        StartOf(resulted, "resulted_at", latest, context.Zone, ref faults);
        if (collected is not null && resulted is { } given && given.EndUtc(context.Zone) < collectedUs)
        {
            ResultTextChecks.Add(ref faults, FaultCode.ResultedBeforeCollected, "resulted_at", "resulted_at is before collected_at.");
        }

        return new Dates(collected.GetValueOrDefault(), collectedUs, resulted);
    }

    private static PartialDateTime? Read(string text, string field, bool required, ref List<Fault>? faults)
    {
        if (!ResultTextChecks.Check(text, field, required, ref faults))
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

    // A partial date is in the future only if the first moment it can mean is.
    private static long StartOf(PartialDateTime? date, string field, long latest, TimeZoneInfo zone, ref List<Fault>? faults)
    {
        if (date is not { } known)
        {
            return 0;
        }

        var start = known.StartUtc(zone);
        if (start > latest)
        {
            ResultTextChecks.Add(ref faults, FaultCode.DateInFuture, field, $"{field} is in the future.");
        }

        return start;
    }

    internal readonly record struct Dates(PartialDateTime Collected, long CollectedUs, PartialDateTime? Resulted);
}

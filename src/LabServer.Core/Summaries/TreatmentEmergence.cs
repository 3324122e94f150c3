namespace LabServer.Core.Summaries;

/// <summary>TRTEMFL of an event that somebody reported.</summary>
internal static class TreatmentEmergence
{
    /// <summary>
    /// Whether the event began on or after the first dose. One that may have begun on either side counts as after it: an
    /// event is better shown than missed.
    /// </summary>
    public static bool MayBe(string onset, string firstDoseAt, TimeZoneInfo zone) =>
        !PartialDateTime.TryRead(onset, out var began, out _)
        || !PartialDateTime.TryRead(firstDoseAt, out var dose, out _)
        || dose.CompareForBaseline(began, zone) != BaselineOrder.After;
}

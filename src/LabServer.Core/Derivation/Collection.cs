namespace LabServer.Core.Derivation;

/// <summary>
/// What makes results of a subject results of one collection: the same time as sent, to the same precision; where there
/// is only a date, the same visit as well. Of a month or a year nobody can say.
/// </summary>
/// <param name="CollectedUs">LBDTC in UTC microseconds.</param>
/// <param name="Precision">How much of it was sent.</param>
/// <param name="Visit">VISIT where there is no time; else empty.</param>
internal readonly record struct Collection(long CollectedUs, DatePrecision Precision, string Visit)
{
    /// <summary>The collection of a result; null: it cannot be told.</summary>
    public static Collection? Of(InputResult result) =>
        PartialDateTime.TryRead(result.Observation.CollectedAt, out var collected, out _) && collected.Precision >= DatePrecision.Day
            ? new Collection(result.Observation.CollectedUs, collected.Precision, collected.HasTime ? "" : result.Sent.Visit)
            : null;
}

namespace LabServer.Core;

/// <summary>
/// A date or date and time in ISO 8601 as SDTM writes it (--DTC), of which the right-hand part may be missing. Equality
/// is that of text and meaning; <see langword="default"/> is no date, has no text, and must not be asked for a time.
/// </summary>
/// <remarks>
/// Without an offset the time is local to the study. A local time that a zone skips (clocks go forward) is read with the
/// offset from before the change, so <c>02:30</c> becomes <c>03:30</c>; one that a zone has twice (clocks go back) is
/// kept as both: <see cref="StartUtc"/> is the earlier, <see cref="EndUtc"/> the later.
/// </remarks>
public readonly record struct PartialDateTime
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    private readonly long _localTicks;
    private readonly short _offsetMinutes;

    internal PartialDateTime(string text, DatePrecision precision, long localTicks, short? offsetMinutes)
    {
        Text = text;
        Precision = precision;
        _localTicks = localTicks;
        _offsetMinutes = offsetMinutes ?? 0;
        HasOffset = offsetMinutes is not null;
    }

    /// <summary>The text as sent, without surrounding blanks.</summary>
    public string Text { get; }

    /// <summary>How much was given.</summary>
    public DatePrecision Precision { get; }

    /// <summary>Whether an offset or <c>Z</c> was given. Without it the time is local to the study.</summary>
    public bool HasOffset { get; }

    /// <summary>Whether there is a time of day, to the minute or finer. An hour alone does not count as one.</summary>
    public bool HasTime => Precision >= DatePrecision.Minute;

    /// <summary>First day it can mean, as written (in its own offset, if it has one).</summary>
    public DateOnly FirstDate => DateOnly.FromDateTime(new DateTime(_localTicks));

    /// <summary>Reads a text. Never throws.</summary>
    /// <param name="text">The text as sent; surrounding blanks do not count.</param>
    /// <param name="value">What was read; <see langword="default"/> when there is a fault.</param>
    /// <param name="fault">What is wrong, as a sentence for a person. Null when it could be read.</param>
    /// <returns>Whether it could be read.</returns>
    public static bool TryRead(string? text, out PartialDateTime value, out string? fault)
    {
        fault = PartialDateTimeReader.Read(text, out value);
        return fault is null;
    }

    /// <summary>First microsecond it can mean, since 1970-01-01T00:00Z.</summary>
    /// <param name="zone">Time zone of the study; looked at only where no offset was given.</param>
    public long StartUtc(TimeZoneInfo zone) => ToUtc(_localTicks, zone, latest: false);

    /// <summary>Last microsecond it can mean, itself included, since 1970-01-01T00:00Z.</summary>
    /// <inheritdoc cref="StartUtc"/>
    public long EndUtc(TimeZoneInfo zone) => ToUtc(EndLocalTicks(), zone, latest: true);

    /// <summary>
    /// Whether this is at or before <paramref name="reference"/>: by time where both have one, else by date, so that a
    /// result of the day of the first dose counts as before it when either time is missing. Times compare as written, with
    /// missing seconds as 0; of a time that a zone has twice the earlier counts. Dates are those of the zone.
    /// </summary>
    public BaselineOrder CompareForBaseline(PartialDateTime reference, TimeZoneInfo zone)
    {
        if (HasTime && reference.HasTime)
        {
            return StartUtc(zone) <= reference.StartUtc(zone) ? BaselineOrder.AtOrBefore : BaselineOrder.After;
        }

        var (first, last) = Days(zone);
        var (referenceFirst, referenceLast) = reference.Days(zone);
        if (last <= referenceFirst)
        {
            return BaselineOrder.AtOrBefore;
        }

        return first > referenceLast ? BaselineOrder.After : BaselineOrder.Uncertain;
    }

    /// <summary>First and last day it can mean in a zone.</summary>
    public (DateOnly First, DateOnly Last) Days(TimeZoneInfo zone)
    {
        var shift = HasOffset ? zone.GetUtcOffset(new DateTime(_localTicks - OffsetTicks, DateTimeKind.Utc)).Ticks - OffsetTicks : 0;
        return (DateOnly.FromDateTime(new DateTime(_localTicks + shift)), DateOnly.FromDateTime(new DateTime(EndLocalTicks() + shift)));
    }

    /// <inheritdoc/>
    public override string ToString() => Text ?? "";

    private long OffsetTicks => _offsetMinutes * TimeSpan.TicksPerMinute;

    private long EndLocalTicks()
    {
        var start = new DateTime(_localTicks);
        var next = Precision switch
        {
            DatePrecision.Year => start.AddYears(1).Ticks,
            DatePrecision.Month => start.AddMonths(1).Ticks,
            DatePrecision.Day => _localTicks + TimeSpan.TicksPerDay,
            DatePrecision.Hour => _localTicks + TimeSpan.TicksPerHour,
            DatePrecision.Minute => _localTicks + TimeSpan.TicksPerMinute,
            DatePrecision.Second => _localTicks + TimeSpan.TicksPerSecond,
            _ => _localTicks + TicksPerMicrosecond,
        };

        return next - TicksPerMicrosecond;
    }

    private long ToUtc(long localTicks, TimeZoneInfo zone, bool latest)
    {
        var offset = HasOffset ? OffsetTicks : ZoneOffset(localTicks, zone, latest);
        return (localTicks - offset - DateTime.UnixEpoch.Ticks) / TicksPerMicrosecond;
    }

    private static long ZoneOffset(long localTicks, TimeZoneInfo zone, bool latest)
    {
        if (zone.Equals(TimeZoneInfo.Utc))
        {
            return 0;
        }

        var local = new DateTime(localTicks, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            // No zone skips more than a day, so a day earlier is before the change.
            return zone.GetUtcOffset(local.AddDays(-1)).Ticks;
        }

        if (!zone.IsAmbiguousTime(local))
        {
            return zone.GetUtcOffset(local).Ticks;
        }

        var offsets = zone.GetAmbiguousTimeOffsets(local);
        var offset = offsets[0];
        foreach (var other in offsets)
        {
            // The larger offset from UTC is the earlier instant.
            offset = latest == (other < offset) ? other : offset;
        }

        return offset.Ticks;
    }
}

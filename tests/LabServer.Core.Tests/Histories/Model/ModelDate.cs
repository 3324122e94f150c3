using System.Globalization;
using System.Text.RegularExpressions;

namespace LabServer.Core.Tests.Histories;

/// <summary>Where a collection lies against the first dose.</summary>
internal enum Placed
{
    /// <summary>The subject was not dosed.</summary>
    NotDosed,

    /// <summary>Certainly at or before the dose.</summary>
    Before,

    /// <summary>After it, or perhaps after it.</summary>
    After,
}

/// <summary>A date as the model reads it, for studies whose zone has one offset all year.</summary>
/// <param name="StartUs">First microsecond it can mean, UTC.</param>
/// <param name="FirstDay">First day it can mean in the zone of the study.</param>
/// <param name="LastDay">Last day.</param>
/// <param name="HasTime">Given to the minute or finer.</param>
/// <param name="HasDay">Given to the day or finer.</param>
internal sealed partial record ModelDate(long StartUs, DateOnly FirstDay, DateOnly LastDay, bool HasTime, bool HasDay)
{
    public static ModelDate? Read(string text, int zoneMinutes)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var parts = Form().Match(text);
        Assert.True(parts.Success, $"the model does not know the date {text}");
        int? Part(string name) => parts.Groups[name].Success ? int.Parse(parts.Groups[name].Value, CultureInfo.InvariantCulture) : null;

        var start = new DateTime(
            Part("year")!.Value, Part("month") ?? 1, Part("day") ?? 1, Part("hour") ?? 0, Part("minute") ?? 0, Part("second") ?? 0);
        var end = Part("second") is not null ? start.AddSeconds(1)
            : Part("minute") is not null ? start.AddMinutes(1)
            : Part("hour") is not null ? start.AddHours(1)
            : Part("day") is not null ? start.AddDays(1)
            : Part("month") is not null ? start.AddMonths(1)
            : start.AddYears(1);
        var offset = parts.Groups["offset"].Value is not { Length: > 0 } written ? zoneMinutes
            : written == "Z" ? 0
            : (written[0] == '-' ? -1 : 1) * (int)TimeSpan.ParseExact(written[1..], "hh\\:mm", CultureInfo.InvariantCulture).TotalMinutes;
        var utc = start.AddMinutes(-offset);
        return new ModelDate(
            (utc - DateTime.UnixEpoch).Ticks / 10,
            DateOnly.FromDateTime(utc.AddMinutes(zoneMinutes)),
            DateOnly.FromDateTime(end.AddTicks(-1).AddMinutes(zoneMinutes - offset)),
            Part("minute") is not null,
            Part("day") is not null);
    }

    /// <summary>By time where both have one, else by date; what may be on either side counts as after.</summary>
    public Placed Against(ModelDate? dose)
    {
        if (dose is null)
        {
            return Placed.NotDosed;
        }

        var before = HasTime && dose.HasTime ? StartUs <= dose.StartUs : LastDay <= dose.FirstDay;
        return before ? Placed.Before : Placed.After;
    }

    [GeneratedRegex(@"^(?<year>\d{4})(-(?<month>\d\d)(-(?<day>\d\d)(T(?<hour>\d\d)(:(?<minute>\d\d)(:(?<second>\d\d))?)?(?<offset>Z|[+-]\d\d:\d\d)?)?)?)?$")]
    private static partial Regex Form();
}

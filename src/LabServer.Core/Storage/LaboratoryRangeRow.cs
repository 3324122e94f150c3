using System.Globalization;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>A range as it is stored: ages and limits are columns, which the record holds as one thing each.</summary>
internal sealed record LaboratoryRangeRow
{
    public long RangeKey { get; init; }

    public long LaboratoryKey { get; init; }

    public string Laboratory { get; init; } = "";

    public long Version { get; init; }

    public long Position { get; init; }

    public long TestKey { get; init; }

    public string Test { get; init; } = "";

    public long Sex { get; init; }

    public long? AgeFrom { get; init; }

    public long AgeFromUnit { get; init; }

    public long? AgeTo { get; init; }

    public long AgeToUnit { get; init; }

    public string Method { get; init; } = "";

    public string EffectiveFrom { get; init; } = "";

    public string EffectiveTo { get; init; } = "";

    public string Low { get; init; } = "";

    public long LowInclusive { get; init; }

    public string High { get; init; } = "";

    public long HighInclusive { get; init; }

    public string Unit { get; init; } = "";

    public static LaboratoryRangeRow Of(LaboratoryRange range, long laboratoryKey, long testKey) => new()
    {
        LaboratoryKey = laboratoryKey,
        TestKey = testKey,
        Sex = (int)(range.Sex ?? Core.Sex.Unknown),
        AgeFrom = range.AgeFrom?.Age,
        AgeFromUnit = (int)(range.AgeFrom?.Unit ?? 0),
        AgeTo = range.AgeTo?.Age,
        AgeToUnit = (int)(range.AgeTo?.Unit ?? 0),
        Method = range.Method,
        EffectiveFrom = range.EffectiveFrom is { } from ? LaboratoryRange.Iso(from) : "",
        EffectiveTo = range.EffectiveTo is { } to ? LaboratoryRange.Iso(to) : "",
        Low = range.Low?.ToString(CultureInfo.InvariantCulture) ?? "",
        LowInclusive = range.LowInclusive ? 1 : 0,
        High = range.High?.ToString(CultureInfo.InvariantCulture) ?? "",
        HighInclusive = range.HighInclusive ? 1 : 0,
        Unit = range.Unit,
    };

    public LaboratoryRange ToRange() => new()
    {
        RangeKey = RangeKey,
        Test = Test,
        Sex = Sex == 0 ? null : (Sex)Sex,
        AgeFrom = AgeFrom is { } from ? new AgeBound(Comparison.AtLeast, (int)from, (AgeUnit)AgeFromUnit) : null,
        AgeTo = AgeTo is { } to ? new AgeBound(Comparison.Below, (int)to, (AgeUnit)AgeToUnit) : null,
        Method = Method,
        EffectiveFrom = Day(EffectiveFrom),
        EffectiveTo = Day(EffectiveTo),
        Low = Limit(Low),
        LowInclusive = LowInclusive != 0,
        High = Limit(High),
        HighInclusive = HighInclusive != 0,
        Unit = Unit,
    };

    private static DateOnly? Day(string text) =>
        text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal? Limit(string text) =>
        text.Length == 0 ? null : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}

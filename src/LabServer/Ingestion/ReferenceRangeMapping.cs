using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using LabServer.Core;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using V1 = LabServer.Api.V1;

namespace LabServer.Ingestion;

/// <summary>Between the wire and the domain. Units of ages, sexes and reasons have the same numbers on both sides.</summary>
internal static class ReferenceRangeMapping
{
    public static SentRange ToSent(V1.ReferenceRange message) => new()
    {
        TestCode = message.TestCode,
        Sex = (Sex)message.Sex,
        AgeFrom = message.HasAgeFrom ? message.AgeFrom : null,
        AgeFromUnit = (AgeUnit)message.AgeFromUnit,
        AgeTo = message.HasAgeTo ? message.AgeTo : null,
        AgeToUnit = (AgeUnit)message.AgeToUnit,
        Method = message.Method,
        EffectiveFrom = message.EffectiveFrom,
        EffectiveTo = message.EffectiveTo,
        Low = message.Low,
        LowInclusive = !message.HasLowInclusive || message.LowInclusive,
        High = message.High,
        HighInclusive = !message.HasHighInclusive || message.HighInclusive,
        Unit = message.Unit,
    };

    public static V1.ReferenceRange ToMessage(LaboratoryRange range)
    {
        var message = new V1.ReferenceRange
        {
            TestCode = range.Test,
            Sex = (V1.Sex)(range.Sex ?? Sex.Unknown),
            AgeFromUnit = (V1.AgeUnit)(range.AgeFrom?.Unit ?? 0),
            AgeToUnit = (V1.AgeUnit)(range.AgeTo?.Unit ?? 0),
            Method = range.Method,
            EffectiveFrom = Day(range.EffectiveFrom),
            EffectiveTo = Day(range.EffectiveTo),
            Low = Number(range.Low),
            LowInclusive = range.LowInclusive,
            High = Number(range.High),
            HighInclusive = range.HighInclusive,
            Unit = range.Unit,
        };
        if (range.AgeFrom is { } from)
        {
            message.AgeFrom = from.Age;
        }

        if (range.AgeTo is { } to)
        {
            message.AgeTo = to.Age;
        }

        return message;
    }

    public static V1.RangeFault ToMessage(RangeFault fault)
    {
        var message = new V1.RangeFault { Position = fault.Position, Fault = Faults.ToMessage(fault.Fault) };
        if (fault.Other is { } other)
        {
            message.OtherPosition = other;
        }

        return message;
    }

    public static V1.RegisteredRange ToMessage(RegisteredRange registered) => new()
    {
        Laboratory = registered.Laboratory,
        Version = registered.Version,
        Range = ToMessage(registered.Range),
    };

    public static V1.ReferenceRangeVersion ToMessage(RangeVersion version) => new()
    {
        Laboratory = version.Laboratory,
        Version = version.Version,
        ImportedAt = Clock.FromUs(version.ImportedUs).ToTimestamp(),
        ImportedBy = version.ImportedBy,
        Reason = version.Reason,
        Ranges = (int)version.Ranges,
        InForce = version.Version == version.InForce,
        Applications =
        {
            version.Applications.Select(applied => new V1.RangeApplication
            {
                AppliedAt = Clock.FromUs(applied.AppliedUs).ToTimestamp(),
                AppliedBy = applied.AppliedBy,
                Reason = applied.Reason,
            }),
        },
    };

    public static V1.OutdatedRange ToMessage(OutdatedRange outdated) => new()
    {
        Laboratory = outdated.Laboratory,
        TestCode = outdated.Test,
        Reason = (V1.OutdatedReason)outdated.Reason,
        Range = outdated.Range is { } range ? ToMessage(range) : null,
        Version = outdated.Version,
        Results = outdated.Results,
        LastCollectedAt = outdated.LastCollectedAt,
    };

    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Number(decimal? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? "";
}

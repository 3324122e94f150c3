using LabServer.Core.Grading;

namespace LabServer.Core.Ingestion;

/// <summary>Reads one range as sent.</summary>
internal static class LaboratoryRangeReader
{
    // Nobody is older; what is more is a slip of the pen, and the calendar ends somewhere.
    private const int OldestInYears = 200;

    // Limits stay within what a decimal holds in any unit of the test.
    private const double Largest = 1e27;

    /// <summary>The range; null when it has a fault, all of which are added.</summary>
    public static LaboratoryRange? Read(SentRange sent, TestCatalogue catalogue, ref List<Fault>? faults)
    {
        var before = faults?.Count ?? 0;
        var test = ReadTest(sent.TestCode, catalogue, ref faults);
        if (sent.Sex is not (Sex.Unknown or Sex.Male or Sex.Female))
        {
            ResultTextChecks.Add(ref faults, FaultCode.SexUnknown, "sex", "sex must be male or female, or missing for everyone.");
        }

        var ageFrom = ReadAge(sent.AgeFrom, sent.AgeFromUnit, Comparison.AtLeast, "age_from", ref faults);
        var ageTo = ReadAge(sent.AgeTo, sent.AgeToUnit, Comparison.Below, "age_to", ref faults);
        ResultTextChecks.Check(sent.Method, "method", required: false, ref faults);
        var from = ReadDay(sent.EffectiveFrom, "effective_from", ref faults);
        var to = ReadDay(sent.EffectiveTo, "effective_to", ref faults);
        if (from >= to)
        {
            ResultTextChecks.Add(ref faults, FaultCode.IntervalEmpty, "effective_to", "effective_to must be later than effective_from: it is the first day on which the range does not hold any more.");
        }

        if (ageFrom is not null && ageTo is not null && !AgeOverlap.LeavesAnybody([ageFrom, ageTo], null, null))
        {
            ResultTextChecks.Add(ref faults, FaultCode.IntervalEmpty, "age_to", "Nobody is of that age: age_to must be more than age_from, and is not included.");
        }

        var unit = test is null ? null : ReadUnit(sent.Unit, test, ref faults);
        var low = ReadLimit(sent.Low, "low", test, unit, ref faults);
        var high = ReadLimit(sent.High, "high", test, unit, ref faults);
        CheckLimits(sent, low, high, ref faults);
        return (faults?.Count ?? 0) > before ? null : new LaboratoryRange
        {
            Test = test!.Key,
            Sex = sent.Sex == Sex.Unknown ? null : sent.Sex,
            AgeFrom = ageFrom,
            AgeTo = ageTo,
            Method = sent.Method.Trim(),
            EffectiveFrom = from,
            EffectiveTo = to,
            Low = low,
            LowInclusive = sent.LowInclusive || low is null,
            High = high,
            HighInclusive = sent.HighInclusive || high is null,
            Unit = unit!.Code,
        };
    }

    private static TestDefinition? ReadTest(string code, TestCatalogue catalogue, ref List<Fault>? faults)
    {
        if (!ResultTextChecks.Check(code, "test_code", required: true, ref faults))
        {
            return null;
        }

        if ((catalogue.FindKey(code.Trim()) ?? catalogue.Find(code)) is { } test)
        {
            return test;
        }

        ResultTextChecks.Add(ref faults, FaultCode.TestUnknown, "test_code", "The catalogue has no such test.");
        return null;
    }

    private static UnitDefinition? ReadUnit(string text, TestDefinition test, ref List<Fault>? faults)
    {
        ResultTextChecks.Check(text, "unit", required: false, ref faults);
        var unit = test.FindUnit(text);
        if (unit is null)
        {
            var known = test.Units.Count == 0 ? "no unit" : string.Join(", ", test.Units.Select(known => known.Code));
            ResultTextChecks.Add(ref faults, FaultCode.UnitUnknown, "unit", $"{test.Key} is not known in that unit; it has {known}.");
        }

        return unit;
    }

    private static AgeBound? ReadAge(int? age, AgeUnit unit, Comparison comparison, string field, ref List<Fault>? faults)
    {
        var knownUnit = Enum.IsDefined(unit);
        if (age is not { } number)
        {
            if (knownUnit)
            {
                ResultTextChecks.Add(ref faults, FaultCode.FieldMissing, field, $"{field} is missing, and has a unit.");
            }

            return null;
        }

        if (!knownUnit)
        {
            ResultTextChecks.Add(ref faults, FaultCode.FieldMissing, $"{field}_unit", $"{field}_unit must be years, months or days.");
            return null;
        }

        var most = OldestInYears * (unit switch { AgeUnit.Days => 366, AgeUnit.Months => 12, _ => 1 });
        if (number >= 0 && number <= most)
        {
            return new AgeBound(comparison, number, unit);
        }

        ResultTextChecks.Add(ref faults, FaultCode.AgeInvalid, field, $"{field} must be from 0 to {OldestInYears} years.");
        return null;
    }

    private static DateOnly? ReadDay(string text, string field, ref List<Fault>? faults)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (PartialDateTime.TryRead(text, out var value, out var fault) && value.Precision == DatePrecision.Day)
        {
            return value.FirstDate;
        }

        ResultTextChecks.Add(ref faults, FaultCode.DateMalformed, field, fault ?? $"{field} must be a day, such as 2021-03-05.");
        return null;
    }

    private static decimal? ReadLimit(string text, string field, TestDefinition? test, UnitDefinition? unit, ref List<Fault>? faults)
    {
        if (!ResultTextChecks.Check(text, field, required: false, ref faults))
        {
            return null;
        }

        var smallest = test is null || test.Units.Count == 0 ? 1m : test.Units.Min(known => known.Factor);
        if (ReportedValueReader.TryReadNumber(text.AsSpan().Trim(), out var number)
            && Math.Abs((double)number) * (double)(unit?.Factor ?? 1m) / (double)Math.Min(smallest, 1m) < Largest)
        {
            return number;
        }

        ResultTextChecks.Add(ref faults, FaultCode.RangeMalformed, field, $"{field} is not a plain number; whether the limit itself is normal is said by {field}_inclusive.");
        return null;
    }

    private static void CheckLimits(SentRange sent, decimal? low, decimal? high, ref List<Fault>? faults)
    {
        if (string.IsNullOrWhiteSpace(sent.Low) && string.IsNullOrWhiteSpace(sent.High))
        {
            ResultTextChecks.Add(ref faults, FaultCode.FieldMissing, "low", "A range has a low limit, a high limit or both.");
        }

        if (low > high)
        {
            ResultTextChecks.Add(ref faults, FaultCode.RangeInverted, "low", "low is over high.");
        }
        else if (low is not null && low == high && !(sent.LowInclusive && sent.HighInclusive))
        {
            ResultTextChecks.Add(ref faults, FaultCode.RangeInverted, "low", "low and high are the same, and not both normal: no value is.");
        }
    }
}

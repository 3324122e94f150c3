using System.Globalization;

namespace LabServer.Core.Tests.Histories;

internal sealed partial class HistoryGenerator
{
    private static readonly string[] Texts = ["QNS", "NEGATIVE", "CLOTTED", "SEE COMMENT"];
    private static readonly string[] Methods = ["", "", "IFCC", "ifcc ", "JAFFE"];
    private static readonly string[] Conditions = ["HEMOLYZED", "SLIGHTLY HAEMOLYSED", "NOT HEMOLYZED", "LIPEMIC", "ICTERIC, CLOTTED"];

    private LabResult Result(string? test = null)
    {
        var shape = test is null ? Pick(_tests) : TestShape.All.First(entry => entry.Test == test);
        var text = Chance(3) && shape.Test != "INR" ? UnknownUnit : Pick(ModelUnits.TextsOf(shape.Test));
        var unit = ModelUnits.Find(shape.Test, text) ?? ModelUnits.Find(shape.Test, ModelUnits.TextsOf(shape.Test)[0])!;
        var (low, high) = (Limit(shape.Low, unit), Limit(shape.High, unit));
        var limits = _random.Next(100);
        var again = Chance(15) && _newest.Count > 0 ? Pick(_newest) : null;
        var laboratory = Pick(Laboratories);
        return new LabResult
        {
            StudyId = Support.TestStudy.StudyId,
            Laboratory = laboratory,
            SourceResultId = NewId(laboratory),
            SubjectId = Chance(94) ? First : Second,
            TestCode = shape.Test,
            ReportedValue = Value(shape, unit, low, high),
            ReportedUnit = text,
            ReferenceLow = limits < 85 ? Digits.Text(low) : "",
            ReferenceHigh = limits is < 80 or >= 95 ? Digits.Text(high) : "",
            Method = Pick(Methods),
            CollectedAt = again?.CollectedAt ?? Collected(),
            Status = Chance(8) ? ResultStatus.Preliminary : ResultStatus.Final,
            SpecimenCondition = Chance(10) ? Pick(Conditions) : "",
            Fasting = Pick([Fasting.Unspecified, Fasting.Yes, Fasting.No]),
        };
    }

    // Two laboratories may give the same id.
    private string NewId(string laboratory)
    {
        var others = Chance(10) ? _newest.Find(result => !_newest.Exists(one => one.Laboratory == laboratory && one.SourceResultId == result.SourceResultId)) : null;
        return others?.SourceResultId ?? string.Create(CultureInfo.InvariantCulture, $"{_number}/{++_ids}");
    }

    private string WithNewValue(LabResult result)
    {
        var shape = TestShape.All.First(entry => entry.Test == result.TestCode);
        var unit = ModelUnits.Find(result.TestCode, result.ReportedUnit) ?? ModelUnits.Find(result.TestCode, ModelUnits.TextsOf(result.TestCode)[0])!;
        return Value(shape, unit, Digits.Read(result.ReferenceLow) ?? shape.Low, Digits.Read(result.ReferenceHigh) ?? shape.High);
    }

    private decimal Limit(decimal usual, ModelUnit unit) => Short(usual * (decimal)(0.9 + (0.2 * _random.NextDouble())) / unit.Factor);

    private string Value(TestShape shape, ModelUnit unit, decimal low, decimal high)
    {
        if (Chance(4))
        {
            return Pick(Texts);
        }

        var value = _random.Next(10) switch
        {
            0 or 1 => Short(low + ((high - low) * (decimal)_random.NextDouble())),
            2 => Short(high * (decimal)Math.Exp(3.2 * _random.NextDouble())),
            3 => Short(low * (decimal)Math.Exp(-2.5 * _random.NextDouble())),
            4 or 5 when shape.Published.Length > 0 => Nudge(PublishedNumber(shape, unit)),
            6 when Own(shape.Test, unit) is { } own => Nudge(own * Pick(TestShape.Factors)),
            7 => Nudge(low * Pick(TestShape.Factors)),
            8 when shape.Test == "HGB" => Nudge(high + (Pick([20m, 40m]) / unit.Factor)),
            _ => Nudge(high * Pick(TestShape.Factors)),
        };
        // A tiny step keeps its digits; what conversion made long is cut, so that its double and its text round alike.
        value = Digits.Round(value, 6) == Digits.Round(value, 15) ? Digits.Round(value, 17) : Digits.Round(value, 12);
        return (Chance(14) ? Pick(["<", "<=", ">", ">="]) : "") + Digits.Text(value);
    }

    // Of an earlier result of the test: what may become the baseline.
    private decimal? Own(string test, ModelUnit unit)
    {
        var earlier = _newest.FindAll(result => result.TestCode == test && ModelUnits.Find(test, result.ReportedUnit) is not null
            && decimal.TryParse(result.ReportedValue, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        return earlier.Count == 0 ? null
            : Pick(earlier) is var one ? Digits.Read(one.ReportedValue)!.Value * ModelUnits.Find(test, one.ReportedUnit)!.Factor / unit.Factor
            : null;
    }

    private decimal PublishedNumber(TestShape shape, ModelUnit unit)
    {
        var (name, numbers) = Pick(shape.Published);
        return Pick(numbers) * ModelUnits.Named(shape.Test, name).Factor / unit.Factor;
    }

    // On it, just beside it, or beside it by less than 15 digits show.
    private decimal Nudge(decimal number) => _random.Next(12) switch
    {
        < 5 => number,
        < 8 => number + (number * 0.0001m),
        < 11 => number - (number * 0.0001m),
        _ when Digits.Round(number, 6) == number => number + (number * 0.0000000000000002m),
        _ => number,
    };

    private static decimal Short(decimal number)
    {
        var places = 3;
        for (var size = Math.Abs(number); size >= 10 && places > 0; size /= 10)
        {
            places--;
        }

        return Math.Round(number, number < 1 ? 4 : places);
    }

    private string Dose() => Chance(45) ? Day(_dose) : Chance(80) ? Day(_dose) + "T" + Time() + Offset() : Chance(50) ? Day(_dose)[..7] : Day(_dose) + "T09";

    private string Collected()
    {
        var day = Day(_dose.AddDays(Chance(20) ? 0 : _random.Next(-20, 35)));
        return _random.Next(100) switch
        {
            < 42 => day,
            < 80 => day + "T" + Time(),
            < 86 => day + "T" + Time() + Offset(),
            < 90 => day + "T0" + (char)('0' + _random.Next(10)),
            < 97 => day[..7],
            _ => day[..4],
        };
    }

    // Few, so that moments meet.
    private string Time() => Pick(["07:30", "09:00", "09:00:30", "15:45", "23:59"]);

    private string Offset() => Pick(["", "", "Z", "+02:00", "-05:00", "+08:00"]);

    private string BirthDate() => _random.Next(10) switch
    {
        < 4 => "1961-07-15",
        < 5 => "1961-07",
        < 6 => "",
        < 7 => Day(_dose.AddDays(-_random.Next(0, 90))),
        < 8 => Day(_dose.AddYears(-_random.Next(1, 20)).AddDays(_random.Next(-3, 4))),
        < 9 => Day(_dose.AddDays(_random.Next(0, 20))),
        _ => Day(_dose.AddDays(-Pick([1, 2, 7, 8, 21, 22, 28, 29, 35, 36, 56, 57]))),
    };

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

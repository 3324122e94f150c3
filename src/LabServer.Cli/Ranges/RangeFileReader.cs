using System.Globalization;
using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Ranges;

/// <summary>Reads ranges from columns named as the fields of the wire. Only the test is a column that must be there.</summary>
internal sealed class RangeFileReader(CsvFile file)
{
    private readonly int _test = file.RequiredPosition("test_code");

    /// <summary>The rows of the file, faulty ones with their faults.</summary>
    public IEnumerable<RangeRow> Read() => file.Rows().Select(row =>
    {
        var faults = new List<RowFault>();
        if (row.Fault is not null)
        {
            return new RangeRow(row.Line, new ReferenceRange(), [new RowFault(row.Line, "", "ROW_MALFORMED", row.Fault)]);
        }

        var range = new ReferenceRange
        {
            TestCode = row[_test].Trim(),
            Sex = Word(row, "sex", Sexes, faults),
            AgeFromUnit = Word(row, "age_from_unit", AgeUnits, faults),
            AgeToUnit = Word(row, "age_to_unit", AgeUnits, faults),
            Method = Text(row, "method"),
            EffectiveFrom = Text(row, "effective_from"),
            EffectiveTo = Text(row, "effective_to"),
            Low = Text(row, "low"),
            LowInclusive = Word(row, "low_inclusive", Truths, faults),
            High = Text(row, "high"),
            HighInclusive = Word(row, "high_inclusive", Truths, faults),
            Unit = Text(row, "unit"),
        };
        if (Age(row, "age_from", faults) is { } from)
        {
            range.AgeFrom = from;
        }

        if (Age(row, "age_to", faults) is { } to)
        {
            range.AgeTo = to;
        }

        return new RangeRow(row.Line, range, faults);
    });

    private static Dictionary<string, Sex> Sexes { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = Sex.Unspecified,
        ["M"] = Sex.Male,
        ["MALE"] = Sex.Male,
        ["F"] = Sex.Female,
        ["FEMALE"] = Sex.Female,
    };

    private static Dictionary<string, AgeUnit> AgeUnits { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = AgeUnit.Unspecified,
        ["DAYS"] = AgeUnit.Days,
        ["MONTHS"] = AgeUnit.Months,
        ["YEARS"] = AgeUnit.Years,
    };

    private static Dictionary<string, bool> Truths { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = true,
        ["TRUE"] = true,
        ["Y"] = true,
        ["FALSE"] = false,
        ["N"] = false,
    };

    private string Text(CsvRow row, string column) => row[file.Position(column)].Trim();

    private T Word<T>(CsvRow row, string column, Dictionary<string, T> words, List<RowFault> faults)
    {
        var text = Text(row, column);
        if (!words.TryGetValue(text, out var value))
        {
            var known = string.Join(", ", words.Keys.Where(word => word.Length > 0));
            faults.Add(new RowFault(row.Line, column, "WORD_UNKNOWN", $"{text} is none of {known}."));
        }

        return value!;
    }

    private int? Age(CsvRow row, string column, List<RowFault> faults)
    {
        var text = Text(row, column);
        if (text.Length == 0)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var age))
        {
            return age;
        }

        faults.Add(new RowFault(row.Line, column, "AGE_INVALID", $"{text} is not a whole number of years, months or days."));
        return null;
    }
}

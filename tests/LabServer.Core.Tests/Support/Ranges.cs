using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Tests.Support;

/// <summary>Ranges of a laboratory as a table has them: <c>ALT | F | 18 years | 65 years | IFCC | 2021-01-01 | 2022-01-01 | 5 | 40 | U/L</c>.</summary>
internal static class Ranges
{
    /// <summary>Reads test, sex, age from, age to, method, effective from and to, low, high and unit. A limit in brackets is not normal itself.</summary>
    public static SentRange Sent(string row)
    {
        var cells = row.Split('|', StringSplitOptions.TrimEntries);
        var (ageFrom, ageFromUnit) = Age(cells[2]);
        var (ageTo, ageToUnit) = Age(cells[3]);
        return new SentRange
        {
            TestCode = cells[0],
            Sex = cells[1] switch { "M" => Sex.Male, "F" => Sex.Female, "UN" => Sex.Undifferentiated, _ => Sex.Unknown },
            AgeFrom = ageFrom,
            AgeFromUnit = ageFromUnit,
            AgeTo = ageTo,
            AgeToUnit = ageToUnit,
            Method = cells[4],
            EffectiveFrom = cells[5],
            EffectiveTo = cells[6],
            Low = cells[7].Trim('(', ')'),
            LowInclusive = !cells[7].StartsWith('('),
            High = cells[8].Trim('(', ')'),
            HighInclusive = !cells[8].StartsWith('('),
            Unit = cells[9],
        };
    }

    /// <summary>The faults of rows by themselves.</summary>
    public static IReadOnlyList<RangeFault> Faults(params string[] rows) =>
        LaboratoryRangeChecks.Check([.. rows.Select(Sent)], TestCatalogue.Default, []).Faults;

    /// <summary>Checked rows, keyed from 1 in their order.</summary>
    public static IReadOnlyList<LaboratoryRange> Good(params string[] rows)
    {
        var good = LaboratoryRangeChecks.Check([.. rows.Select(Sent)], TestCatalogue.Default, []);
        Assert.Empty(good.Faults);
        return [.. good.Ranges.Select((range, i) => range with { RangeKey = i + 1 })];
    }

    /// <summary>The ranges of laboratory 1.</summary>
    public static StudyRanges OfLaboratory1(params string[] rows) => new(Good(rows).Select(range => (1L, range)));

    /// <summary>Imports a set as the next version.</summary>
    public static async Task<RangeImport> Import(this TestStudy study, bool apply, params string[] rows) =>
        (await study.Ranges.Import(
            study.Study,
            new RangeImportRequest(
                TestStudy.Laboratory, study.Ranges.Newest(study.Study.StudyKey, TestStudy.Laboratory).Version, Good(rows), apply, "tester", "test"),
            CancellationToken.None))!;

    /// <summary>Puts a version in force.</summary>
    public static async Task<RangeApplication> Apply(this TestStudy study, int version) =>
        (await study.Ranges.Apply(study.Study, TestStudy.Laboratory, version, "tester", "test", CancellationToken.None))!;

    private static (int? Age, AgeUnit Unit) Age(string cell) => cell.Split(' ') is [var number, var unit]
        ? (int.Parse(number, System.Globalization.CultureInfo.InvariantCulture), Enum.Parse<AgeUnit>(unit, ignoreCase: true))
        : (null, 0);
}

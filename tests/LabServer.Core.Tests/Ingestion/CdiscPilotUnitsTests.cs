using System.Globalization;
using System.IO.Compression;
using LabServer.Core.Ingestion;
using LabServer.Core.Tests.Support;
using Xunit.Abstractions;

namespace LabServer.Core.Tests.Ingestion;

/// <summary>The catalogue against the laboratory file of the CDISC pilot: 59,580 results, converted by its sponsor.</summary>
public sealed class CdiscPilotUnitsTests(ITestOutputHelper output)
{
    private const string File = "data/cdisc-pilot/lb.csv.gz";

    /// <summary>Tests whose standard unit is not the pilot's, and why.</summary>
    private static readonly SortedDictionary<string, string> OtherUnitByChoice = new(StringComparer.Ordinal)
    {
        ["HGB"] = "g/L, not mmol/L: the unit criteria, reference ranges and the trial use",
        ["MCH"] = "pg, not fmol(Fe): in line with hemoglobin in g/L",
        ["MCHC"] = "g/L, not mmol/L: in line with hemoglobin in g/L",
    };

    [SharedDataFact(File)]
    public void PilotRow_OfAnyTest_HasTestAndUnit()
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        var rows = 0;
        foreach (var row in Rows())
        {
            rows++;
            if (row.Test?.FindUnit(row.Unit) is null)
            {
                unknown.Add($"{row.Code} in {row.Category} reported in '{row.Unit}'");
            }
        }

        Assert.Equal(59_580, rows);
        Assert.Empty(unknown);
    }

    [SharedDataFact(File)]
    public void PilotRow_WhoseStandardUnitIsOurs_HasTheSameStandardValue()
    {
        var wrong = new List<string>();
        var otherUnit = new SortedSet<string>(StringComparer.Ordinal);
        var compared = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in Rows())
        {
            if (row.StandardValue.Length == 0)
            {
                continue;
            }

            if ((UnitNames.Canonical(row.StandardUnit) ?? "1") != (row.Test!.StandardUnit ?? "1"))
            {
                otherUnit.Add(row.Code);
                continue;
            }

            compared[row.Code] = compared.GetValueOrDefault(row.Code) + 1;
            Assert.Null(ReportedValueReader.Read(row.Value, out var value));
            var ours = row.Test.FindUnit(row.Unit)!.ToStandard(value.Number!.Value);
            if (!SameAsPrinted(ours, row.StandardValue))
            {
                wrong.Add($"{row.Code} {row.Value} {row.Unit}: {ours:R}, printed {row.StandardValue} {row.StandardUnit}");
            }
        }

        output.WriteLine($"{compared.Values.Sum()} values of {compared.Count} tests are the pilot's. Other unit by choice:");
        foreach (var (code, reason) in OtherUnitByChoice)
        {
            output.WriteLine($"  {code}: {reason}");
        }

        Assert.Empty(wrong);
        Assert.Equal(OtherUnitByChoice.Keys, otherUnit);
        Assert.Equal(47 - OtherUnitByChoice.Count - 1, compared.Count); // COLOR has no numbers.
    }

    [SharedDataFact(File)]
    public void PilotRow_SentAsAResult_HasNoFaultAndIsNotHeld()
    {
        var context = new CheckContext(new FixedTime("2026-01-01T00:00:00Z"), TimeZoneInfo.Utc, TestCatalogue.Default);
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        var texts = 0;
        foreach (var row in Rows())
        {
            var found = ResultChecks.Check(row.Result, context);
            texts += found.Value.Text is null ? 0 : 1;
            if (found.IsRejected || found.HoldReasons != HoldReasons.None)
            {
                wrong.Add($"{row.Code}: {found.HoldReasons} {string.Join(", ", found.Faults)}");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(874, texts); // COLOR, all of them N.
    }

    // To the precision printed: both as decimals of 15 significant digits, ours rounded to the places the file has.
    private static bool SameAsPrinted(double ours, string printed)
    {
        var theirs = decimal.Parse(printed, NumberStyles.Float, CultureInfo.InvariantCulture);
        return decimal.Round((decimal)ours, theirs.Scale, MidpointRounding.AwayFromZero) == theirs;
    }

    private static IEnumerable<PilotRow> Rows()
    {
        using var file = System.IO.File.OpenRead(SharedData.PathOf(File)!);
        using var unzipped = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        // The file has no quoted fields, so a comma is always a separator.
        var header = unzipped.ReadLine()!.Split(',');
        int Column(string name) => Array.IndexOf(header, name);
        var (code, category, value, unit, number, standardUnit) =
            (Column("LBTESTCD"), Column("LBCAT"), Column("LBORRES"), Column("LBORRESU"), Column("LBSTRESN"), Column("LBSTRESU"));
        var (subject, sequence, low, high, collected) =
            (Column("USUBJID"), Column("LBSEQ"), Column("LBORNRLO"), Column("LBORNRHI"), Column("LBDTC"));
        while (unzipped.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            var test = TestCatalogue.Default.Find(cells[code], null, cells[category]);
            var result = new LabResult
            {
                Laboratory = "CENTRAL",
                SourceResultId = $"{cells[subject]}/{cells[sequence]}",
                SubjectId = cells[subject],
                TestCode = cells[code],
                Category = cells[category],
                ReportedValue = cells[value],
                ReportedUnit = cells[unit],
                ReferenceLow = cells[low],
                ReferenceHigh = cells[high],
                CollectedAt = cells[collected],
            };
            yield return new PilotRow(cells[code], cells[category], cells[value], cells[unit], cells[number], cells[standardUnit], test, result);
        }
    }

    private sealed record PilotRow(string Code, string Category, string Value, string Unit, string StandardValue, string StandardUnit, TestDefinition? Test, LabResult Result);
}

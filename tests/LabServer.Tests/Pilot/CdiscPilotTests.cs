using LabServer.Tests.Support;

namespace LabServer.Tests.Pilot;

/// <summary>The CDISC pilot's 59,580 results after their whole way, against figures taken straight from the files.</summary>
[Collection(PilotShared.Name)]
public sealed partial class CdiscPilotTests(PilotStudy pilot)
{
    private const int Results = 59_580;

    [SharedDataFact(PilotStudy.LbFile)]
    public void Import_DmAndEx_RegistersEverySubject()
    {
        Assert.Equal(306, pilot.ImportCounts["created"]);
        Assert.Equal(0, pilot.ImportCounts["rejected"]);
    }

    [SharedDataFact(PilotStudy.LbFile)]
    public void Push_WholeFile_EveryRowIsAcceptedHeldOrRejected()
    {
        Assert.Equal(Results, pilot.FirstPush["accepted"] + pilot.FirstPush["held"] + pilot.FirstPush["rejected"]);
        Assert.Equal(Results, pilot.FirstPush["rows"]);
    }

    [SharedDataFact(PilotStudy.LbFile)]
    public void Push_WholeFileAgain_EveryRowIsADuplicateOfWhatTheFirstPushMadeOfIt()
    {
        Assert.Equal(Results, pilot.SecondPush["duplicate"]);
        Assert.Equal(pilot.FirstPush["held"], pilot.SecondPush["duplicateOfHeld"]);
        Assert.Equal(pilot.FirstPush["rejected"], pilot.SecondPush["duplicateOfRejected"]);
    }

    [SharedDataFact(PilotStudy.LbFile)]
    public void Adlb_EveryResult_IsOneRowWithItsOwnId()
    {
        Assert.Equal(Results, pilot.Adlb.Count);
        Assert.Equal(
            pilot.Sent.Select(row => $"{row["USUBJID"]}/{row["LBSEQ"]}").Order(StringComparer.Ordinal),
            pilot.Adlb.Select(row => row["SRCID"]).Order(StringComparer.Ordinal));
    }

    [SharedDataFact(PilotStudy.LbFile)]
    public void GradingRun_FullAfterIncrementalUnderAllFourSets_FindsNoDifference() =>
        Assert.Equal(0, pilot.FullRun["differences"]);

    [SharedDataTheory(PilotStudy.LbFile)]
    [InlineData("ctcae-4.03")]
    [InlineData("ctcae-5.0")]
    [InlineData("ctcae-6.0")]
    [InlineData("daids-2.1")]
    public async Task Adlb_EveryRowWithATerm_HasEitherAGradeOrAReason(string ruleSet)
    {
        var terms = 0;
        foreach (var row in await pilot.Export(ruleSet))
        {
            terms += Check(row, "ATOXDSCL", "ATOXGRL", "NGREASL") + Check(row, "ATOXDSCH", "ATOXGRH", "NGREASH");
        }

        Assert.True(terms > 30_000, $"{terms} cells have a term.");

        static int Check(Dictionary<string, string> row, string term, string grade, string reason)
        {
            var has = row[term].Length > 0;
            Assert.True(has == (row[grade].Length > 0 ^ row[reason].Length > 0) && (has || row[reason].Length == 0), $"{row["SRCID"]}: {term} '{row[term]}', '{row[grade]}', '{row[reason]}'");
            return has ? 1 : 0;
        }
    }

    [SharedDataFact(PilotStudy.LbFile)]
    public void Adlb_TestsThatCtcaeGrades_HaveTheirTermInEveryRow()
    {
        foreach (var (test, term) in new[]
        {
            ("ALT", "Alanine aminotransferase increased"), ("AST", "Aspartate aminotransferase increased"), ("CK", "CPK increased"),
            ("K", "Hyperkalemia"), ("SODIUM", "Hypernatremia"), ("URATE", "Hyperuricemia"),
        })
        {
            var rows = pilot.Adlb.Where(row => row["PARAMCD"] == test).ToList();
            Assert.Equal(pilot.Sent.Count(row => row["LBTESTCD"] == test), rows.Count);
            Assert.All(rows, row => Assert.Equal(term, row["ATOXDSCH"]));
        }
    }

    /// <summary>CTCAE 4.03: ALT and AST over 3 × ULN are grade 2 or worse, creatine kinase over 2.5 × ULN.</summary>
    [SharedDataTheory(PilotStudy.LbFile)]
    [InlineData("ALT", "3.0")]
    [InlineData("AST", "3.0")]
    [InlineData("CK", "2.5")]
    public void Adlb_SubjectsOverAMultipleOfUlnAfterTheFirstDose_AreThoseOfTheFile(string test, string timesUln)
    {
        var expected = pilot.Sent
            .Where(row => row["LBTESTCD"] == test && IsAfterFirstDose(row["USUBJID"], row["LBDTC"])
                && PilotStudy.Number(row["LBORRES"]) > PilotStudy.Number(timesUln) * PilotStudy.Number(row["LBORNRHI"]))
            .Select(row => row["USUBJID"]);

        var graded = pilot.Adlb
            .Where(row => row["PARAMCD"] == test && IsAfterFirstDose(row["USUBJID"], row["ADT"]) && PilotStudy.Number(row["ATOXGRH"]) >= 2)
            .Select(row => row["USUBJID"])
            .ToList();

        Assert.NotEmpty(graded);
        Assert.Equal(expected.Distinct().Order(StringComparer.Ordinal), graded.Distinct().Order(StringComparer.Ordinal));
    }

    [SharedDataFact(PilotStudy.LbFile)]
    public void Adlb_EverySeriesWithANumberUpToTheFirstDose_HasItsLastOneAsTheOneBaseline()
    {
        var expected = pilot.Sent
            .Where(row => PilotStudy.Number(row["LBORRES"]) is not null && !IsAfterFirstDose(row["USUBJID"], row["LBDTC"]))
            .GroupBy(row => (row["USUBJID"], row["LBTESTCD"], row["LBCAT"]))
            .Select(series => series.MaxBy(row => row["LBDTC"], StringComparer.Ordinal)!)
            .Select(row => $"{row["USUBJID"]}/{row["LBSEQ"]}");

        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            pilot.Adlb.Where(row => row["ABLFL"] == "Y").Select(row => row["SRCID"]).Order(StringComparer.Ordinal));
    }

    [SharedDataFact(PilotStudy.LbFile)]
    public void Adlb_RangeIndicators_AreThoseTheReportedLimitsGive()
    {
        var sent = pilot.Sent.ToDictionary(row => $"{row["USUBJID"]}/{row["LBSEQ"]}");
        var compared = 0;
        foreach (var row in pilot.Adlb)
        {
            var raw = sent[row["SRCID"]];
            if (PilotStudy.Number(raw["LBORRES"]) is { } value && PilotStudy.Number(raw["LBORNRLO"]) is { } low && PilotStudy.Number(raw["LBORNRHI"]) is { } high)
            {
                Assert.Equal((row["SRCID"], value < low ? "LOW" : value > high ? "HIGH" : "NORMAL"), (row["SRCID"], row["ANRIND"]));
                compared++;
            }
        }

        Assert.True(compared > 50_000, $"{compared} rows have a number and both limits.");
    }

    [SharedDataFact(PilotStudy.LbFile)]
    public void Adlb_ChangeFromBaseline_IsTheDifferenceToTheBaselineRecord()
    {
        // A count computed from its percentage is the baseline of the counts sent later, so derived rows are looked at too.
        var baselines = pilot.Adlb.Concat(pilot.Derived).Where(row => row["ABLFL"] == "Y").ToDictionary(row => (row["USUBJID"], row["PARAMCD"], row["PARAM"]), row => row["AVAL"]);
        var changes = 0;
        foreach (var row in pilot.Adlb)
        {
            var baseline = baselines.GetValueOrDefault((row["USUBJID"], row["PARAMCD"], row["PARAM"]), "");
            Assert.Equal((row["SRCID"], baseline), (row["SRCID"], row["BASE"]));
            var expected = IsAfterFirstDose(row["USUBJID"], row["ADT"]) ? PilotStudy.Number(row["AVAL"]) - PilotStudy.Number(baseline) : null;
            Assert.Equal((row["SRCID"], expected), (row["SRCID"], PilotStudy.Number(row["CHG"])));
            changes += expected is null ? 0 : 1;
        }

        Assert.True(changes > 40_000, $"{changes} rows have a change.");
    }

    /// <summary>
    /// Against calcium in mmol/L and albumin in g/L as the file's standard values have them. Reported in mg/dL and g/dL, it
    /// is computed in those, so the two agree to the hundredth that 0.8 mg/dL and 0.2 mmol/L differ by.
    /// </summary>
    [SharedDataFact(PilotStudy.LbFile)]
    public void Adlb_CorrectedCalcium_IsThereForEveryDrawWithCalciumAndAlbumin()
    {
        var albumin = Standard("ALB").ToLookup(row => (row["USUBJID"], row["LBDTC"]), row => PilotStudy.Number(row["LBSTRESN"])!.Value);
        var expected = Standard("CA")
            .Where(row => albumin[(row["USUBJID"], row["LBDTC"])].Any())
            .ToDictionary(
                row => $"CACORR:CENTRAL/{row["USUBJID"]}/{row["LBSEQ"]}",
                row => PilotStudy.Number(row["LBSTRESN"])!.Value + (0.02m * (40m - albumin[(row["USUBJID"], row["LBDTC"])].Last())));

        var derived = pilot.Derived.Where(row => row["PARAMCD"] == "CACORR").ToDictionary(row => row["SRCID"], row => PilotStudy.Number(row["AVAL"])!.Value);

        Assert.True(expected.Count > 1_800, $"{expected.Count} draws have both.");
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), derived.Keys.Order(StringComparer.Ordinal));
        Assert.All(derived, row => Assert.InRange(row.Value - expected[row.Key], -0.01m, 0.01m));
        Assert.All(pilot.Derived.Where(row => row["PARAMCD"] == "CACORR"), row => Assert.True(row["ATOXGRL"].Length > 0 && row["ATOXGRH"].Length > 0, row["SRCID"]));
    }

    private IEnumerable<Dictionary<string, string>> Standard(string test) =>
        pilot.Sent.Where(row => row["LBTESTCD"] == test && PilotStudy.Number(row["LBSTRESN"]) is not null);

    private bool IsAfterFirstDose(string subject, string date) => string.CompareOrdinal(date[..10], pilot.FirstDose[subject]) > 0;
}

using System.Globalization;
using LabServer.Core.Access;
using LabServer.Core.Summaries;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Summaries;

/// <summary>
/// What the trial measures of lungs and legs goes the way of any laboratory result: sent under the names and units that
/// sites use, and out again as a biomarker of arms A (subjects 01 to 03) and B (11, 12) in the unit of the catalogue.
/// </summary>
public sealed class FunctionalMeasurementTests
{
    [Theory]
    // Test sent, its unit, values of A and B; unit and median of A and B that come out.
    [InlineData("CTLESION", "%", "12.5 30 18.0", "40 20", "%", "18 30")]
    [InlineData("CTLESION", "1", "0.125 0.3 0.18", "0.4 0.2", "%", "18 30")]
    [InlineData("6MWD", "m", "420 480 455", "400 430", "m", "455 415")]
    [InlineData("6MWT", "km", "0.42 0.48 0.455", "0.4 0.43", "m", "455 415")]
    [InlineData("6MWDPP", "%", "70.5 82 77.1", "68 71", "%", "77.1 69.5")]
    [InlineData("20150-9", "L", "2.10 3.05 2.80", "2.5 2.7", "L", "2.8 2.6")]
    [InlineData("FEV1", "mL", "2100 3050 2800", "2500 2700", "L", "2.8 2.6")]
    [InlineData("FEV1PCT", "%", "81 96 88", "79 83", "%", "88 81")]
    [InlineData("VCMAX", "L", "3.1 4.2 3.7", "3.3 3.5", "L", "3.7 3.4")]
    [InlineData("VCPP", "%", "81 96 88", "79 83", "%", "88 81")]
    [InlineData("PAO2/FIO2", "mmHg", "210 320 285", "190 250", "mm[Hg]", "285 220")]
    [InlineData("P/F", "kPa", "20 40 30", "20 30", "mm[Hg]", "225.0186 187.5155")]
    public async Task Tabulate_MeasurementAsSitesSendIt_HasNumbersOfBothArmsInTheStandardUnit(
        string test, string unit, string a, string b, string standardUnit, string medians)
    {
        await using var study = await SmallTables.Study(["01", "02", "03"], ["11", "12"]);
        await Push(study, [.. Subjects("01 02 03", a), .. Subjects("11 12", b)], (test, unit));

        Assert.Equal($"{standardUnit}: {medians}", Medians(study, test));
    }

    [Fact]
    public async Task Tabulate_PercentOfPredictedAndOxygenationIndexOfTheirInputs_AreComputedAndSummarised()
    {
        await using var study = await SmallTables.Study(["01", "02", "03"], ["11", "12"]);
        await study.Register([.. study.Subjects.List(study.Study.StudyKey, ArmSight.Unblinded, "", 10).Select(subject => subject with { Sex = Sex.Male, BirthDate = "1961-01-01" })]);
        await Push(study, [.. Subjects("01 02 03", "459 573.75 229.5"), .. Subjects("11 12", "459 229.5")], ("SIXMWD", "m"));
        await Push(study, [.. Subjects("01 02 03 11 12", "175 175 175 175 175")], ("HEIGHT", "cm"));
        await Push(study, [.. Subjects("01 02 03 11 12", "80 80 80 80 80")], ("WEIGHT", "kg"));
        await Push(study, [.. Subjects("01 02 03", "80 100 60"), .. Subjects("11 12", "60 80")], ("PAO2", "mmHg"));
        await Push(study, [.. Subjects("01 02 03", "0.4 0.4 0.3"), .. Subjects("11 12", "0.6 0.4")], ("FIO2", "1"));

        // Predicted at 60 years, 175 cm and 80 kg: 7.57 × 175 − 5.02 × 60 − 1.76 × 80 − 309 = 573.75 m.
        Assert.Equal("%: 80 60", Medians(study, "SIXMWPP"));
        Assert.Equal("mm[Hg]: 200 150", Medians(study, "PO2FIO2"));
    }

    private static IEnumerable<(string Subject, string Value)> Subjects(string subjects, string values) => subjects.Split(' ').Zip(values.Split(' '));

    private static async Task Push(TestStudy study, (string Subject, string Value)[] values, (string Test, string Unit) sent)
    {
        var outcomes = await study.Push([.. values.Select(entry => TestStudy.Alt($"{sent.Test}/{entry.Subject}", entry.Value, "2021-03-08", entry.Subject) with
        {
            TestCode = sent.Test,
            ReportedUnit = sent.Unit,
            ReferenceLow = "",
            ReferenceHigh = "",
            Visit = "MONTH 1",
        })]);
        Assert.All(outcomes, outcome => Assert.Equal(Core.Ingestion.Disposition.Accepted, outcome.Disposition));
        await study.Grade();
    }

    private static string Medians(TestStudy study, string test)
    {
        var values = new AnalysisValues(study.Database, study.Catalogue);
        var definition = values.FindTest(test)!;
        var table = values.Tabulate(
            study.Study, definition, ArmSight.Unblinded, "", [], (own, arms, subjects) => BiomarkerTable.Of(own, arms, subjects, new BiomarkerOptions())).Whole;
        var visit = Assert.Single(table.Visits);
        Assert.Equal(["3/0", "2/0"], visit.Arms.Select(arm => FormattableString.Invariant($"{arm.Summary.N}/{arm.Missing}")));
        return $"{definition.StandardUnit}: {string.Join(' ', visit.Arms.Select(arm => Math.Round(arm.Summary.Median!.Value, 6).ToString(CultureInfo.InvariantCulture)))}";
    }
}

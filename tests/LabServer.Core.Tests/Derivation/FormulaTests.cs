namespace LabServer.Core.Tests.Derivation;

/// <summary>Each formula against numbers computed by hand; the computation stands behind each row. Empty: nothing is derived.</summary>
public sealed class FormulaTests
{
    [Theory]
    [InlineData("2.05 mmol/L", "30 g/L", "2.25 mmol/L")] // 2.05 + 0.02 × 10
    [InlineData("2.05 mmol/L", "3.0 g/dL", "2.25 mmol/L")] // albumin 30 g/L
    [InlineData("2.40 mmol/L", "45 g/L", "2.3 mmol/L")] // 2.40 − 0.02 × 5
    [InlineData("2050 umol/L", "30 g/L", "2.25 mmol/L")] // calcium 2.05 mmol/L
    [InlineData("8.0 mg/dL", "2.5 g/dL", "9.2 mg/dL")] // 8.0 + 0.8 × 1.5
    [InlineData("8.0 mg/dL", "25 g/L", "9.2 mg/dL")] // albumin 2.5 g/dL
    [InlineData("8.0 mg/dL", "40 g/L", "8 mg/dL")] // nothing to correct
    [InlineData("<1.0 mmol/L", "30 g/L", "")] // a bound is no value
    [InlineData("2.05 mmol/L", "<10 g/L", "")]
    [InlineData("2.05 mmol/L", "0 g/L", "")] // no albumin is that low
    [InlineData("QNS mmol/L", "30 g/L", "")]
    public void CorrectedCalcium_Table(string calcium, string albumin, string expected) =>
        Assert.Equal(expected, new Given().With("CA", calcium).With("ALB", albumin).Derive("CACORR"));

    [Theory]
    [InlineData("NEUT", "NEUTLE", "6.0 10*9/L", "45 %", "2.7 10*9/L")] // 6.0 × 0.45
    [InlineData("LYM", "LYMLE", "6.0 10*3/uL", "0.45 1", "2.7 10*3/uL")] // in the unit of the leukocytes
    [InlineData("EOS", "EOSLE", "5.0 10*9/L", "0 %", "0 10*9/L")]
    [InlineData("BASO", "BASOLE", "5.0 10*9/L", "<1 %", "<0.05 10*9/L")] // 5.0 × under 0.01
    [InlineData("MONO", "MONOLE", "<0.5 10*9/L", "40 %", "<0.2 10*9/L")] // under 0.5 × 0.4
    [InlineData("NEUT", "NEUTLE", "4.0 10*9/L", ">=80 %", ">=3.2 10*9/L")]
    [InlineData("NEUT", "NEUTLE", "<=0.5 10*9/L", "<40 %", "<0.2 10*9/L")] // two bounds of one direction, one strict
    [InlineData("NEUT", "NEUTLE", "<0.5 10*9/L", ">90 %", "")] // two of opposite directions say nothing
    [InlineData("NEUT", "NEUTLE", "<0.5 10*9/L", "0 %", "")]
    [InlineData("NEUT", "NEUTLE", "6.0 10*9/L", "150 %", "")] // no share
    public void AbsoluteCount_OfLeukocytes_Table(string test, string share, string leukocytes, string percent, string expected) =>
        Assert.Equal(expected, new Given().With("WBC", leukocytes).With(share, percent).Derive(test));

    [Theory]
    [InlineData("CD4", "1.5 10*9/L", "40 %", "600 /uL")] // 1500 × 0.4
    [InlineData("CD19", "1500 /uL", "0.1 1", "150 /uL")]
    [InlineData("CD56", "<0.2 10*9/L", "10 %", "<20 /uL")]
    public void AbsoluteCount_OfLymphocytes_Table(string test, string lymphocytes, string percent, string expected) =>
        Assert.Equal(expected, new Given().With("LYM", lymphocytes).With(test + "PCT", percent).Derive(test));

    [Theory]
    [InlineData("600 /uL", "300 /uL", "2")]
    [InlineData("0.5 10*9/L", "300 /uL", "1.66666666666667")] // 500 / 300 to 15 digits
    [InlineData("<50 /uL", "500 /uL", "<0.1")]
    [InlineData("600 /uL", "<300 /uL", ">2")] // over a smaller number it is larger
    [InlineData("<50 /uL", ">=500 /uL", "<0.1")]
    [InlineData("<50 /uL", "<500 /uL", "")]
    [InlineData("600 /uL", "0 /uL", "")]
    public void CellRatio_OfCounts_Table(string cd4, string cd8, string expected) =>
        Assert.Equal(expected, new Given().With("CD4", cd4).With("CD8", cd8).Derive("CD4CD8"));

    [Fact]
    public void CellRatio_OfPercentages_OnlyWhereThereAreNoCounts()
    {
        var percentages = new Given().With("CD4PCT", "40 %").With("CD8PCT", "25 %");
        Assert.Equal("1.6", percentages.Derive("CD4CD8"));

        // 1500 × 0.4 = 600 and 1500 × 0.25 = 375, both derived: the ratio is of these counts.
        var derived = percentages.With("LYM", "1.5 10*9/L").Of("CD4CD8").Single();
        Assert.Equal(("1.6", "CD4CD8:(derived)/CD4:CENTRAL/CD4PCT"), (derived.Value.ReportedValue, derived.SourceResultId));
        Assert.Equal("600 / 375 = 1.6", derived.Value.Computation);
    }

    [Theory]
    [InlineData(Sex.Male, "1960-05-10", "1.0 mg/dL", "2021-05-09", "88.8888888888889 mL/min")] // 60 years: 80 × 80 / 72
    [InlineData(Sex.Male, "1960-05-10", "1.0 mg/dL", "2021-05-10", "87.7777777777778 mL/min")] // 61 from the birthday on: 79 × 80 / 72
    [InlineData(Sex.Female, "1960-05-10", "1.0 mg/dL", "2021-05-09", "75.5555555555556 mL/min")] // × 0.85
    [InlineData(Sex.Male, "1960-05-10", "88.4 umol/L", "2021-05-09T08:00", "88.8888888888889 mL/min")] // 1.0 mg/dL
    [InlineData(Sex.Male, "2003-05-10", "1.0 mg/dL", "2021-05-09", "")] // 17 years
    [InlineData(Sex.Male, "2003-05-09", "1.0 mg/dL", "2021-05-09", "135.555555555556 mL/min")] // 18 years: 122 × 80 / 72
    [InlineData(Sex.Unknown, "1960-05-10", "1.0 mg/dL", "2021-05-09", "")]
    [InlineData(Sex.Undifferentiated, "1960-05-10", "1.0 mg/dL", "2021-05-09", "")]
    [InlineData(Sex.Male, "", "1.0 mg/dL", "2021-05-09", "")]
    [InlineData(Sex.Male, "1960-05-10", "0 mg/dL", "2021-05-09", "")]
    [InlineData(Sex.Male, "1960-05-10", "1.0 mg/dL", "2021-04-30", "")] // weighed only the day after
    [InlineData(Sex.Male, "1960-05-10", "1.0 mg/dL", "2021-05", "")] // the day is not known
    public void CreatinineClearance_OfEightyKilograms_Table(Sex sex, string birthDate, string creatinine, string at, string expected)
    {
        var given = new Given { Sex = sex, BirthDate = birthDate.Length > 0 ? DateOnly.ParseExact(birthDate, "yyyy-MM-dd", null) : null };

        Assert.Equal(expected, given.With("WEIGHT", "80 kg", "2021-05-01").With("CREAT", creatinine, at).Derive("CREATCLR"));
    }

    [Fact]
    public void CreatinineClearance_SeveralWeights_TakesTheLastUpToTheDay()
    {
        var given = new Given().With("CREAT", "1.0 mg/dL", "2021-05-09T08:00")
            .With("WEIGHT", "90 kg", "2021-04-01").With("WEIGHT", "72 kg", "2021-05-09").With("WEIGHT", "60 kg", "2021-05-10");

        Assert.Equal("80 mL/min", given.Derive("CREATCLR")); // 80 × 72 / 72
    }

    [Theory]
    [InlineData(Sex.Male, "459 m", "175 cm", "80 kg", "80 %")] // 7.57 × 175 − 5.02 × 60 − 1.76 × 80 − 309 = 573.75
    [InlineData(Sex.Male, "0.459 km", "1.75 m", "80000 g", "80 %")]
    [InlineData(Sex.Female, "260.2 m", "160 cm", "60 kg", "50 %")] // 2.11 × 160 − 2.29 × 60 − 5.78 × 60 + 667 = 520.4
    [InlineData(Sex.Female, "0 m", "160 cm", "60 kg", "0 %")]
    [InlineData(Sex.Unknown, "459 m", "175 cm", "80 kg", "")]
    [InlineData(Sex.Male, "459 m", "60 cm", "300 kg", "")] // predicted under 0
    public void WalkPercentPredicted_AtSixtyYears_Table(Sex sex, string distance, string height, string weight, string expected) =>
        Assert.Equal(
            expected,
            new Given { Sex = sex }.With("SIXMWD", distance).With("HEIGHT", height, "2021-01-01").With("WEIGHT", weight, "2021-05-01").Derive("SIXMWPP"));

    [Theory]
    [InlineData("80 mm[Hg]", "0.4 1", "ARTERIAL BLOOD", "200 mm[Hg]")]
    [InlineData("80 mm[Hg]", "40 %", "", "200 mm[Hg]")]
    [InlineData("10 kPa", "50 %", "", "150.0124 mm[Hg]")] // 75.0062 / 0.5
    [InlineData("80 mm[Hg]", "0.4 %", "", "")] // a fraction sent as percent
    [InlineData("80 mm[Hg]", "40 1", "", "")] // a percentage sent as fraction
    [InlineData("80 mm[Hg]", "0.4 1", "VENOUS BLOOD", "")]
    [InlineData("80 mm[Hg]", "0.4 1", "BLOOD, CAPILLARY", "")]
    public void OxygenationIndex_Table(string pressure, string fraction, string specimen, string expected) =>
        Assert.Equal(expected, new Given().With("PO2", pressure, specimen: specimen).With("FIO2", fraction).Derive("PO2FIO2"));

    [Theory]
    [InlineData("0.5", "1.25", "60 %", "POSITIVE")] // 1 − 0.4
    [InlineData("1.5", "1.25", "-20 %", "NEGATIVE")] // denser than the control
    [InlineData("1.0", "1.25", "20 %", "POSITIVE")] // at the cut-off
    [InlineData("0.5", "0", "", "")]
    [InlineData("0.5", "-0.1", "", "")]
    public void InhibitionRate_Table(string sample, string control, string expected, string positivity)
    {
        var given = new Given().With("ODSAMPLE", sample).With("ODNEGCTL", control);

        Assert.Equal((expected, positivity), (given.Derive("NEUTINH"), given.Derive("NEUTPOS")));
    }

    [Theory]
    [InlineData("20 %", 20, "POSITIVE")]
    [InlineData("0.2 1", 20, "POSITIVE")]
    [InlineData("19.99 %", 20, "NEGATIVE")]
    [InlineData("25 %", 30, "NEGATIVE")]
    [InlineData(">90 %", 20, "POSITIVE")]
    [InlineData(">=20 %", 20, "POSITIVE")]
    [InlineData(">20 %", 20, "POSITIVE")]
    [InlineData(">10 %", 20, "")] // may be 15 or 25
    [InlineData("<10 %", 20, "NEGATIVE")]
    [InlineData("<20 %", 20, "NEGATIVE")]
    [InlineData("<=20 %", 20, "")] // may be 20
    [InlineData("<30 %", 20, "")]
    public void NeutralisationPositivity_Table(string rate, double cutoff, string expected) =>
        Assert.Equal(expected, new Given { Settings = new StudySettings { NeutralisationCutoff = cutoff } }.With("NEUTINH", rate).Derive("NEUTPOS"));
}

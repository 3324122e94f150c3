using System.Globalization;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Ingestion;

public sealed class TestDefinitionTests
{
    [Theory]
    // Test, value and unit as reported, value in the standard unit.
    [InlineData("GLUC", "100", "mg/dL", 5.551, "mmol/L")]
    [InlineData("GLUC", "5.5", "mmol/L", 5.5, "mmol/L")]
    [InlineData("GLUC", "1", "g/L", 5.551, "mmol/L")]
    [InlineData("CREAT", "1.0", "mg/dL", 88.4, "umol/L")]
    [InlineData("BILI", "1.2", "mg/dL", 20.52, "umol/L")]
    [InlineData("URATE", "10", "mg/dL", 594.8, "umol/L")]
    [InlineData("URATE", "0.59", "mmol/L", 590, "umol/L")]
    [InlineData("BUN", "10", "mg/dL", 3.57, "mmol/L")]
    [InlineData("UREA", "60", "mg/dL", 9.99, "mmol/L")]
    [InlineData("CA", "10", "mg/dL", 2.495, "mmol/L")]
    [InlineData("CA", "5", "mEq/L", 2.5, "mmol/L")]
    [InlineData("CAION", "4.8", "mg/dL", 1.1976, "mmol/L")]
    [InlineData("MG", "2.0", "mg/dL", 0.8228, "mmol/L")]
    [InlineData("MG", "1.6", "mEq/L", 0.8, "mmol/L")]
    [InlineData("K", "4.5", "mEq/L", 4.5, "mmol/L")]
    [InlineData("HGB", "10", "g/dL", 100, "g/L")]
    [InlineData("HGB", "6.2", "mmol/L", 99.9068, "g/L")]
    [InlineData("WBC", "5.7", "THOU/uL", 5.7, "10*9/L")]
    [InlineData("WBC", "5700", "/mm3", 5.7, "10*9/L")]
    [InlineData("WBC", "5700", "10^3/mL", 5.7, "10*9/L")]
    [InlineData("NEUT", "1500", "cells/uL", 1.5, "10*9/L")]
    [InlineData("CD4", "0.5", "10^9/L", 500, "/uL")]
    [InlineData("CD4", "641", "/uL", 641, "/uL")]
    [InlineData("ALT", "0.5", "ukat/L", 30, "U/L")]
    [InlineData("ALT", "30", "IU/L", 30, "U/L")]
    [InlineData("CRP", "0.5", "mg/dL", 5, "mg/L")]
    [InlineData("DDIMER", "580", "ng/mL", 0.58, "mg/L")]
    [InlineData("INTLK6", "7.86", "pg/mL", 7.86, "pg/mL")]
    [InlineData("FIBRINO", "200", "mg/dL", 2, "g/L")]
    [InlineData("HCT", "42.0", "%", 0.42, "1")]
    [InlineData("LYMLE", "28", "%", 0.28, "1")]
    [InlineData("AFP", "5", "IU/mL", 6.05, "ng/mL")]
    [InlineData("CA125", "35", "kU/L", 35, "U/mL")]
    [InlineData("TSH", "1.68", "uIU/mL", 1.68, "mU/L")]
    [InlineData("PO2", "10", "kPa", 75.0062, "mm[Hg]")]
    public void ToStandard_OfAReportedValue_IsInTheStandardUnit(string key, string value, string unit, double standard, string standardUnit)
    {
        var test = TestCatalogue.Default.FindKey(key)!;

        Assert.Equal(standardUnit, test.StandardUnit);
        Assert.Equal(standard, test.FindUnit(unit)!.ToStandard(decimal.Parse(value, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("GLUC", "", "missing")]
    [InlineData("GLUC", null, "missing")]
    [InlineData("GLUC", "NO UNITS", "missing")]
    [InlineData("GLUC", "U/L", "of another quantity")]
    [InlineData("GLUC", "furlong", "not known")]
    [InlineData("HCT", "NO UNITS", "missing: 42 without a unit is a percentage or nonsense")]
    [InlineData("HCT", "", "missing")]
    [InlineData("HGB", "G/L", "giga per litre")]
    [InlineData("CKMB", "U/L", "of the activity, which is another test")]
    [InlineData("INR", "s", "of the prothrombin time")]
    [InlineData("KETONES:URINE", "mg/dL", "of a concentration, where the strip gives marks")]
    public void FindUnit_OfAnUnknownUnit_IsNotGuessed(string key, string? unit, string why) =>
        Assert.True(TestCatalogue.Default.FindKey(key)!.FindUnit(unit) is null, $"{unit} for {key} is {why}");

    [Theory]
    [InlineData("INR", "")]
    [InlineData("INR", null)]
    [InlineData("INR", "NO UNITS")]
    [InlineData("INR", "1")]
    [InlineData("INR", "RATIO")]
    [InlineData("PH", "pH")]
    [InlineData("PH:URINE", "NO UNITS")]
    [InlineData("COLOR:URINE", "NO UNITS")]
    [InlineData("CD4CD8", "")]
    public void FindUnit_OfNoUnitForATestWithoutOne_IsUnity(string key, string? unit)
    {
        var found = TestCatalogue.Default.FindKey(key)!.FindUnit(unit);

        Assert.Equal(new UnitDefinition("1", 1m, UnitSystems.Both), found);
    }

    [Theory]
    [InlineData("GLUC", "mg/dL", UnitSystems.Us)]
    [InlineData("GLUC", "mmol/L", UnitSystems.Si)]
    [InlineData("K", "mEq/L", UnitSystems.Both)]
    [InlineData("K", "mmol/L", UnitSystems.Both)]
    [InlineData("ALT", "U/L", UnitSystems.Both)]
    [InlineData("WBC", "K/uL", UnitSystems.Us)]
    [InlineData("WBC", "GI/L", UnitSystems.Si)]
    [InlineData("HGB", "mmol/L", UnitSystems.Si)]
    [InlineData("HGB", "g/dL", UnitSystems.Us)]
    [InlineData("METHGB", "%", UnitSystems.Both)]
    public void FindUnit_TellsTheSystemOfUnits(string key, string unit, UnitSystems system) =>
        Assert.Equal(system, TestCatalogue.Default.FindKey(key)!.FindUnit(unit)!.System);
}

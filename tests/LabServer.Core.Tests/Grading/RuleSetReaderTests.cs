using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

/// <summary>Every fault of a rule set, all at once, each with its place.</summary>
public class RuleSetReaderTests
{
    [Fact]
    public void Read_ManyFaults_ReportsAllOfThemWithTermAndGrade()
    {
        var faults = SmallRuleSets.FaultsOf("""
            {
              "id": "Bad One", "title": "Bad", "source": "",
              "terms": [
                {
                  "term": "A", "direction": "up", "soc": "Investigations", "definition": "d", "tests": ["K", "NOSUCH"],
                  "criteria": [
                    {
                      "id": "x", "unit": "mmol/L", "system": "SI", "colour": "red",
                      "grades": [
                        { "grade": 1, "text": "t", "when": [{ "value": { ">": "ULN", "<=": 5.5 } }] },
                        { "grade": 2, "text": "t", "when": [{ "value": { ">": 5.4, "<=": 6 } }] },
                        { "grade": 3, "text": "t", "when": [{ "value": { ">": 6.5, "<=": "7" } }] },
                        { "grade": 3, "text": "t", "when": [{ "value": { ">": 7 } }] },
                        { "grade": 5, "text": "t", "when": [] }
                      ]
                    },
                    { "id": "x", "grades": [{ "grade": 1, "text": "t", "when": [{ "value": { ">": 6 } }] }] }
                  ]
                },
                { "term": "a", "direction": "high", "soc": "Investigations", "definition": "d", "tests": ["K"], "criteria": [] }
              ]
            }
            """);

        Assert.Equal(
            [
                "id may hold a-z, 0-9, \".\" and \"-\", at most 64 of them",
                "source must be a text that is not blank",
                "A: direction \"up\" is not one of low, high",
                "A / x / grade 3: a threshold is a number, ULN, LLN, baseline or an object with timesUln, timesLln, timesBaseline or times and of",
                "A / x / grade 3: given twice",
                "A / x / a grade: grade must be 1 to 4",
                "A / x: unknown field \"colour\"",
                "A / x: has absolute numbers but no unit (say anyUnit where they need none)",
                "a: criteria must be a list that is not empty",
                "A: term given twice",
                "x: criterion id given twice",
                "A: criteria with and without unit",
                "A: test NOSUCH is not in the catalogue",
                "A / x / grade 1: overlaps the next grade (value ≤ 5.5, then value > 5.4)",
                "A / x / grade 2: leaves a gap to the next grade (value ≤ 6, then value > 6.5)",
            ],
            faults);
    }

    [Theory]
    [InlineData("""{ "value": { ">": "ULN" }, "ifBaseline": "odd" }""", "ifBaseline \"odd\" is not one of high, notHigh, low, notLow, aboveUln, notAboveUln, present, absent")]
    [InlineData("""{ "value": { ">": "ULN" }, "ifFact": "onTuesdays" }""", "ifFact \"onTuesdays\" is not one of onAnticoagulation, hivInfected")]
    [InlineData("""{ "value": { "=>": 3 } }""", "value is compared by \"=>\", which is not one of > >= <= <")]
    [InlineData("""{ "value": { ">": { "timesUln": 0 } } }""", "a factor must be above 0")]
    [InlineData("""{ "value": { ">": { "timesUln": 2, "timesLln": 2 } } }""", "a threshold object has one of timesUln, timesLln, timesBaseline, or times and of")]
    [InlineData("""{ "value": { ">": 1.2345678901234567 } }""", "a threshold must be a number of at most 15 significant digits")]
    [InlineData("""{ "value": { ">": 1e40 } }""", "a threshold must be a number of at most 15 significant digits")]
    [InlineData("""{ "value": { "<": 3 } }""", "\"value < 3\" has no bound on the side where a high term starts")]
    [InlineData("""{ "value": { ">": 5, "<=": 4 } }""", "no value is value > 5 and value ≤ 4")]
    [InlineData("""{ "value": { ">": 4, "<=": 5 } }""", "ends with value ≤ 5, and no worse grade goes on from there")]
    [InlineData("""{ }""", "an alternative has no condition")]
    public void Read_FaultInACondition_IsReportedAtItsGrade(string condition, string fault) => Assert.Contains(
        $"Small / c / grade 2: {fault}",
        SmallRuleSets.FaultsOf(SmallRuleSets.File("high", "K", $$"""{ "id": "c", "unit": "mmol/L", "system": "SI", "grades": [{ "grade": 2, "text": "t", "when": [{{condition}}] }] }""")));

    [Theory]
    [InlineData(""" "unit": "mmol/L" """, "Small / c: unit without system")]
    [InlineData(""" "system": "US" """, "Small / c: system without unit")]
    [InlineData(""" "unit": "mmol/L", "system": "SI", "anyUnit": true """, "Small / c: unit and anyUnit exclude each other")]
    [InlineData(""" "unit": "mmol/L", "system": "US" """, "Small: no SI criterion that other units could be converted to")]
    [InlineData(""" "unit": "g/L", "system": "SI" """, "Small / c: test K has no unit g/L")]
    [InlineData(""" "population": { } """, "Small / c / population: says neither age nor sex")]
    [InlineData(""" "population": { "ageFrom": { "days": 3, "years": 2 } } """, "Small / c / population: ageFrom has one of days, months, years")]
    [InlineData(""" "assumes": "symptomatic" """, "Small / c: assumes must be a list")]
    public void Read_FaultInACriterion_IsReportedAtIt(string fields, string fault) => Assert.Contains(
        fault,
        SmallRuleSets.FaultsOf(SmallRuleSets.File("high", "K", $$"""{ "id": "c", {{fields}}, "grades": [{ "grade": 1, "text": "t", "when": [{ "value": { ">": "ULN" } }] }] }""")));

    [Fact]
    public void Read_PopulationsThatShareASubject_AreReported() => Assert.Equal(
        ["Small: populations overlap: age ≥ 5 years; age ≤ 5 years, female"],
        SmallRuleSets.FaultsOf(SmallRuleSets.File("high", "ALT", """
            { "id": "a", "population": { "ageFrom": { "years": 5 } }, "grades": [{ "grade": 1, "text": "t", "when": [{ "value": { ">": "ULN" } }] }] },
            { "id": "b", "population": { "ageUpTo": { "years": 5 }, "sex": "F" }, "grades": [{ "grade": 1, "text": "t", "when": [{ "value": { ">": "ULN" } }] }] }
            """)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{ "id": "a", "id": "b" }""")]
    [InlineData("""{ "terms": [1, "x", null, { "criteria": [[], 3], "tests": [null] }] }""")]
    public void Read_WhatIsNoRuleSet_IsRefusedAndNeverFailsOtherwise(string json) =>
        Assert.NotEmpty(SmallRuleSets.FaultsOf(json));

    [Fact]
    public void Exception_Message_ListsEveryFault()
    {
        var exception = new RuleSetException("mine.json", ["A: one", "B: two"]);

        Assert.Equal("Rule set mine.json has 2 fault(s):\nA: one\nB: two", exception.Message);
    }
}

using System.Globalization;
using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

/// <summary>Criteria by age and sex, as DAIDS has them.</summary>
public class PopulationTests
{
    private static readonly Term Hemoglobin = SmallRuleSets.Term("low", "HGB", """
        { "id": "M13", "unit": "g/L", "system": "SI", "population": { "ageFrom": { "years": 13 }, "sex": "M" }, "grades": [{ "grade": 1, "text": "≤109 g/L", "when": [{ "value": { "<=": 109 } }] }] },
        { "id": "F13", "unit": "g/L", "system": "SI", "population": { "ageFrom": { "years": 13 }, "sex": "F" }, "grades": [{ "grade": 1, "text": "≤104 g/L", "when": [{ "value": { "<=": 104 } }] }] },
        { "id": "child", "unit": "g/L", "system": "SI", "population": { "ageFrom": { "days": 57 }, "ageBelow": { "years": 13 } }, "grades": [{ "grade": 1, "text": "≤104 g/L", "when": [{ "value": { "<=": 104 } }] }] },
        { "id": "infant", "population": { "ageAbove": { "days": 7 }, "ageUpTo": { "days": 56 } }, "notGraded": { "text": "not graded at this age" } }
        """);

    [Theory]
    [InlineData("1980-05-05", "2020-03-01", Sex.Male, "1", "M13")]
    [InlineData("1980-05-05", "2020-03-01", Sex.Female, "0", "F13")]
    [InlineData("1980-05-05", "2020-03-01", Sex.Unknown, "SEX_MISSING", null)]
    [InlineData("1980-05-05", "2020-03-01", Sex.Undifferentiated, "POPULATION_NOT_GRADED", null)]
    [InlineData("2007-03-02", "2020-03-01", Sex.Unknown, "0", "child")]
    [InlineData("2007-03-01", "2020-03-01", Sex.Male, "1", "M13")]
    [InlineData("2020-01-04", "2020-03-01", Sex.Male, "0", "child")]
    [InlineData("2020-01-05", "2020-03-01", Sex.Male, "NOT_GRADED", "infant")]
    [InlineData("2020-02-23", "2020-03-01", Sex.Male, "POPULATION_NOT_GRADED", null)]
    [InlineData("2020-03-02", "2020-03-01", Sex.Male, "AGE_NEGATIVE", null)]
    [InlineData(null, "2020-03-01", Sex.Male, "BIRTH_DATE_MISSING", null)]
    [InlineData("1980-05-05", null, Sex.Male, "COLLECTION_DATE_MISSING", null)]
    public void Criterion_ByAgeAndSex_IsTheOneOfTheSubject(string? birth, string? collected, Sex sex, string expected, string? criterion)
    {
        var outcome = Grader.Grade(Hemoglobin, new GradeInput { Value = 107, Unit = "g/L", Sex = sex, BirthDate = Date(birth), CollectedOn = Date(collected) });

        Assert.Equal(expected, outcome.ToString());
        Assert.Equal(criterion, outcome.CriterionId);
    }

    [Theory]
    [InlineData(AgeUnit.Years, Comparison.Above, 5, "2014-06-01", "2020-05-31", false)]
    [InlineData(AgeUnit.Years, Comparison.Above, 5, "2014-06-01", "2020-06-01", true)]
    [InlineData(AgeUnit.Years, Comparison.AtLeast, 15, "2008-02-29", "2023-02-28", false)]
    [InlineData(AgeUnit.Years, Comparison.AtLeast, 15, "2008-02-29", "2023-03-01", true)]
    [InlineData(AgeUnit.Months, Comparison.AtLeast, 1, "2021-01-31", "2021-02-28", false)]
    [InlineData(AgeUnit.Months, Comparison.AtLeast, 1, "2021-01-31", "2021-03-01", true)]
    [InlineData(AgeUnit.Days, Comparison.AtMost, 28, "2021-01-01", "2021-01-29", true)]
    [InlineData(AgeUnit.Days, Comparison.AtMost, 28, "2021-01-01", "2021-01-30", false)]
    public void Age_InWholeTruncatedUnits_TurnsOnTheDay(AgeUnit unit, Comparison comparison, int age, string birth, string collected, bool holds) =>
        Assert.Equal(holds, new AgeBound(comparison, age, unit).Holds(Date(birth)!.Value, Date(collected)!.Value));

    private static DateOnly? Date(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

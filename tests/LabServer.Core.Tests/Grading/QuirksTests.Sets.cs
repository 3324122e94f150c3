using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

// Points 12 to 19: about whole rule sets and files.
public partial class QuirksTests
{
    // 12
    [Theory]
    [InlineData("ctcae-5.0", "Hypokalemia", "symptomatic", new[] { 0, 2, 3, 4 })]
    [InlineData("ctcae-6.0", "Hypokalemia", "symptomatic", new[] { 0, 2, 3, 4 })]
    [InlineData("ctcae-5.0", "Hyperuricemia", "physiologicConsequences", new[] { 0, 3 })]
    [InlineData("ctcae-6.0", "Hyperuricemia", "physiologicConsequences", new[] { 0, 3 })]
    [InlineData("ctcae-5.0", "Hyponatremia", "symptomatic", new[] { 0, 1, 3, 4 })]
    [InlineData("ctcae-6.0", "Hyponatremia", "symptomatic", new[] { 0, 1, 3, 4 })]
    public void ClinicalFact_ThatNoValueShows_IsAssumedAndSaidSo(string set, string name, string assumed, int[] grades)
    {
        var term = RuleSets.Find(set)!.Find(name)!;

        var reached = Enumerable.Range(1, 4000)
            .Select(tenth => Grader.Grade(term, new GradeInput { Value = tenth / 10.0, Unit = "mmol/L", LowerLimit = name == "Hypokalemia" ? 3.5 : 135, UpperLimit = 145 }).Grade!.Value)
            .Distinct().Order();

        Assert.Equal(grades, reached);
        Assert.All(term.Criteria, criterion => Assert.Equal([assumed], criterion.Assumes));
    }

    // 13
    [Fact]
    public void BaselineHigh_UlnMissing_IsGradedByTheBaseline() => Assert.Equal(
        2, Grade("ctcae-5.0", "Alanine aminotransferase increased", new GradeInput { Value = 250, Baseline = 60, BaselineIndicator = RangeIndicator.High }).Grade);

    // 14
    [Theory]
    [InlineData("ctcae-4.03")]
    [InlineData("ctcae-5.0")]
    [InlineData("ctcae-6.0")]
    public void Anemia_InMillimolesPerLitre_IsGradedByItsPublishedNumbers(string set)
    {
        string Anemia(double value) => Grade(set, "Anemia", new GradeInput { Value = value, Unit = "mmol/L", LowerLimit = 7.1 }).ToString();

        Assert.Equal(("0", "1", "2", "2", "3"), (Anemia(7.1), Anemia(6.2), Anemia(6.19), Anemia(4.9), Anemia(4.89)));
        Assert.Equal(1, Grade(set, "Hemoglobin increased", new GradeInput { Value = 11, Unit = "mmol/L", UpperLimit = 10.5 }).Grade);
    }

    // 15
    [Theory]
    [InlineData("ctcae-4.03")]
    [InlineData("ctcae-5.0")]
    [InlineData("ctcae-6.0")]
    [InlineData("daids-2.1")]
    public void Terms_OfTotalLymphocytesAndGlucose_AreTheirOwn(string set)
    {
        var terms = RuleSets.Find(set)!;

        Assert.DoesNotContain(terms.TermsOf("LYM"), term => term.Name.Contains("CD4", StringComparison.Ordinal));
        Assert.All(terms.TermsOf("CD4"), term => Assert.Equal(["CD4"], term.Tests));
        Assert.All(terms.Terms.Where(term => term.Fasting == true), term => Assert.False(term.AppliesTo(null) || term.AppliesTo(false)));
        Assert.All(terms.Terms.Where(term => term.Fasting == false), term => Assert.False(term.AppliesTo(true)));
    }

    // 16
    [Theory]
    [InlineData("2019-01-01", "3")]
    [InlineData("2021-06-11", "2")]
    public void Populations_NotGroupedInTheFile_GiveTheRulesOfTheirOwn(string birth, string expected)
    {
        var term = SmallRuleSets.Term("low", "NEUT", """
            { "id": "a", "unit": "10*9/L", "system": "SI", "population": { "ageAbove": { "days": 7 } }, "grades": [{ "grade": 3, "text": "t", "when": [{ "value": { "<": 1 } }] }] },
            { "id": "b", "unit": "10*9/L", "system": "SI", "population": { "ageUpTo": { "days": 7 } }, "grades": [{ "grade": 2, "text": "t", "when": [{ "value": { "<": 1 } }] }] },
            { "id": "c", "unit": "10*3/uL", "system": "US", "population": { "ageAbove": { "days": 7 } }, "grades": [{ "grade": 3, "text": "t", "when": [{ "value": { "<": 1 } }] }] },
            { "id": "d", "unit": "10*3/uL", "system": "US", "population": { "ageUpTo": { "days": 7 } }, "grades": [{ "grade": 2, "text": "t", "when": [{ "value": { "<": 1 } }] }] }
            """);
        var input = new GradeInput { Value = 0.9, BirthDate = DateOnly.Parse(birth, System.Globalization.CultureInfo.InvariantCulture), CollectedOn = new(2021, 6, 15) };

        Assert.Equal(expected, Grader.Grade(term, input with { Unit = "10*9/L" }).ToString());
        Assert.Equal(expected, Grader.Grade(term, input with { Unit = "10*3/uL" }).ToString());
    }

    // 17
    [Theory]
    [InlineData("ctcae-4.03")]
    [InlineData("ctcae-5.0")]
    [InlineData("ctcae-6.0")]
    [InlineData("daids-2.1")]
    public void BoundaryTable_EveryPublishedUnitOfEveryTerm_IsTried(string set)
    {
        var ruleSet = RuleSets.Find(set)!;
        var tried = BoundaryTable.Read(ruleSet).Select(row => (row.Term, row.Input.Unit)).ToHashSet();

        Assert.All(
            ruleSet.Terms.SelectMany(term => term.Criteria.Select(criterion => (term.Name, criterion.Unit ?? ""))),
            pair => Assert.Contains(pair, tried));
    }

    // 18
    [Theory]
    [InlineData("ctcae-4.03", "Carbon monoxide diffusing capacity decreased|Cardiac troponin I increased|Cardiac troponin T increased|Forced expiratory volume decreased|Vital capacity abnormal")]
    [InlineData("ctcae-5.0", "Blood bicarbonate decreased|Cardiac troponin I increased|Eosinophilia|Methemoglobinemia|Vital capacity abnormal")]
    [InlineData("ctcae-6.0", "Blood bicarbonate decreased|Eosinophilia|Methemoglobinemia|Thyroid stimulating hormone increased|Vitamin D decreased")]
    public void PublishedRow_ThatANumberDecides_IsInTheSetWithItsPlace(string set, string terms) => Assert.All(
        terms.Split('|'),
        name => Assert.All(
            RuleSets.Find(set)!.Find(name)!.Criteria,
            criterion => Assert.StartsWith($"CTCAE {set[6..]}, ", criterion.Note, StringComparison.Ordinal)));

    // 19
    [Fact]
    public void Rows_OfAFile_KeepTheirOrderAndNeverGradeInfinity()
    {
        var evaluation = new Evaluation(RuleSets.Find("ctcae-5.0")!);
        EvaluationRow Row(string id, string term, string value) => new(id, term, value, "U/L", "", "40", "", "", "", "", "", "");

        var answers = new[] { Row("b", "Lipase increased", "90"), Row("a", "CPK increased", "Infinity"), Row("c", "Lipase increased", "-5"), Row("a", "CPK increased", "500") }
            .Select(row => evaluation.Evaluate(row)).Select(answer => $"{answer.Id} {answer.Grade}{answer.Reason}");

        Assert.Equal(["b 3", "a VALUE_NOT_A_NUMBER", "c 0", "a 4"], answers);
    }
}

using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Tests.Support;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Grading;

/// <summary>Results of which only a bound is known: a grade where it is certain, "at least" where it is not 0, else none.</summary>
public sealed class BoundGradingTests
{
    [Theory]
    // Platelets, LLN 150: below 75, 50 and 25 are grades 2, 3 and 4.
    [InlineData("ctcae-5.0", "Platelet count decreased", "<20", "10*9/L", 150d, null, null, "4")]
    [InlineData("ctcae-5.0", "Platelet count decreased", "<25", "10*9/L", 150d, null, null, "4")]
    [InlineData("ctcae-5.0", "Platelet count decreased", "<=25", "10*9/L", 150d, null, null, "at least 3")]
    [InlineData("ctcae-5.0", "Platelet count decreased", "<60", "10*9/L", 150d, null, null, "at least 2")]
    [InlineData("ctcae-5.0", "Platelet count decreased", "<200", "10*9/L", 150d, null, null, "BOUND_UNDECIDED")]
    [InlineData("ctcae-5.0", "Platelet count decreased", ">1000", "10*9/L", 150d, null, null, "0")]
    [InlineData("ctcae-5.0", "Platelet count decreased", ">100", "10*9/L", 150d, null, null, "BOUND_UNDECIDED")]
    // Without LLN the first 75 are certain, and what lies above them is not.
    [InlineData("ctcae-5.0", "Platelet count decreased", "<20", "10*9/L", null, null, null, "4")]
    [InlineData("ctcae-5.0", "Platelet count decreased", "<90", "10*9/L", null, null, null, "LOWER_LIMIT_MISSING")]
    // The numbers of the unit system hold for bounds too.
    [InlineData("ctcae-5.0", "Anemia", "<8.0", "g/dL", 12d, null, null, "3")]
    [InlineData("ctcae-5.0", "Anemia", "<=8.0", "g/dL", 12d, null, null, "at least 2")]
    // ALT, ULN 40: 3, 5 and 20 times are 120, 200 and 800.
    [InlineData("ctcae-5.0", "Alanine aminotransferase increased", "<5", "U/L", null, 40d, null, "0")]
    [InlineData("ctcae-5.0", "Alanine aminotransferase increased", "<=40", "U/L", null, 40d, null, "0")]
    [InlineData("ctcae-5.0", "Alanine aminotransferase increased", "<41", "U/L", null, 40d, null, "BOUND_UNDECIDED")]
    [InlineData("ctcae-5.0", "Alanine aminotransferase increased", ">40", "U/L", null, 40d, null, "at least 1")]
    [InlineData("ctcae-5.0", "Alanine aminotransferase increased", ">=40", "U/L", null, 40d, null, "BOUND_UNDECIDED")]
    [InlineData("ctcae-5.0", "Alanine aminotransferase increased", ">200", "U/L", null, 40d, null, "at least 3")]
    [InlineData("ctcae-5.0", "Alanine aminotransferase increased", ">800", "U/L", null, 40d, null, "4")]
    [InlineData("ctcae-5.0", "Alanine aminotransferase increased", ">800", "U/L", null, null, null, "UPPER_LIMIT_MISSING")]
    // A baseline over ULN: multiples of the baseline decide, 1.5 × 60 = 90 first.
    [InlineData("ctcae-5.0", "Alanine aminotransferase increased", "<90", "U/L", null, 40d, 60d, "0")]
    [InlineData("ctcae-5.0", "Alanine aminotransferase increased", "<=90", "U/L", null, 40d, 60d, "BOUND_UNDECIDED")]
    [InlineData("ctcae-5.0", "Alanine aminotransferase increased", ">1200", "U/L", null, 40d, 60d, "4")]
    // Percent change is a threshold like any other: half of a baseline of 4 is 2, where grade 3 begins.
    [InlineData("ctcae-4.03", "Fibrinogen decreased", "<2", "g/L", 1.5, null, 4d, "at least 3")]
    [InlineData("ctcae-4.03", "Fibrinogen decreased", "<0.4", "g/L", 1.5, null, 4d, "4")]
    public void Bound_UnderATerm_IsGradedAsEveryValueItAllows(
        string ruleSet, string term, string value, string unit, double? low, double? high, double? baseline, string expected) =>
        Assert.Equal(expected, Grade(ruleSet, term, value, unit, low, high, baseline).ToString());

    [Fact]
    public void Bound_EveryTermAndManyBounds_AgreesWithTheGradesOfTheValuesItAllows()
    {
        var random = new Random(20261124);
        foreach (var term in RuleSets.All.SelectMany(set => set.Terms))
        {
            for (var i = 0; i < 40; i++)
            {
                var input = RandomInput(term, random);
                var allowed = Enumerable.Range(0, 400).Select(_ => Allowed(input, random)).Distinct()
                    .Select(value => Grader.Grade(term, input with { Value = value, Qualifier = ValueQualifier.None }))
                    .ToList();

                var outcome = Grader.Grade(term, input);

                Assert.True(Agrees(outcome, allowed), $"{term}: {input.Qualifier.Sign()}{input.Value} is {outcome}, the values are {string.Join(", ", allowed.Distinct())}: {input}");
            }
        }
    }

    [Fact]
    public async Task Bound_InASeries_HasItsGradeMarkAndEventAndIsNoBaseline()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(
            Platelets("b", "<150", "2021-02-28"), Platelets("d1", "<20", "2021-03-02"), Platelets("d2", "<60", "2021-03-05"), Platelets("d3", "<400", "2021-03-07"));

        await study.Grade();

        var found = Assert.Single(study.AllEvents());
        Assert.Equal(("2021-03-02", null, 4, null), (found.Onset, found.EndedAt, found.WorstGrade, found.BaselineGrade));
        Assert.Equal([4, 2], found.History.Select(point => point.Grade));
        Assert.Equal((2, "AT_LEAST"), Explained(study, "d2"));
        Assert.Equal((4, ""), Explained(study, "d1"));
        Assert.Equal((null, ""), Explained(study, "d3"));
        Assert.Equal(0, (await study.GradeFully()).Differences);
    }

    private static (int? Grade, string Marks) Explained(TestStudy study, string id)
    {
        var result = study.Results.Versions(study.Study.StudyKey, "", id)[0];
        var grade = study.Explanations.Explain(result.ResultKey, Study.DefaultRuleSet).Single();
        return (grade.Grade, string.Join(",", grade.Marks.Words()));
    }

    private static LabResult Platelets(string id, string value, string collectedAt) => Alt(id, value, collectedAt) with
    {
        TestCode = "PLAT",
        ReportedUnit = "10*9/L",
        ReferenceLow = "150",
        ReferenceHigh = "400",
    };

    private static GradeOutcome Grade(string ruleSet, string term, string value, string unit, double? low, double? high, double? baseline)
    {
        Assert.Null(ReportedValueReader.Read(value, out var read));
        return Grader.Grade(RuleSets.Find(ruleSet)!.Find(term)!, new GradeInput
        {
            Value = (double)read.Number!.Value,
            Qualifier = read.Qualifier,
            Unit = unit,
            LowerLimit = low,
            UpperLimit = high,
            Baseline = baseline,
            BaselineUpperLimit = high,
        });
    }

    // Around the numbers of the term itself, so that bounds fall on, under and over its thresholds.
    private static GradeInput RandomInput(Term term, Random random)
    {
        var criterion = term.Criteria[random.Next(term.Criteria.Count)];
        var numbers = criterion.Grades.SelectMany(grade => grade.When).SelectMany(alternative => alternative.Conditions).OfType<ValueCondition>()
            .Where(condition => condition.Than.Basis == ThresholdBasis.Absolute)
            .Select(condition => (double)(condition.Than.Times * condition.Than.Number))
            .DefaultIfEmpty(40)
            .ToList();
        double Near() => Math.Round(numbers[random.Next(numbers.Count)] * (random.Next(4) == 0 ? 1 : 0.2 + (3 * random.NextDouble())), 3);
        double? Maybe() => random.Next(4) == 0 ? null : Near();
        return new GradeInput
        {
            Value = Near(),
            Qualifier = (ValueQualifier)random.Next(1, 5),
            Unit = criterion.Unit,
            LowerLimit = Maybe(),
            UpperLimit = Maybe(),
            Baseline = Maybe(),
            BaselineIndicator = (RangeIndicator)random.Next(1, 4),
            Facts = (GradeFacts)random.Next(0, 2),
            Sex = Sex.Female,
            BirthDate = new DateOnly(1980, 5, 17),
            CollectedOn = new DateOnly(2021, 3, 1),
        };
    }

    private static double Allowed(in GradeInput input, Random random)
    {
        var bound = input.Value!.Value;
        return input.Qualifier switch
        {
            ValueQualifier.Less => bound * random.NextDouble(),
            ValueQualifier.LessOrEqual => random.Next(20) == 0 ? bound : bound * random.NextDouble(),
            ValueQualifier.Greater => Math.Max(bound * (1 + (random.NextDouble() * Math.Pow(10, random.Next(-2, 4)))), Math.BitIncrement(bound) + (bound * 1e-12)),
            _ => random.Next(20) == 0 ? bound : bound * (1 + (random.NextDouble() * Math.Pow(10, random.Next(-2, 4)))),
        };
    }

    // Drawn values may miss a narrow stretch: they never show a grade that the outcome excludes, and what is called
    // certain holds for all of them.
    private static bool Agrees(GradeOutcome outcome, List<GradeOutcome> allowed) =>
        outcome.Grade is { } grade
            ? allowed.All(value => value.Grade is { } one && (outcome.IsAtLeast ? one >= grade : one == grade))
            : outcome.Reason == NotGradableReason.BoundUndecided || allowed.Any(value => value.Grade is null) || allowed.Count < 2;
}

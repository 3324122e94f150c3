using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Grading;

/// <summary>A bound has the grade that thousands of the values it allows have, for every criterion of every set.</summary>
public sealed class BoundProperties
{
    private const int BoundsEach = 30;
    private const int Samples = 1_000;

    private static readonly double[] Factors = [0.25, 0.5, 0.75, 1, 1.1, 1.25, 1.3, 1.5, 1.6, 1.8, 2, 2.5, 2.6, 3, 3.5, 4, 5, 6, 10, 20];

    public static TheoryData<string> All => [.. RuleSets.All.Select(set => set.Id)];

    [Theory]
    [MemberData(nameof(All))]
    public void Bound_OfEveryCriterion_AgreesWithThousandsOfValues(string id)
    {
        var random = new Random(id.Length);
        var set = RuleSets.All.First(set => set.Id == id);

        // What a version takes over is tried with the version it is of.
        var own = set.Terms.Where(term => set.Base?.Find(term.Name) is null);
        foreach (var (term, criterion) in own.SelectMany(term => term.Criteria.Select(criterion => (term, criterion))))
        {
            for (var i = 0; i < BoundsEach; i++)
            {
                var input = Input(criterion, random);
                var grades = Allowed(criterion, input, random)
                    .Select(value => Grader.Grade(term, input with { Value = value, Qualifier = ValueQualifier.None }).Grade)
                    .Distinct()
                    .Order()
                    .ToList();

                var outcome = Grader.Grade(term, input);

                var expected = grades.Contains(null) ? "none"
                    : grades.Count == 1 ? $"{grades[0]}"
                    : grades.Contains(0) ? "none"
                    : $"at least {grades[0]}";
                Assert.True(
                    expected == (outcome.IsGradable ? outcome.ToString() : "none"),
                    $"{term} / {criterion}: {input.Qualifier} {input.Value} is {outcome}, the values are {string.Join(", ", grades)}: {input}");
            }
        }
    }

    private static GradeInput Input(Criterion criterion, Random random)
    {
        var birth = new DateOnly(2000, 1, 1);
        var subject = Enumerable.Range(0, 1_000).Select(step => step < 100 ? step : step * 10)
            .SelectMany(day => new[] { Sex.Male, Sex.Female }.Select(sex => new GradeInput { BirthDate = birth, CollectedOn = birth.AddDays(day), Sex = sex }))
            .First(one => criterion.Population is null || criterion.Population.Holds(one).IsTrue);
        var numbers = Numbers(criterion);
        var size = numbers.Count == 0 ? 40 : numbers[random.Next(numbers.Count)];
        double? Some() => random.Next(5) == 0 ? null : Math.Round(size * (0.3 + (2 * random.NextDouble())), 3);
        var input = subject with
        {
            Qualifier = (ValueQualifier)random.Next(1, 5),
            Unit = criterion.Unit,
            LowerLimit = Some(),
            UpperLimit = Some(),
            Baseline = Some(),
            BaselineIndicator = (RangeIndicator)random.Next(1, 4),
            Facts = (GradeFacts)random.Next(0, 4),
        };
        var turns = Turns(criterion, input);
        var on = turns.Count == 0 ? size : turns[random.Next(turns.Count)];
        return input with { Value = random.Next(3) switch { 0 => on, 1 => on * 1.001, _ => Math.Round(size * 3 * random.NextDouble(), 3) + 0.001 } };
    }

    // Log-uniform over five decades, and on and beside every number a rule could turn at.
    private static IEnumerable<double> Allowed(Criterion criterion, GradeInput input, Random random)
    {
        var bound = input.Value!.Value;
        var turns = Turns(criterion, input).Append(bound).Order().ToList();
        var values = Enumerable.Range(0, Samples).Select(_ => bound * Math.Exp(random.NextDouble() * 11.5 * (random.Next(2) - 0.5) * 2))
            .Concat(turns)
            .Concat(turns.Zip(turns.Skip(1), (a, b) => (a + b) / 2));
        return values.Where(value => value > 0 && FifteenDigits.Compare(value, bound) is var order && input.Qualifier switch
        {
            ValueQualifier.Less => order < 0,
            ValueQualifier.LessOrEqual => order <= 0,
            ValueQualifier.Greater => order > 0,
            _ => order >= 0,
        });
    }

    private static List<double> Turns(Criterion criterion, GradeInput input)
    {
        double?[] references = [input.LowerLimit, input.UpperLimit, input.Baseline];
        var plus = Conditions(criterion).OfType<ValueCondition>().Select(condition => (double)condition.Than.Plus).Distinct().ToList();
        return [.. Numbers(criterion)
            .Concat(references.OfType<double>().SelectMany(reference => Factors.Select(factor => reference * factor)))
            .Concat(references.OfType<double>().SelectMany(reference => plus.Select(step => reference + step)))
            .Where(number => number > 0)
            .Distinct()
            .Order()];
    }

    private static List<double> Numbers(Criterion criterion) =>
        [.. Conditions(criterion).OfType<ValueCondition>().Where(condition => condition.Than.Basis == ThresholdBasis.Absolute)
            .Select(condition => (double)((condition.Than.Times * condition.Than.Number) + condition.Than.Plus)).Distinct()];

    private static IEnumerable<Condition> Conditions(Criterion criterion) =>
        criterion.Grades.SelectMany(grade => grade.When).Concat(criterion.NotGraded?.When ?? []).SelectMany(alternative => alternative.Conditions);
}

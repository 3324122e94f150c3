namespace LabServer.Core.Tests.Histories;

/// <summary>Makes up what happens to a study of many histories as a whole.</summary>
internal static class HistoryGroups
{
    /// <summary>Histories that share a database: enough to share its commits, few enough to see what went wrong.</summary>
    public const int Size = 100;

    /// <summary>The group of a history.</summary>
    public static int Of(int history) => history / Size;

    /// <summary>Group <paramref name="number"/> of <paramref name="all"/> histories.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="number">Number of the group.</param>
    /// <param name="all">How many histories the run has.</param>
    /// <param name="only">Only this history, with all that happens to its study; null: all of the group.</param>
    public static HistoryGroup Make(int seed, int number, int all, int? only = null)
    {
        var random = new Random(unchecked((seed * 7_919) + number));
        var (zone, minutes) = random.Next(3) == 0 ? ("Asia/Shanghai", 480) : ("UTC", 0);
        var first = number * Size;
        var histories = Enumerable.Range(first, Math.Min(Size, all - first))
            .Where(history => only is null || history == only)
            .Select(history => HistoryGenerator.Make(seed, history))
            .ToList();
        var rounds = Enumerable.Range(0, 25).Select(_ => (IReadOnlyList<StudyStep>)[.. Round(random)]).ToList();
        return new HistoryGroup(number, zone, minutes, histories, rounds);
    }

    private static IEnumerable<StudyStep> Round(Random random)
    {
        if (random.Next(100) < 10)
        {
            yield return new StudyStep.Change(Settings(random));
        }

        if (random.Next(100) < 6)
        {
            var test = TestShape.All[random.Next(TestShape.All.Count)].Test;
            if (test != "INR")
            {
                yield return new StudyStep.RegisterUnit(test, HistoryGenerator.UnknownUnit, ModelUnits.Find(test, ModelUnits.TextsOf(test)[0])!.Name);
            }
        }

        var laboratory = HistoryGenerator.Laboratories[random.Next(HistoryGenerator.Laboratories.Count)];
        if (random.Next(100) < 10)
        {
            yield return new StudyStep.ImportRanges(laboratory, RangeGenerator.Make(random), random.Next(3) > 0);
        }
        else if (random.Next(100) < 6)
        {
            yield return new StudyStep.ApplyRanges(laboratory, random.Next(4));
        }

        var grading = random.Next(100);
        if (grading < 35)
        {
            yield return new StudyStep.Grade(Check: random.Next(4) == 0);
        }
        else if (grading < 38)
        {
            yield return new StudyStep.GradeFully();
        }
    }

    /// <summary>Makes up what a study says about its results.</summary>
    public static StudySettings Settings(Random random) => new()
    {
        SpoiledSpecimens = random.Next(2) == 0 ? SpoiledSpecimens.NotGradable : SpoiledSpecimens.GradedWithFlag,
        Fasting = (Fasting)random.Next(3),
        OnAnticoagulation = (YesNo)random.Next(3),
        HivInfected = (YesNo)random.Next(3),
    };
}

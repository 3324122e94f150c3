namespace LabServer.Core.Tests.Histories;

/// <summary>Makes up the ranges of a laboratory: for each test one way of telling subjects apart, so that none overlap.</summary>
internal static class RangeGenerator
{
    public static IReadOnlyList<ModelRange> Make(Random random)
    {
        var ranges = new List<ModelRange>();
        foreach (var shape in TestShape.All.Where(_ => random.Next(3) > 0))
        {
            ranges.AddRange(Apart(random).Select(range => WithLimits(range with { Test = shape.Test }, shape, random)));
        }

        return ranges;
    }

    private static IEnumerable<ModelRange> Apart(Random random)
    {
        var any = new ModelRange { Test = "", Unit = "" };
        var day = new DateOnly(2021, 3, random.Next(1, 29));
        var (age, unit) = random.Next(3) switch { 0 => (18, "years"), 1 => (2, "months"), _ => (28, "days") };
        return random.Next(6) switch
        {
            0 => [any],
            1 => [any with { Sex = Sex.Male }, any with { Sex = Sex.Female }],
            2 => [any with { To = (age, unit) }, any with { From = (age, unit) }],
            3 => [any with { Until = day }, any with { Since = day, Sex = Sex.Female }, any with { Since = day, Sex = Sex.Male }],
            4 => [any with { Method = "IFCC" }, any],
            _ => [any with { Method = "IFCC", From = (age, unit) }, any with { Since = day }, any with { Method = "jaffe", Until = day }],
        };
    }

    private static ModelRange WithLimits(ModelRange range, TestShape shape, Random random)
    {
        var text = ModelUnits.TextsOf(shape.Test)[random.Next(ModelUnits.TextsOf(shape.Test).Count)];
        var unit = ModelUnits.Find(shape.Test, text)!;
        var which = random.Next(10);
        return range with
        {
            Unit = text,
            Low = which == 0 ? null : Limit(shape.Low),
            High = which == 1 ? null : Limit(shape.High),
            LowIsNormal = which == 0 || random.Next(4) > 0,
            HighIsNormal = which == 1 || random.Next(4) > 0,
        };

        decimal Limit(decimal usual) => Digits.Round(usual * (98 + random.Next(5)) / 100 / unit.Factor, 4);
    }
}

using System.Globalization;

namespace LabServer.Core.Charts;

/// <summary>Subjects of one population by worst grade.</summary>
/// <param name="Label">Name of the population; empty where there is but one.</param>
/// <param name="Population">Its subjects.</param>
/// <param name="Grades">Subjects with worst grade 1 to 5.</param>
internal sealed record GradeBar(string Label, long Population, IReadOnlyList<int> Grades)
{
    /// <summary>Subjects with any grade.</summary>
    public int Any => Grades.Sum();
}

/// <summary>The bars of one term.</summary>
/// <param name="Label">The term.</param>
/// <param name="Bars">One bar a population.</param>
internal sealed record GradeBarGroup(string Label, IReadOnlyList<GradeBar> Bars);

/// <summary>
/// Stacked bars: share of subjects by term, stacked by worst grade. The number of subjects stands in each part that has
/// room for it and, with the share, behind each bar.
/// </summary>
internal static class GradeBars
{
    private const double Width = 760;
    private const double LabelWidth = 232;
    private const double TotalWidth = 84;
    private const double BarHeight = 17;
    private const double BarGap = 3;
    private const double GroupGap = 10;
    private const double LineHeight = 14;
    private const double Top = 34;
    private const int LabelLetters = 34;

    /// <summary>The picture.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="groups">The terms, from top to bottom.</param>
    public static string Draw(string id, string title, IReadOnlyList<GradeBarGroup> groups)
    {
        var labels = groups.Select(group => ChartText.Wrap(group.Label, LabelLetters)).ToList();
        var heights = groups.Select((group, i) => Math.Max(
            (group.Bars.Count * (BarHeight + BarGap)) - BarGap, labels[i].Count * LineHeight)).ToList();
        var bottom = Top + heights.Sum() + (GroupGap * groups.Count);
        var barLabel = groups.SelectMany(group => group.Bars).Max(bar => bar.Label.Length == 0 ? 0 : ChartText.Width(bar.Label, 11) + 8);
        var left = LabelWidth + barLabel;
        var plot = Width - left - TotalWidth;
        var axis = LinearAxis.Over(0, Math.Max(groups.SelectMany(group => group.Bars).Max(Share), 1), 5);

        var svg = new Svg(id, Width, bottom + 40, title, Describe(groups));
        Legend(svg, left);
        foreach (var tick in axis.Ticks())
        {
            var x = left + (axis.Share(tick) * plot);
            svg.Line(x, Top - 4, x, bottom, Palette.Grid).Text(x, bottom + 15, ChartText.Number(tick), "middle", Palette.Quiet, 11);
        }

        svg.Text(left + (plot / 2), bottom + 33, "% of subjects", "middle", Palette.Quiet, 11);
        var y = Top;
        for (var i = 0; i < groups.Count; i++)
        {
            Label(svg, labels[i], y + (heights[i] / 2));
            var at = y + ((heights[i] - (groups[i].Bars.Count * (BarHeight + BarGap)) + BarGap) / 2);
            foreach (var bar in groups[i].Bars)
            {
                Bar(svg, groups[i].Label, bar, left, at, axis, plot);
                at += BarHeight + BarGap;
            }

            y += heights[i] + GroupGap;
        }

        return svg.Line(left, Top - 4, left, bottom, Palette.Axis).ToString();
    }

    /// <summary>A share in percent with one decimal, as it stands beside a count.</summary>
    public static string Percent(int count, long population) =>
        population == 0 ? "" : (100.0 * count / population).ToString("0.0", CultureInfo.InvariantCulture);

    private static double Share(GradeBar bar) => bar.Population == 0 ? 0 : 100.0 * bar.Any / bar.Population;

    private static void Legend(Svg svg, double left)
    {
        svg.Text(left, 14, "Worst grade", "start", Palette.Quiet, 11);
        var x = left + 74;
        for (var grade = 1; grade <= 5; grade++)
        {
            var (fill, text) = Palette.Grade(grade);
            svg.Rectangle(x, 3, 24, 15, fill, Palette.Axis).Text(x + 12, 14, grade.ToString(CultureInfo.InvariantCulture), "middle", text, 11, bold: true);
            x += 30;
        }
    }

    private static void Label(Svg svg, IReadOnlyList<string> lines, double middle)
    {
        var y = middle + 4 - ((lines.Count - 1) * LineHeight / 2);
        foreach (var line in lines)
        {
            svg.Text(0, y, line);
            y += LineHeight;
        }
    }

    private static void Bar(Svg svg, string term, GradeBar bar, double left, double y, LinearAxis axis, double plot)
    {
        if (bar.Label.Length > 0)
        {
            svg.Text(left - 6, y + 13, bar.Label, "end", Palette.Quiet, 11);
        }

        var x = left;
        for (var grade = 1; grade <= 5; grade++)
        {
            var count = bar.Grades[grade - 1];
            if (count == 0 || bar.Population == 0)
            {
                continue;
            }

            var width = axis.Share(100.0 * count / bar.Population) * plot;
            var (fill, text) = Palette.Grade(grade);
            svg.Rectangle(x, y, width, BarHeight, fill, "#ffffff", string.Create(CultureInfo.InvariantCulture, $"{term}, grade {grade}: {count} subjects"));
            var number = count.ToString(CultureInfo.InvariantCulture);
            if (width >= ChartText.Width(number, 11) + 4)
            {
                svg.Text(x + (width / 2), y + 12.5, number, "middle", text, 11);
            }

            x += width;
        }

        svg.Text(x + 6, y + 12.5, $"{bar.Any} ({Percent(bar.Any, bar.Population)} %)", "start", Palette.Ink, 11);
    }

    private static string Describe(IReadOnlyList<GradeBarGroup> groups) => string.Join("; ", groups.Select(group =>
        $"{group.Label}: " + string.Join(", ", group.Bars.Select(bar => string.Create(
            CultureInfo.InvariantCulture, $"{(bar.Label.Length == 0 ? "" : bar.Label + " ")}{bar.Any} of {bar.Population}")))));
}

using System.Globalization;
using LabServer.Core.Summaries;

namespace LabServer.Core.Charts;

/// <summary>A point of the liver plot.</summary>
/// <param name="Label">The subject.</param>
/// <param name="X">Peak of ALT or AST in multiples of its upper limit.</param>
/// <param name="Y">Peak of bilirubin in multiples of its upper limit.</param>
/// <param name="Quadrant">Where it lies: judged where values are compared, not by their place on paper.</param>
/// <param name="Group">Its arm; empty where arms are not shown.</param>
internal sealed record QuadrantPoint(string Label, double X, double Y, LiverQuadrant Quadrant, string Group);

/// <summary>
/// Peak transaminase against peak bilirubin, both in multiples of the upper limit and on logarithmic scales, parted at
/// 3 and 2: who lies above both is to be looked at first.
/// </summary>
internal static class QuadrantChart
{
    private const double Width = 620;
    private const double Height = 448;
    private const double Left = 62;
    private const double Right = 16;
    private const double Top = 52;
    private const double Bottom = 46;

    private static readonly Mark[] Marks = [Mark.Circle, Mark.Triangle, Mark.Square, Mark.Diamond];
    private static readonly string[] Fills = ["#1f5f8b", "#b5611a", "#5b7f2b", "#6c4a8f"];

    /// <summary>The picture.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="points">One point a subject.</param>
    /// <param name="groups">Arms in their order; a single empty one where arms are not shown.</param>
    public static string Draw(string id, string title, IReadOnlyList<QuadrantPoint> points, IReadOnlyList<string> groups)
    {
        var x = LogAxis.Over(Math.Min(0.1, Least(points, point => point.X)), Math.Max(10, Greatest(points, point => point.X)));
        var y = LogAxis.Over(Math.Min(0.1, Least(points, point => point.Y)), Math.Max(10, Greatest(points, point => point.Y)));
        var svg = new Svg(id, Width, Height, title, Describe(points));
        Frame(svg, x, y);
        Quadrants(svg, points, x, y);
        // Whom it concerns most is drawn last, over the others.
        foreach (var point in points.OrderBy(point => point.Quadrant == LiverQuadrant.HysLaw))
        {
            var group = Math.Max(0, groups.ToList().IndexOf(point.Group)) % Marks.Length;
            var fill = point.Quadrant == LiverQuadrant.HysLaw ? Palette.Alarm : Fills[group];
            svg.Mark(Marks[group], At(x, point.X), AtVertical(y, point.Y), 4, fill, "#ffffff", string.Create(
                CultureInfo.InvariantCulture,
                $"{point.Label}{(point.Group.Length > 0 ? $" ({point.Group})" : "")}: ALT or AST {ChartText.Number(point.X)} × ULN, bilirubin {ChartText.Number(point.Y)} × ULN"));
        }

        Legend(svg, groups);
        return svg.ToString();
    }

    private static double Least(IReadOnlyList<QuadrantPoint> points, Func<QuadrantPoint, double> of) =>
        points.Select(of).Where(value => value > 0).DefaultIfEmpty(1).Min();

    private static double Greatest(IReadOnlyList<QuadrantPoint> points, Func<QuadrantPoint, double> of) => points.Select(of).DefaultIfEmpty(1).Max();

    private static double At(LogAxis axis, double value) => Left + (axis.Share(value) * (Width - Left - Right));

    private static double AtVertical(LogAxis axis, double value) => Height - Bottom - (axis.Share(value) * (Height - Top - Bottom));

    private static void Frame(Svg svg, LogAxis x, LogAxis y)
    {
        foreach (var tick in x.Ticks())
        {
            svg.Line(At(x, tick), Top, At(x, tick), Height - Bottom, Palette.Grid)
                .Text(At(x, tick), Height - Bottom + 15, ChartText.Number(tick), "middle", Palette.Quiet, 11);
        }

        foreach (var tick in y.Ticks())
        {
            svg.Line(Left, AtVertical(y, tick), Width - Right, AtVertical(y, tick), Palette.Grid)
                .Text(Left - 6, AtVertical(y, tick) + 4, ChartText.Number(tick), "end", Palette.Quiet, 11);
        }

        svg.Line(Left, Top, Left, Height - Bottom, Palette.Axis).Line(Left, Height - Bottom, Width - Right, Height - Bottom, Palette.Axis);
        svg.Text(Left + ((Width - Left - Right) / 2), Height - 8, "Peak ALT or AST after first dose, × ULN", "middle", Palette.Ink, 12);
        svg.Text(0, 14, "Peak total bilirubin after first dose, × ULN", "start", Palette.Ink, 12);
    }

    private static void Quadrants(Svg svg, IReadOnlyList<QuadrantPoint> points, LogAxis x, LogAxis y)
    {
        var (atX, atY) = (At(x, LiverPoint.TransaminaseTimes), AtVertical(y, LiverPoint.BilirubinTimes));
        svg.Line(atX, Top, atX, Height - Bottom, Palette.Alarm, 1.2, "5 3").Line(Left, atY, Width - Right, atY, Palette.Alarm, 1.2, "5 3");
        svg.Text(Width - Right - 4, Top + 14, $"Hy's law range: {Count(LiverQuadrant.HysLaw)}", "end", Palette.Alarm, 11, bold: true);
        svg.Text(Left + 6, Top + 14, $"Cholestasis range: {Count(LiverQuadrant.Cholestasis)}", "start", Palette.Quiet, 11);
        svg.Text(Width - Right - 4, Height - Bottom - 7, $"Temple's corollary: {Count(LiverQuadrant.Temple)}", "end", Palette.Quiet, 11);
        svg.Text(Left + 6, Height - Bottom - 7, $"Neither: {Count(LiverQuadrant.Normal)}", "start", Palette.Quiet, 11);

        string Count(LiverQuadrant quadrant) => points.Count(point => point.Quadrant == quadrant).ToString(CultureInfo.InvariantCulture);
    }

    private static void Legend(Svg svg, IReadOnlyList<string> groups)
    {
        if (groups is [""])
        {
            return;
        }

        var at = Width - Right;
        for (var i = groups.Count - 1; i >= 0; i--)
        {
            var name = groups[i].Length > 0 ? ChartText.Shorten(groups[i], 24) : "no arm";
            at -= ChartText.Width(name, 11);
            svg.Text(at, 36, name, "start", Palette.Quiet, 11);
            at -= 10;
            svg.Mark(Marks[i % Marks.Length], at, 32, 4, Fills[i % Fills.Length], "#ffffff", name);
            at -= 16;
        }
    }

    private static string Describe(IReadOnlyList<QuadrantPoint> points) => string.Create(
        CultureInfo.InvariantCulture,
        $"{points.Count} subjects; {points.Count(point => point.Quadrant == LiverQuadrant.HysLaw)} with at least 3 × ULN of ALT or AST and at least 2 × ULN of bilirubin.");
}

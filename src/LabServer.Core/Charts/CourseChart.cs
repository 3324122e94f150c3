using System.Globalization;

namespace LabServer.Core.Charts;

/// <summary>One result of a course.</summary>
/// <param name="Day">Days since the origin of the axis, with fractions.</param>
/// <param name="When">When it was collected, for people.</param>
/// <param name="Value">The number.</param>
/// <param name="Low">Lower limit; null: none.</param>
/// <param name="High">Upper limit; null: none.</param>
/// <param name="Grade">Its grade; null: not gradable.</param>
internal sealed record CoursePoint(double Day, string When, double Value, double? Low, double? High, int? Grade);

/// <summary>The value at which a grade begins.</summary>
/// <param name="Grade">1 to 4.</param>
/// <param name="Value">In the unit of the course.</param>
internal sealed record CourseThreshold(int Grade, double Value);

/// <summary>
/// The results of one test of a subject over time, with the limits of normal as a band and the beginning of each grade
/// as a line. A grade of 3 or more is a diamond with its number.
/// </summary>
internal static class CourseChart
{
    private const double Width = 372;
    private const double Height = 226;
    private const double Left = 50;
    private const double Right = 52;
    private const double Top = 22;
    private const double Bottom = 40;

    // From here on, highest to lowest value, a linear scale shows nothing of the lower ones.
    private const double LogFrom = 12;

    /// <summary>The picture.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="unit">Unit of the values; empty: none.</param>
    /// <param name="dayLabel">What days are counted from.</param>
    /// <param name="points">Results by time; at least one.</param>
    /// <param name="thresholds">Beginnings of grades; those far outside of the values are not drawn.</param>
    public static string Draw(
        string id, string title, string unit, string dayLabel, IReadOnlyList<CoursePoint> points, IReadOnlyList<CourseThreshold> thresholds)
    {
        var numbers = points.SelectMany(point => new[] { point.Value, point.Low, point.High }).OfType<double>().ToList();
        var (least, most) = (numbers.Min(), numbers.Max());
        var near = thresholds.Where(line => line.Value <= most * 1.6 && line.Value >= least / 1.6).ToList();
        (least, most) = (Math.Min(least, near.Select(line => line.Value).DefaultIfEmpty(least).Min()), Math.Max(most, near.Select(line => line.Value).DefaultIfEmpty(most).Max()));
        var scale = Scale(least, most, out var ticks, out var isLog);
        var days = LinearAxis.Over(points[0].Day, points[^1].Day, 5);

        double X(double day) => Left + (days.Share(day) * (Width - Left - Right));
        double Y(double value) => Height - Bottom - (scale(value) * (Height - Top - Bottom));

        var svg = new Svg(id, Width, Height, title, Describe(points, unit));
        Band(svg, points, X, Y);
        foreach (var tick in ticks)
        {
            svg.Line(Left, Y(tick), Width - Right, Y(tick), Palette.Grid).Text(Left - 5, Y(tick) + 4, ChartText.Number(tick), "end", Palette.Quiet, 10);
        }

        foreach (var tick in days.Ticks())
        {
            svg.Line(X(tick), Height - Bottom, X(tick), Height - Bottom + 4, Palette.Axis)
                .Text(X(tick), Height - Bottom + 15, ChartText.Number(tick), "middle", Palette.Quiet, 10);
        }

        svg.Text(2, 12, (unit.Length > 0 ? unit : "value") + (isLog ? " (log)" : ""), "start", Palette.Quiet, 10);
        svg.Text(Left + ((Width - Left - Right) / 2), Height - 8, dayLabel, "middle", Palette.Quiet, 10);
        Thresholds(svg, near, Y);
        svg.Path(points.Select(point => (X(point.Day), Y(point.Value))), Palette.Line, 1.2);
        foreach (var point in points)
        {
            Point(svg, point, unit, X(point.Day), Y(point.Value));
        }

        return svg.Line(Left, Top, Left, Height - Bottom, Palette.Axis)
            .Line(Left, Height - Bottom, Width - Right, Height - Bottom, Palette.Axis).ToString();
    }

    private static Func<double, double> Scale(double least, double most, out IEnumerable<double> ticks, out bool isLog)
    {
        isLog = least > 0 && most / least >= LogFrom;
        if (isLog)
        {
            var log = LogAxis.Over(least, most);
            ticks = log.Ticks();
            return log.Share;
        }

        var linear = LinearAxis.Over(least >= 0 && least < most / 3 ? 0 : least, most, 5);
        ticks = linear.Ticks();
        return linear.Share;
    }

    // Limits may change from result to result: each holds half way to its neighbours.
    private static void Band(Svg svg, IReadOnlyList<CoursePoint> points, Func<double, double> x, Func<double, double> y)
    {
        for (var i = 0; i < points.Count; i++)
        {
            if (points[i] is not { Low: { } low, High: { } high })
            {
                continue;
            }

            var from = i == 0 ? Left : (x(points[i - 1].Day) + x(points[i].Day)) / 2;
            var to = i == points.Count - 1 ? Width - Right : (x(points[i].Day) + x(points[i + 1].Day)) / 2;
            svg.Rectangle(from, y(high), Math.Max(to - from, 0), Math.Max(y(low) - y(high), 0), Palette.Normal);
        }
    }

    private static void Thresholds(Svg svg, IReadOnlyList<CourseThreshold> thresholds, Func<double, double> y)
    {
        var label = double.MaxValue;
        foreach (var line in thresholds.OrderBy(line => line.Value))
        {
            var at = y(line.Value);
            svg.Line(Left, at, Width - Right, at, line.Grade >= 3 ? Palette.Alarm : Palette.Axis, 1, "4 3");
            // Labels of lines that lie close keep their distance.
            label = Math.Min(at + 4, label - 11);
            svg.Text(Width - Right + 4, label, FormattableString.Invariant($"grade {line.Grade}"), "start", line.Grade >= 3 ? Palette.Alarm : Palette.Quiet, 10);
        }
    }

    private static void Point(Svg svg, CoursePoint point, string unit, double x, double y)
    {
        var grade = point.Grade ?? 0;
        var title = string.Create(
            CultureInfo.InvariantCulture,
            $"{point.When}: {ChartText.Number(point.Value)} {unit}, {(point.Grade is { } known ? $"grade {known}" : "not gradable")}");
        svg.Mark(grade >= 3 ? Mark.Diamond : Mark.Circle, x, y, grade >= 3 ? 4 : 3, grade == 0 ? "#ffffff" : Palette.Grade(grade).Fill, Palette.Ink, title);
        if (grade >= 3)
        {
            svg.Text(x, y - 8, FormattableString.Invariant($"{grade}"), "middle", Palette.Alarm, 10, bold: true);
        }
    }

    private static string Describe(IReadOnlyList<CoursePoint> points, string unit) =>
        string.Join("; ", points.TakeLast(40).Select(point => string.Create(
            CultureInfo.InvariantCulture, $"{point.When}: {ChartText.Number(point.Value)} {unit}{(point.Grade > 0 ? $" grade {point.Grade}" : "")}")));
}

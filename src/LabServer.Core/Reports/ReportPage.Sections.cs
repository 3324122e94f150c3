using System.Globalization;
using LabServer.Core.Charts;
using LabServer.Core.Summaries;

namespace LabServer.Core.Reports;

internal sealed partial class ReportPage
{
    private const int MostCourses = 12;
    private const int MostBars = 15;

    // More do not fit on a sheet of paper together.
    private const int MostArmBars = 30;

    private static readonly (string Id, string Title)[] Sections =
    [
        ("attention", "What needs attention"), ("events", "New and changed events"), ("incidence", "Events by grade"),
        ("liver", "Liver safety"), ("quality", "Data quality"), ("about", "About this report"),
    ];

    private string Since => material.Previous is { } previous ? $"since {ReportTables.Short(previous)}" : "up to the cut-off";

    private void Section(int at) => _html.Markup($"<section aria-labelledby=\"{Sections[at].Id}\">\n").Element("h2", Sections[at].Title, $"id=\"{Sections[at].Id}\"");

    private void End() => _html.Markup("</section>\n");

    private void Attention()
    {
        Section(0);
        _html.Element("h3", "Open alerts").Table(Table(ReportTables.Alerts) with { Shown = 25, HasHeading = true });
        _html.Element("h3", "New events of grade 3 or more");
        if (material.Courses.Count == 0)
        {
            var found = material.Events.Count(row => row.IsNewSevere);
            _html.Element(
                "p",
                found == 0 ? $"No new events of grade 3 or more {Since}." : $"{Html.Number(found)} without laboratory values; see the list below.",
                "class=\"empty\"");
            End();
            return;
        }

        _html.Element("p", "Limits of normal are the green band, the beginning of each grade a dashed line, by the limits and baseline of the worst result.", "class=\"note\"");
        _html.Markup("<div class=\"courses\">\n");
        for (var i = 0; i < Math.Min(material.Courses.Count, MostCourses); i++)
        {
            Course(material.Courses[i], i);
        }

        _html.Markup("</div>\n");
        if (material.Courses.Count > MostCourses)
        {
            _html.Element("p", $"First {MostCourses} of {Html.Number(material.Courses.Count)}, all values in {ReportTables.Courses}.", "class=\"more\"");
        }

        End();
    }

    private void Course(ReportCourse course, int at)
    {
        var arm = arms is null || arms.Of(course.SubjectId) is "" ? "" : $", {arms.Of(course.SubjectId)}";
        var unit = course.Unit.Length > 0 ? $" ({course.Unit})" : "";
        _html.Markup("<figure>\n<figcaption>")
            .Markup($"<span class=\"grade g{course.Grade.ToString(CultureInfo.InvariantCulture)}\">{course.Grade.ToString(CultureInfo.InvariantCulture)}</span> ")
            .Markup("<strong>").Text($"{course.SubjectId}{arm}").Markup("</strong>").Text($" · {course.TestName}{unit}").Markup("<br>")
            .Element("span", $"{course.Term}, {course.RuleSet}", "class=\"note\"").Markup("</figcaption>\n")
            .Markup(CourseChart.Draw(
                FormattableString.Invariant($"course-{at}"),
                $"{course.TestName} of {course.SubjectId} over time",
                course.Unit,
                course.FromFirstDose ? "days since first dose" : "days since first result",
                [.. course.Points.Select(point => new CoursePoint(point.Day, ReportTables.Short(point.CollectedAt), point.Value, point.Low, point.High, point.Grade))],
                [.. course.Thresholds.Select(line => new CourseThreshold(line.Grade, line.Value))]));
        if (course.LeftOut > 0)
        {
            _html.Element("p", $"{Html.Number(course.LeftOut)} results without a number that has this unit are not drawn.", "class=\"note\"");
        }

        _html.Markup("</figure>\n");
    }

    private void Events()
    {
        Section(1);
        if (material.Previous is null && material.Events.Count > 0)
        {
            _html.Element("p", "This is the first report: every event is new in it.");
        }

        _html.Table(Table(ReportTables.Events) with { HasHeading = true });
        End();
    }

    private void Incidence()
    {
        Section(2);
        _html.Element("p", "Subjects of the safety population, each counted once a term, at the worst grade. Graded and reported events together.");
        var whole = Table(ReportTables.Incidence);
        for (var i = 0; i < material.Incidence.Count; i++)
        {
            var table = material.Incidence[i];
            _html.Element("h3", table.RuleSet);
            if (table.Terms.Count == 0)
            {
                _html.Element("p", whole.Empty, "class=\"empty\"");
                continue;
            }

            var take = arms is null ? MostBars : Math.Clamp(MostArmBars / Math.Max(arms.Arms.Count, 1), 1, MostBars);
            var bars = IncidenceTables.Bars(table, arms, arms?.Incidence[i], take);
            var most = table.Terms.Count > take ? $"The {Html.Number(take)} most frequent of {Html.Number(table.Terms.Count)} terms" : "All terms";
            _html.Markup("<figure>\n").Element("figcaption", $"{most} by worst grade{(arms is null ? "" : " and arm")}")
                .Markup(GradeBars.Draw(FormattableString.Invariant($"bars-{i}"), $"Events by grade under {table.RuleSet}", bars)).Markup("</figure>\n");
            _html.Table(whole with
            {
                Caption = $"{whole.Caption}, {table.RuleSet}",
                Columns = [.. whole.Columns.Skip(1)],
                Rows = [.. whole.Rows.Where(row => row[0] == table.RuleSet).Select(row => (IReadOnlyList<string>)[.. row.Skip(1)])],
                Shown = 40,
            });
        }

        End();
    }

    private void Liver()
    {
        Section(3);
        var points = material.Liver
            .Where(row => row.Quadrant is not null)
            .Select(row => new QuadrantPoint(row.SubjectId, row.Transaminase!.Value, row.Bilirubin!.Value, row.Quadrant!.Value, arms?.Of(row.SubjectId) ?? ""))
            .ToList();
        if (points.Count == 0)
        {
            _html.Element("p", "No subject has both a transaminase and a bilirubin with an upper limit after first dose.", "class=\"empty\"");
            End();
            return;
        }

        _html.Markup("<figure>\n").Element(
                "figcaption", $"Peak ALT or AST against peak bilirubin of {Html.Number(points.Count)} subjects. Peaks need not be of the same day: a candidate for Hy's law has both within 14 days.")
            .Markup(QuadrantChart.Draw("liver-plot", "Liver safety: peak transaminase against peak bilirubin", points, arms is null ? [""] : [.. arms.Arms.Select(arm => arm.Arm)]))
            .Markup("</figure>\n");
        var table = Table(ReportTables.Liver);
        var concerned = material.Liver.Where(row => row.HysLaw || row.Quadrant is not (null or LiverQuadrant.Normal) || IsOver(row))
            .Select(row => row.SubjectId).ToHashSet(StringComparer.Ordinal);
        _html.Table(table with { Rows = [.. table.Rows.Where(row => concerned.Contains(row[0]))] });
        if (points.Count < material.Liver.Count)
        {
            _html.Element("p", $"Subjects with only one of the two, not drawn: {Html.Number(material.Liver.Count - points.Count)}.", "class=\"note\"");
        }

        _html.Element("p", $"The peaks of every subject are in {ReportTables.Liver}.", "class=\"note\"");
        End();
    }

    // Where the other peak is missing there is no quadrant, and a value over its bound is to be looked at all the same.
    private static bool IsOver(ReportLiver row) =>
        row.Quadrant is null && (row.Transaminase >= LiverPoint.TransaminaseTimes || row.Bilirubin >= LiverPoint.BilirubinTimes);

    private void Quality()
    {
        Section(4);
        _html.Markup("<div class=\"pairs\">\n<div>\n").Table(Table(ReportTables.Counts)).Markup("</div>\n<div>\n").Table(Table(ReportTables.Held))
            .Table(Table(ReportTables.Rejected)).Table(Table(ReportTables.Flagged)).Table(Table(ReportTables.NotGradable)).Markup("</div>\n</div>\n")
            .Table(Table(ReportTables.Laboratories)).Table(Table(ReportTables.OutdatedRanges) with { Shown = 25 });
        End();
    }

    private void About()
    {
        Section(5);
        _html.Element("p", "The figures of this report were frozen at the cut-off. Made again from them, it has the same bytes; later results and corrections are in later reports.");
        _html.Element("p", "A grade follows from the value, its limits and the baseline under the published criteria of the rule set; whether an event is related to treatment is for a person to say. Results that could not be graded are never counted as normal: they are under data quality.");
        _html.Markup("<p>Whole tables are beside this page: ");
        _html.Text(string.Join(", ", tables.Select(table => table.File))).Markup(".</p>\n");
        End();
        _html.Markup("<footer>").Text($"LabServer · {material.StudyId} · cut-off {material.CutOffUtc} · {(arms is null ? "blinded edition" : "edition by arm")}").Markup("</footer>\n");
    }
}

using System.Globalization;

namespace LabServer.Core.Reports;

/// <summary>The page of a report: what needs attention first, then the tables, then the state of the data.</summary>
/// <param name="material">The figures.</param>
/// <param name="arms">Arms; null: the blinded edition.</param>
/// <param name="tables">The tables of the edition.</param>
internal sealed partial class ReportPage(ReportMaterial material, ReportArms? arms, IReadOnlyList<ReportTable> tables)
{
    private readonly Html _html = new();

    /// <summary>The page as one text.</summary>
    public string Write()
    {
        Head();
        Summary();
        Attention();
        Events();
        Incidence();
        Liver();
        Quality();
        About();
        return _html.Markup("</main>\n</body>\n</html>\n").ToString();
    }

    private ReportTable Table(string file) => tables.First(table => table.File == file);

    private void Head()
    {
        _html.Markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Markup($"<meta http-equiv=\"Content-Security-Policy\" content=\"{ReportStyle.Policy}\">\n")
            .Markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n")
            .Element("title", $"Safety report {material.StudyId}, {ReportTables.Short(material.CutOff)}")
            .Markup("<style>").Markup(ReportStyle.Normal).Markup("</style>\n</head>\n<body>\n<header>\n")
            .Element("h1", $"Safety report {material.StudyId}");
        if (material.Title.Length > 0)
        {
            _html.Element("p", material.Title, "class=\"subtitle\"");
        }

        _ = arms is null
            ? _html.Element("p", "Blinded edition: all arms pooled", "class=\"edition\"")
            : _html.Element("p", "Unblinded: by treatment arm", "class=\"edition by-arm\"");
        _html.Markup("<dl class=\"facts\">\n");
        Fact("Cut-off", $"{ReportTables.Short(material.CutOff)} {material.TimeZone} ({ReportTables.Short(material.CutOffUtc)} UTC)");
        Fact("Report before", material.Previous is { } previous ? $"{ReportTables.Short(previous)} {material.TimeZone}" : "none: this is the first report of the study");
        Fact("Safety population", $"{Html.Number(material.Counts.SafetySubjects)} subjects with a first dose, of {Html.Number(material.Counts.Subjects)} registered");
        foreach (var set in material.RuleSets)
        {
            _html.Element("dt", "Rule set").Markup("<dd>").Text(string.Create(CultureInfo.InvariantCulture, $"{set.Name}, version {set.Version}: {set.Title} "))
                .Markup("<span class=\"hash\">SHA-256 ").Text(set.Sha256).Markup("</span></dd>\n");
        }

        _html.Markup("</dl>\n");
    }

    private void Fact(string name, string value) => _html.Element("dt", name).Element("dd", value);

    private void Summary()
    {
        var counts = material.Counts;
        var hysLaw = material.Liver.Count(row => row.HysLaw);
        _html.Markup("<ul class=\"figures\">\n");
        Figure(counts.NewSevereEvents, "new events of grade 3 or more", attention: counts.NewSevereEvents > 0);
        Figure(counts.OpenAlerts, "open alerts", attention: counts.OpenAlerts > 0);
        Figure(hysLaw, "Hy's law candidates", attention: hysLaw > 0);
        Figure(counts.ChangedEvents, "new and changed events", attention: false);
        Figure(counts.Results - (material.PreviousCounts?.Results ?? 0), material.Previous is null ? "results" : "results since the last report", attention: false);
        Figure(counts.SafetySubjects - (material.PreviousCounts?.SafetySubjects ?? 0), material.Previous is null ? "subjects dosed" : "subjects dosed since", attention: false);
        Figure(counts.Held, "results held", attention: false);
        Figure(counts.Pending, "waiting for grading", attention: counts.Pending > 0);
        _html.Markup("</ul>\n</header>\n<nav aria-label=\"Contents\"><ol>\n");
        foreach (var (id, title) in Sections)
        {
            _html.Markup($"<li><a href=\"#{id}\">").Text(title).Markup("</a></li>\n");
        }

        _html.Markup("</ol></nav>\n<main>\n");
        if (counts.Pending > 0)
        {
            _html.Element("p", $"{Html.Number(counts.Pending)} results or series still waited for grading at the cut-off: what they bring is in the next report.", "class=\"waiting\"");
        }
    }

    private void Figure(long number, string what, bool attention) => _html
        .Markup(attention ? "<li class=\"attention\"><strong>" : "<li><strong>").Text(Html.Number(number)).Markup("</strong> <span>").Text(what).Markup("</span></li>\n");
}

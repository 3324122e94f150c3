using System.Globalization;
using LabServer.Core.Storage;

namespace LabServer.Core.Reports;

/// <summary>Makes safety reports: freezes what a study holds, renders it, and stores both in one transaction.</summary>
public sealed class SafetyReportRun
{
    private readonly SafetyReportStore _reports;
    private readonly ReportMaterialStore _material;

    /// <summary>With what it reads.</summary>
    public SafetyReportRun(
        Database database, SafetyReportStore reports, RuleSetStore ruleSets, SummaryStore summaries, LiverSafetyStore liver,
        Grading.OutdatedRanges ranges, Ingestion.CurrentCatalogue catalogue, TimeProvider time)
    {
        _reports = reports;
        _material = new ReportMaterialStore(database, ruleSets, summaries, liver, ranges, catalogue, time);
    }

    /// <summary>Steps of a run, as its progress counts them.</summary>
    public static int Steps => ReportMaterialStore.Steps + 2;

    /// <summary>
    /// Makes the report of a study as it is now. A kill at any point leaves the whole report or nothing. Of one run there
    /// is one report: asked again for the same run, it gives back what that run has made.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="runId">The run that makes it.</param>
    /// <param name="progress">Told how many steps are done.</param>
    /// <param name="cancellation">Stops before it is stored.</param>
    public Task<SafetyReport> Make(Study study, string runId, Action<int> progress, CancellationToken cancellation) =>
        Telemetry.Within("report", _ => MakeOnce(study, runId, progress, cancellation));

    /// <summary>Renders an edition of a report once more from what was frozen, and compares it with what is on file.</summary>
    /// <returns>The edition as it comes out now; null: the report is of another format than this program makes.</returns>
    /// <exception cref="InvalidDataException">What was frozen is damaged.</exception>
    public SafetyReportEdition? Remake(SafetyReport report, ReportEdition edition)
    {
        if (report.Format != SafetyReportFiles.Format)
        {
            return null;
        }

        var (material, arms) = _reports.Material(report);
        var rendered = SafetyReportFiles.Render(material, arms).Single(made => made.Edition == edition);
        return new SafetyReportEdition(
            edition, rendered.Sha256, [.. rendered.Files.Select(file => new SafetyReportFile(file.Name, file.Content.Length, file.Sha256))]);
    }

    private async Task<SafetyReport> MakeOnce(Study study, string runId, Action<int> progress, CancellationToken cancellation)
    {
        while (true)
        {
            if (_reports.OfRun(study.StudyKey, runId) is { } made)
            {
                return made;
            }

            var steps = 0;
            progress(steps);
            var (previous, through) = _reports.Last(study.StudyKey);
            var frozen = _material.Read(study, previous, through, () => progress(++steps), cancellation);

            // From its stored form, as when it is made again: what JSON does not keep cannot show.
            var material = MaterialJson.Read<ReportMaterial>(MaterialJson.Write(frozen.Material));
            var editions = SafetyReportFiles.Render(material, MaterialJson.Read<ReportArms>(MaterialJson.Write(frozen.Arms)));
            progress(++steps);
            var report = new SafetyReport
            {
                ReportId = Id(frozen.CutOffUs),
                CutOffUs = frozen.CutOffUs,
                PreviousUs = previous?.CutOffUs,
                Format = SafetyReportFiles.Format,
                RunId = runId,
                Counts = material.Counts,
            };
            if (await _reports.Add(study.StudyKey, report, frozen, editions, cancellation).ConfigureAwait(false))
            {
                progress(++steps);
                return _reports.Find(study.StudyKey, report.ReportId)!;
            }
        }
    }

    private static string Id(long cutOffUs) => Clock.FromUs(cutOffUs).ToString("yyyyMMdd'T'HHmmss'.'ffffff'Z'", CultureInfo.InvariantCulture);
}

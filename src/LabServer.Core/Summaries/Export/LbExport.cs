using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Summaries;

/// <summary>SDTM LB: the results that laboratories sent and that are in force. What LabServer computed is in ADLB.</summary>
internal static class LbExport
{
    public static IEnumerable<LbRow> Rows(ExportScope scope)
    {
        foreach (var (subject, facts) in scope.Subjects())
        {
            var grades = ResultToxicity.Read(scope, subject);
            var sequence = 0;
            foreach (var series in ExportedSeries.Of(scope, subject, facts))
            {
                var lastBeforeDose = LastBeforeDose(series, facts);
                for (var i = 0; i < series.Results.Count; i++)
                {
                    if (!series.Observations[i].IsDerived)
                    {
                        yield return Row(scope, subject, facts, series, i, ++sequence, i == lastBeforeDose, grades);
                    }
                }
            }
        }
    }

    private static LbRow Row(
        ExportScope scope, Subject subject, SeriesSubject facts, ExportedSeries series, int at, int sequence, bool isLastBeforeDose, ResultToxicity grades)
    {
        var (test, result, observation) = (series.Test, series.Results[at], series.Observations[at]);
        var unit = series.Unit(observation);
        var sent = observation.RangeSource != RangeSource.Laboratory;
        // Of a bound no standard value is stored; the number that bounds it has one.
        var number = observation.StandardValue ?? ExportedSeries.Standard(unit, observation.Value);
        return new LbRow
        {
            StudyId = scope.Study.StudyId,
            SubjectId = subject.SubjectId,
            Sequence = sequence,
            SourceResultId = result.SourceResultId,
            Laboratory = result.Laboratory,
            TestCode = test.Code,
            TestName = test.Name,
            Category = result.Category.Length > 0 ? result.Category : test.Category,
            Specimen = Specimen(result, test),
            SpecimenCondition = observation.SpecimenCondition,
            Method = observation.Method,
            ReportedValue = result.ReportedValue,
            ReportedUnit = result.ReportedUnit,
            ReferenceLow = sent ? result.ReferenceLow : CellText.Number(observation.LowerLimit),
            ReferenceHigh = sent ? result.ReferenceHigh : CellText.Number(observation.UpperLimit),
            StandardText = number is null ? result.ReportedValue.Trim() : observation.Qualifier.Sign() + CellText.Number(number),
            StandardValue = observation.ExactValue is null ? null : observation.StandardValue,
            StandardUnit = number is null ? "" : test.StandardUnit ?? "",
            LowerLimit = ExportedSeries.Standard(unit, observation.LowerLimit),
            UpperLimit = ExportedSeries.Standard(unit, observation.UpperLimit),
            Indicator = observation.Indicator,
            IsLastBeforeDose = isLastBeforeDose,
            Fasting = result.Fasting,
            Visit = result.Visit,
            VisitNumber = result.VisitNumber,
            CollectedAt = observation.CollectedAt,
            StudyDay = ExportScope.Days(observation.CollectedAt, facts)?.Certain,
            Low = grades.Cell(result.ResultKey, ToxicityDirection.Low),
            High = grades.Cell(result.ResultKey, ToxicityDirection.High),
        };
    }

    // Where a code alone means another specimen, or none, it is said: the file would else be understood in another way.
    private static string Specimen(ExportedResult result, TestDefinition test) =>
        result.Specimen.Length > 0 ? result.Specimen
        : test.NeedsSpecimen || test.Specimen is not ("BLOOD" or "NONE") ? test.Specimen
        : "";

    private static int? LastBeforeDose(ExportedSeries series, SeriesSubject facts)
    {
        var timing = SeriesGrader.Timing(series.Observations, facts);
        for (var i = timing.Length - 1; i >= 0; i--)
        {
            if (timing[i] == BaselineOrder.AtOrBefore && series.Observations[i] is { GradableValue: not null, IsDerived: false })
            {
                return i;
            }
        }

        return null;
    }
}

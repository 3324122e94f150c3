using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>Reads the liver tests of a study for Hy's law; one subject in memory.</summary>
public sealed class HysLawStore(Database database)
{
    private const string SelectLiver = """
        SELECT s.subject_id AS SubjectId, s.first_dose_at AS FirstDoseAt, t.test AS Test, l.laboratory AS Laboratory,
               r.source_result_id AS SourceResultId, o.collected_at AS CollectedAt, o.value AS Value, o.qualifier AS Qualifier,
               o.upper_limit AS UpperLimit
        FROM subject s
        JOIN observation o ON o.subject_key = s.subject_key
        JOIN test t ON t.test_key = o.test_key
        JOIN result r ON r.result_key = o.result_key
        JOIN laboratory l ON l.laboratory_key = r.laboratory_key
        WHERE s.study_key = @StudyKey AND s.first_dose_at <> '' AND t.test IN ('ALT', 'AST', 'BILI', 'ALP')
        ORDER BY s.subject_id, o.collected_us, t.test, LENGTH(r.source_result_id), r.source_result_id, l.laboratory
        """;

    /// <summary>Candidates of a study by subject and time.</summary>
    public IEnumerable<HysLawCandidate> Candidates(Study study)
    {
        var zone = study.Zone();
        using var connection = database.Read();
        var results = new List<LiverResult>();
        var subject = "";
        foreach (var row in connection.Query<Row>(SelectLiver, study, buffered: false))
        {
            if (row.SubjectId != subject)
            {
                foreach (var candidate in HysLaw.Candidates(subject, results))
                {
                    yield return candidate;
                }

                (subject, results) = (row.SubjectId, []);
            }

            results.Add(row.ToResult(zone));
        }

        foreach (var candidate in HysLaw.Candidates(subject, results))
        {
            yield return candidate;
        }
    }

    private sealed record Row
    {
        public string SubjectId { get; init; } = "";

        public string FirstDoseAt { get; init; } = "";

        public string Test { get; init; } = "";

        public string Laboratory { get; init; } = "";

        public string SourceResultId { get; init; } = "";

        public string CollectedAt { get; init; } = "";

        public double? Value { get; init; }

        public long Qualifier { get; init; }

        public double? UpperLimit { get; init; }

        public LiverResult ToResult(TimeZoneInfo zone)
        {
            // Both were checked when they were taken in.
            PartialDateTime.TryRead(CollectedAt, out var collected, out _);
            var dosed = PartialDateTime.TryRead(FirstDoseAt, out var dose, out _);
            var (first, last) = collected.Days(zone);
            return new LiverResult
            {
                Test = Test,
                Laboratory = Laboratory,
                SourceResultId = SourceResultId,
                CollectedAt = CollectedAt,
                FirstDay = first,
                LastDay = last,
                AfterFirstDose = dosed && collected.CompareForBaseline(dose, zone) != BaselineOrder.AtOrBefore,
                Value = Value,
                Qualifier = (ValueQualifier)Qualifier,
                UpperLimit = UpperLimit,
            };
        }
    }
}

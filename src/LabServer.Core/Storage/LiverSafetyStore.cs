using System.Data.Common;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Summaries;

namespace LabServer.Core.Storage;

/// <summary>
/// Reads liver safety from the extremes that grading keeps, one row a subject and test. Whole series are read only of
/// subjects with a peak over its bound, for ALP and the days between the peaks.
/// </summary>
public sealed class LiverSafetyStore(Database database, CurrentCatalogue catalogue)
{
    private const string SelectPeaks = """
        SELECT e.subject_key, t.test, e.uln_gap, e.uln_times, e.uln_at_least, e.uln_result_key, e.uln_collected_at, e.baseline_times
        FROM test t
        JOIN subject s ON s.study_key = @study_key AND s.first_dose_at <> ''
        JOIN series_extreme e ON e.subject_key = s.subject_key AND e.test_key = t.test_key
        WHERE t.test IN ('ALT', 'AST', 'BILI')
        ORDER BY e.subject_key, t.test
        """;

    /// <summary>Liver safety of the safety population, from one state of the database.</summary>
    /// <param name="study">The study.</param>
    /// <param name="sight">Whether arms are shown.</param>
    /// <param name="splitBy">What to split by; empty: nothing.</param>
    /// <param name="arms">Arms to count; empty: all.</param>
    public LiverSafety Read(Study study, ArmSight sight, string splitBy, IReadOnlyList<string> arms)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        return Read(connection, transaction, study, sight, splitBy, arms);
    }

    /// <summary>As the transaction sees it.</summary>
    internal LiverSafety Read(
        DbConnection connection, DbTransaction transaction, Study study, ArmSight sight, string splitBy, IReadOnlyList<string> arms)
    {
        var population = StrataStore.Read(database.Dialect, connection, transaction, study, sight, splitBy, arms);
        var peaks = Peaks(connection, transaction, study.StudyKey);
        var points = population.Subjects.Select(subject => Point(subject, peaks)).ToList();
        var results = Results(connection, transaction, study, points.FindAll(point => point.IsOverBound).ConvertAll(point => point.Subject.SubjectKey));
        return LiverSafety.Of(population, points.Select(point =>
            results.TryGetValue(point.Subject.SubjectKey, out var own) ? Complete(point, own) : point));
    }

    private static LiverPoint Point(StratumSubject subject, Dictionary<(long SubjectKey, string Test), LiverPeak> peaks) => new()
    {
        Subject = subject,
        Alt = peaks.GetValueOrDefault((subject.SubjectKey, "ALT"), LiverPeak.None),
        Ast = peaks.GetValueOrDefault((subject.SubjectKey, "AST"), LiverPeak.None),
        Bilirubin = peaks.GetValueOrDefault((subject.SubjectKey, "BILI"), LiverPeak.None),
    };

    // Bilirubin of a candidate may be from before the first dose, so ALT or AST over the bound alone is looked into too.
    private static LiverPoint Complete(LiverPoint point, IReadOnlyList<LiverResult> results)
    {
        var test = !point.IsTransaminaseOver ? "BILI" : point.IsAst ? "AST" : "ALT";
        var peak = (point.IsTransaminaseOver ? point.Transaminase : point.Bilirubin).Peak!.Value;
        var candidates = HysLaw.Candidates(point.Subject.SubjectId, results).ToList();
        return point with
        {
            Alp = results.FirstOrDefault(result => result.AfterFirstDose && result.Test == test && result.CollectedAt == peak.CollectedAt
                && result.TimesUpperLimit == peak.Times) is { } at ? HysLaw.AlpAt(at, results) : null,
            IsCandidate = candidates.Count > 0,
            AlpUnderTwice = candidates.Exists(candidate => candidate.AlpUnderTwice == YesNo.Yes) ? YesNo.Yes
                : candidates.Count > 0 && candidates.TrueForAll(candidate => candidate.AlpUnderTwice == YesNo.No) ? YesNo.No
                : YesNo.Unspecified,
        };
    }

    private static Dictionary<(long SubjectKey, string Test), LiverPeak> Peaks(DbConnection connection, DbTransaction transaction, long studyKey)
    {
        using var command = connection.CreateCommand();
        command.CommandText = SelectPeaks;
        command.Transaction = transaction;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@study_key", studyKey);
        command.Parameters.Add(parameter);
        using var reader = command.ExecuteReader();
        var peaks = new Dictionary<(long SubjectKey, string Test), LiverPeak>();
        while (reader.Read())
        {
            SeriesPeak? peak = reader.Number(3) is { } times
                ? new SeriesPeak(times, reader.GetInt64(4) != 0, reader.GetInt64(5), reader.GetString(6))
                : null;
            peaks.Add((reader.GetInt64(0), reader.GetString(1)), new LiverPeak(peak, (PeakGap)reader.GetInt64(2), reader.Number(7)));
        }

        return peaks;
    }

    // By subject, in the order of time; of one time by test. Not barred by text or specimen.
    private Dictionary<long, IReadOnlyList<LiverResult>> Results(
        DbConnection connection, DbTransaction transaction, Study study, List<long> subjectKeys)
    {
        if (subjectKeys.Count == 0)
        {
            return [];
        }

        var found = subjectKeys.ToDictionary(key => key, _ => new List<(long CollectedUs, LiverResult Result)>());
        var facts = SubjectStore.Facts(connection, transaction, study.StudyKey)
            .Where(subject => found.ContainsKey(subject.SubjectKey))
            .ToDictionary(subject => subject.SubjectKey, subject => SeriesSubject.Of(subject, study));
        var ranges = ReferenceRangeStore.InForce(connection, transaction, study.StudyKey);
        foreach (var (_, test) in HysLawStore.Tests(connection, transaction, catalogue.Value))
        {
            foreach (var (key, series) in TestSeriesStore.Read(
                database.Dialect, connection, transaction, study.StudyKey, test, ranges, _ => long.MaxValue, subjectKeys))
            {
                SeriesPreparation.PrepareInPlace(series, facts[key], test, ranges);
                found[key].AddRange(series.Where(observation => observation.Barred is null)
                    .Select(observation => (observation.CollectedUs, HysLawStore.Result(test, observation, null, facts[key]))));
            }
        }

        return found.ToDictionary(
            entry => entry.Key, IReadOnlyList<LiverResult> (entry) => [.. entry.Value.OrderBy(row => row.CollectedUs).Select(row => row.Result)]);
    }
}

using System.Data.Common;
using Dapper;
using LabServer.Core.Derivation;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>Reads what formulas look at, for many subjects one after the other.</summary>
internal sealed class DerivationInputReader : IDisposable
{
    private const string SelectTests = "SELECT DISTINCT test_key FROM observation WHERE subject_key = @subjectKey";

    private const string SelectSent = """
        SELECT r.result_key, l.laboratory, r.source_result_id, r.version, r.reference_low, r.reference_high, r.reported_value,
               r.specimen, r.method, r.visit, r.visit_number, r.fasting
        FROM observation o
        JOIN result r ON r.result_key = o.result_key
        JOIN laboratory l ON l.laboratory_key = r.laboratory_key
        WHERE o.subject_key = @subject_key AND o.test_key = @test_key
        """;

    private readonly DbConnection _connection;
    private readonly SeriesReader _series;
    private readonly RowCursor _sent;

    /// <summary>Prepares reading on a connection, which must be there for as long.</summary>
    public DerivationInputReader(Database database, DbConnection connection)
    {
        _connection = connection;
        _series = new SeriesReader(database, connection);
        _sent = database.Dialect.Rows(connection, null, SelectSent);
    }

    /// <summary>What laboratories sent of a subject and formulas look at, prepared, by time.</summary>
    public SubjectInputs Read(Subject subject, Study study, TestCatalogue catalogue, IReadOnlyDictionary<long, TestDefinition> tests)
    {
        var facts = SeriesSubject.Of(subject, study);
        var found = new List<InputResult>();
        foreach (var testKey in _connection.Query<long>(SelectTests, new { subjectKey = subject.SubjectKey }).Order())
        {
            if (tests.TryGetValue(testKey, out var test))
            {
                var sent = Sent(subject.SubjectKey, testKey);
                found.AddRange(SeriesPreparation
                    .Prepare(_series.Read(subject.SubjectKey, testKey), facts, test, StudyRanges.None)
                    .Where(observation => !observation.IsDerived)
                    .Select(observation => new InputResult(test, observation, sent[observation.ResultKey])));
            }
        }

        return new SubjectInputs(facts, study.Settings, catalogue, found);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _series.Dispose();
        _sent.Dispose();
    }

    private Dictionary<long, SentFacts> Sent(long subjectKey, long testKey)
    {
        _sent.Again(("@subject_key", subjectKey), ("@test_key", testKey));
        var sent = new Dictionary<long, SentFacts>();
        while (_sent.Read())
        {
            sent.Add(_sent.Whole(0), new SentFacts
            {
                ResultKey = _sent.Whole(0),
                Laboratory = _sent.Text(1),
                SourceResultId = _sent.Text(2),
                Version = _sent.Whole(3),
                ReferenceLow = _sent.Text(4),
                ReferenceHigh = _sent.Text(5),
                ReportedValue = _sent.Text(6),
                Specimen = _sent.Text(7),
                Method = _sent.Text(8),
                Visit = _sent.Text(9),
                VisitNumber = _sent.Text(10),
                Fasting = (Fasting)_sent.Whole(11),
            });
        }

        return sent;
    }
}

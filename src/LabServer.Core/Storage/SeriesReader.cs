using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>
/// Reads series by the thousand: the statement is prepared once, and names are few and looked up by key instead of being
/// joined to each row. Gives what <see cref="SeriesStore.Observations"/> gives.
/// </summary>
public sealed class SeriesReader : IDisposable
{
    private const string SelectObservations = """
        SELECT collected_us, result_key, collected_at, value, qualifier, unit_key, lower_limit, upper_limit, standard_value, fasting,
               laboratory_key, method, status, specimen_condition
        FROM observation
        WHERE subject_key = @subject_key AND test_key = @test_key
        ORDER BY collected_us, result_key
        """;

    private const string SelectUnit = "SELECT unit FROM unit WHERE unit_key = @key";

    private const string SelectIsDerived = "SELECT CASE WHEN laboratory = '(derived)' THEN 1 ELSE 0 END FROM laboratory WHERE laboratory_key = @key";

    private const string SelectDerivedFor =
        "SELECT laboratory_key FROM derived_result WHERE subject_key = @subject_key AND result_key = @result_key";

    private readonly DbConnection _connection;
    private readonly RowCursor _rows;
    private readonly RowCursor _derivedFor;
    private readonly Dictionary<long, string> _units = [];
    private readonly Dictionary<long, bool> _isDerived = [];

    /// <summary>Prepares reading on a connection, which must be there for as long.</summary>
    public SeriesReader(Database database, DbConnection connection)
    {
        _connection = connection;
        _rows = database.Dialect.Rows(connection, null, SelectObservations);
        _derivedFor = database.Dialect.Rows(connection, null, SelectDerivedFor);
    }

    /// <summary>The observations of one series by time.</summary>
    public List<Observation> Read(long subjectKey, long testKey)
    {
        _rows.Again(("@subject_key", subjectKey), ("@test_key", testKey));
        var observations = new List<Observation>();
        while (_rows.Read())
        {
            observations.Add(Observation(subjectKey));
        }

        SeriesStore.OrderTies(_connection, null, observations);
        return observations;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _derivedFor.Dispose();
    }

    private Observation Observation(long subjectKey)
    {
        var (resultKey, low, high, laboratory) = (_rows.Whole(1), _rows.Number(6), _rows.Number(7), _rows.Whole(10));
        var isDerived = IsDerived(laboratory);
        return new Observation
        {
            CollectedUs = _rows.Whole(0),
            ResultKey = resultKey,
            CollectedAt = _rows.Text(2),
            Value = _rows.Number(3),
            Qualifier = (ValueQualifier)_rows.Whole(4),
            Unit = _rows.Key(5) is { } unit ? Unit(unit) : null,
            LowerLimit = low,
            UpperLimit = high,
            StandardValue = _rows.Number(8),
            Fasting = ((Fasting)_rows.Whole(9)).IsFasting(),
            LaboratoryKey = isDerived ? DerivedFor(subjectKey, resultKey) ?? laboratory : laboratory,
            Method = _rows.Text(11),
            Status = (ResultStatus)_rows.Whole(12),
            SpecimenCondition = _rows.Text(13),
            IsDerived = isDerived,
            RangeSource = low is null && high is null ? RangeSource.None : RangeSource.Result,
        };
    }

    private string Unit(long key) => _units.TryGetValue(key, out var unit)
        ? unit
        : _units[key] = _connection.QuerySingle<string>(SelectUnit, new { key });

    private bool IsDerived(long key) => _isDerived.TryGetValue(key, out var isDerived)
        ? isDerived
        : _isDerived[key] = _connection.QuerySingleOrDefault<bool>(SelectIsDerived, new { key });

    private long? DerivedFor(long subjectKey, long resultKey)
    {
        _derivedFor.Again(("@subject_key", subjectKey), ("@result_key", resultKey));
        long? laboratory = _derivedFor.Read() ? _derivedFor.Whole(0) : null;

        // To its end, so that it holds no old state of the database.
        while (laboratory is not null && _derivedFor.Read())
        {
        }

        return laboratory;
    }
}

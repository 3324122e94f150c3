using System.Data.Common;
using Dapper;
using LabServer.Core.Derivation;

namespace LabServer.Core.Storage;

public sealed partial class DerivationStore
{
    private const string SelectOne = """
        SELECT d.formula AS Formula, d.computation AS Computation
        FROM result r JOIN derived_result d ON d.subject_key = r.subject_key AND d.result_key = r.result_key
        WHERE r.result_key = @resultKey
        """;

    private const string SelectInputs = """
        SELECT i.role AS Role, l.laboratory AS Laboratory, r.source_result_id AS SourceResultId, r.version AS Version, t.test AS Test,
               r.reported_value AS ReportedValue, r.reported_unit AS ReportedUnit, r.collected_at AS CollectedAt
        FROM derived_input i
        JOIN result r ON r.result_key = i.input_result_key
        JOIN laboratory l ON l.laboratory_key = r.laboratory_key
        JOIN test t ON t.test_key = r.test_key
        WHERE i.result_key = @resultKey
        ORDER BY i.position
        """;

    /// <summary>How a result was computed; null: a laboratory sent it, or it is cancelled.</summary>
    public DerivedFrom? Find(long resultKey)
    {
        using var connection = database.Read();
        return Find(connection, null, resultKey);
    }

    internal static DerivedFrom? Find(DbConnection connection, DbTransaction? transaction, long resultKey) =>
        connection.QuerySingleOrDefault<(string Formula, string Computation)?>(SelectOne, new { resultKey }, transaction) is { } row
            ? new DerivedFrom(
                row.Formula, row.Computation, connection.Query<InputOnFile>(SelectInputs, new { resultKey }, transaction).AsList())
            : null;
}

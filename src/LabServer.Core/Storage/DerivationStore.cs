using System.Data.Common;
using Dapper;
using LabServer.Core.Derivation;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>Derived results: what they are computed from, and how the versions on file were.</summary>
public sealed partial class DerivationStore(Database database, ResultStore results)
{
    private const string SelectOnFile = """
        SELECT d.result_key AS ResultKey, r.source_result_id AS SourceResultId, r.version AS Version, r.content_hash AS ContentHash,
               d.formula AS Formula, d.computation AS Computation, r.collected_us AS CollectedUs, t.test AS Test
        FROM derived_result d
        JOIN result r ON r.result_key = d.result_key
        JOIN test t ON t.test_key = r.test_key
        WHERE d.subject_key = @subjectKey
          AND NOT EXISTS (SELECT 1 FROM result n WHERE n.laboratory_key = r.laboratory_key
              AND n.source_result_id = r.source_result_id AND n.version > r.version)
        ORDER BY d.result_key
        """;

    private const string SelectInputsOfSubject = """
        SELECT i.result_key AS ResultKey, i.input_result_key AS InputResultKey, i.role AS Role
        FROM derived_result d JOIN derived_input i ON i.result_key = d.result_key
        WHERE d.subject_key = @subjectKey
        ORDER BY i.result_key, i.position
        """;

    private const string InsertDerived = """
        INSERT INTO derived_result (subject_key, result_key, laboratory_key, formula, computation)
        VALUES (@subject_key, @result_key, @laboratory_key, @formula, @computation)
        """;

    private const string InsertInput = """
        INSERT INTO derived_input (result_key, position, input_result_key, role)
        VALUES (@result_key, @position, @input_result_key, @role)
        """;

    /// <summary>Whether something is to be written for the subject.</summary>
    internal static bool Differs(DbConnection connection, Study study, Subject subject, DerivedOfSubject expected)
    {
        var onFile = OnFile(connection, null, subject.SubjectKey);
        var keys = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var result in expected.Results)
        {
            if (!onFile.Remove(result.SourceResultId, out var row) || !IsSame(row, result, InputKeys(result, keys), study, subject))
            {
                return true;
            }

            keys.Add(result.SourceResultId, row.ResultKey);
        }

        return onFile.Count > 0 || !Flags(connection, null, subject.SubjectKey).ToHashSet().SetEquals(expected.Flags);
    }

    /// <summary>
    /// Appends versions until what is on file for the subject is what is expected: a new one where value, inputs or
    /// computation differ, a cancelled one where nothing can be computed any more; and writes the flags that differ.
    /// Returns how many results were appended.
    /// </summary>
    internal int Write(WriteSession session, Study study, Subject subject, DerivedOfSubject expected, Func<string, TestDefinition> test)
    {
        WriteFlags(session, subject.SubjectKey, expected.Flags);
        var onFile = OnFile(session.Connection, session.Transaction, subject.SubjectKey);
        var keys = new Dictionary<string, long>(StringComparer.Ordinal);
        var appended = 0;
        foreach (var result in expected.Results)
        {
            var inputs = InputKeys(result, keys);
            if (onFile.Remove(result.SourceResultId, out var row) && IsSame(row, result, inputs, study, subject))
            {
                keys.Add(result.SourceResultId, row.ResultKey);
            }
            else
            {
                keys.Add(result.SourceResultId, Append(session, study, subject, result, inputs, test(result.Formula.Test)));
                appended++;
            }
        }

        foreach (var row in onFile.Values)
        {
            var last = ResultStore.Read(
                session.Connection, ResultStore.SelectOfKey, new { studyKey = study.StudyKey, resultKey = row.ResultKey }, session.Transaction)[0];
            var cancelled = last.Result with { ReportedValue = "", Status = ResultStatus.Cancelled };
            results.AppendDerived(session, study, cancelled, test(row.Test), row.CollectedUs, subject.SubjectKey);
            appended++;
        }

        return appended;
    }

    private long Append(
        WriteSession session, Study study, Subject subject, DerivedResult result, List<long> inputs, TestDefinition test)
    {
        var primary = result.Primary.Observation;
        var key = results.AppendDerived(
            session, study, result.ToResult(study.StudyId, subject.SubjectId, version: 0), test, primary.CollectedUs, subject.SubjectKey);
        session.Rows(InsertDerived)
            .Add(subject.SubjectKey).Add(key).Add(primary.LaboratoryKey).Add(result.Formula.Id).Add(result.Value.Computation).RunLater();
        for (var position = 0; position < inputs.Count; position++)
        {
            session.Rows(InsertInput).Add(key).Add(position).Add(inputs[position]).Add(result.Value.Inputs[position].Role).RunLater();
        }

        return key;
    }

    // An input that is itself derived has its key only once it is on file, which it is before what is computed from it.
    private static List<long> InputKeys(DerivedResult result, Dictionary<string, long> derived) =>
    [
        .. result.Value.Inputs.Select(input => input.Result.Observation.IsDerived
            ? derived[input.Result.Sent.SourceResultId]
            : input.Result.Observation.ResultKey),
    ];

    private static bool IsSame(DerivedOnFile row, DerivedResult result, List<long> inputs, Study study, Subject subject) =>
        row.Formula == result.Formula.Id
        && row.Computation == result.Value.Computation
        && row.Inputs.SequenceEqual(inputs.Zip(result.Value.Inputs, (key, input) => (key, input.Role)))
        && row.ContentHash.AsSpan().SequenceEqual(result.ToResult(study.StudyId, subject.SubjectId, row.Version).ContentHash());

    private static Dictionary<string, DerivedOnFile> OnFile(DbConnection connection, DbTransaction? transaction, long subjectKey)
    {
        var rows = connection.Query<OnFileRow>(SelectOnFile, new { subjectKey }, transaction).AsList();
        if (rows.Count == 0)
        {
            return [];
        }

        var inputs = connection.Query<InputRow>(SelectInputsOfSubject, new { subjectKey }, transaction)
            .ToLookup(row => row.ResultKey, row => (row.InputResultKey, row.Role));
        return rows.ToDictionary(
            row => row.SourceResultId,
            row => new DerivedOnFile(
                row.ResultKey, row.SourceResultId, row.Version, row.ContentHash, row.Formula, row.Computation, row.CollectedUs, row.Test,
                [.. inputs[row.ResultKey]]),
            StringComparer.Ordinal);
    }

    private sealed record OnFileRow(
        long ResultKey, string SourceResultId, long Version, byte[] ContentHash, string Formula, string Computation, long CollectedUs, string Test);

    private sealed record InputRow(long ResultKey, long InputResultKey, string Role);
}

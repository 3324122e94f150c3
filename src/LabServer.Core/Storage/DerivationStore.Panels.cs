using System.Data.Common;
using Dapper;
using LabServer.Core.Derivation;

namespace LabServer.Core.Storage;

public sealed partial class DerivationStore
{
    private const string SelectFlags = """
        SELECT t.test AS Test, f.result_key AS ResultKey, f.panel AS Panel, f.detail AS Detail
        FROM panel_flag f JOIN test t ON t.test_key = f.test_key
        WHERE f.subject_key = @subjectKey
        ORDER BY f.test_key, f.result_key, f.panel
        """;

    private const string DeleteFlag = """
        DELETE FROM panel_flag WHERE subject_key = @subjectKey AND result_key = @ResultKey AND panel = @Panel
            AND test_key = (SELECT test_key FROM test WHERE test = @Test)
        """;

    private const string InsertFlag = """
        INSERT INTO panel_flag (subject_key, test_key, result_key, panel, detail)
        SELECT @subjectKey, test_key, @ResultKey, @Panel, @Detail FROM test WHERE test = @Test
        """;

    /// <summary>Flow panel flags of a subject.</summary>
    public IReadOnlyList<PanelFlag> Flags(long subjectKey)
    {
        using var connection = database.Read();
        return Flags(connection, null, subjectKey);
    }

    private static List<PanelFlag> Flags(DbConnection connection, DbTransaction? transaction, long subjectKey) =>
        connection.Query<PanelFlag>(SelectFlags, new { subjectKey }, transaction).AsList();

    private static void WriteFlags(WriteSession session, long subjectKey, IReadOnlyList<PanelFlag> expected)
    {
        var stored = Flags(session.Connection, session.Transaction, subjectKey);
        foreach (var flag in stored.Except(expected))
        {
            session.Connection.Execute(DeleteFlag, new { subjectKey, flag.ResultKey, flag.Panel, flag.Test }, session.Transaction);
        }

        foreach (var flag in expected.Except(stored))
        {
            session.Connection.Execute(InsertFlag, new { subjectKey, flag.ResultKey, flag.Panel, flag.Detail, flag.Test }, session.Transaction);
        }
    }
}

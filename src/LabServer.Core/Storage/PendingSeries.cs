using Dapper;

namespace LabServer.Core.Storage;

/// <summary>
/// Marks on series that grading must take up. Every mark gets a number of its own, so that grading clears only the mark
/// it has seen: a series that changes while it is graded stays pending.
/// </summary>
internal static class PendingSeries
{
    private const string NextMark = "UPDATE grading_state SET marks = marks + 1 WHERE id = 1";

    private const string MarkAllOfStudy = """
        INSERT OR REPLACE INTO pending_series (subject_key, test_key, mark)
        SELECT DISTINCT o.subject_key, o.test_key, (SELECT marks FROM grading_state WHERE id = 1)
        FROM subject s JOIN observation o ON o.subject_key = s.subject_key
        WHERE s.study_key = @studyKey
        """;

    private const string MarkAllOfSubject = """
        INSERT OR REPLACE INTO pending_series (subject_key, test_key, mark)
        SELECT DISTINCT o.subject_key, o.test_key, (SELECT marks FROM grading_state WHERE id = 1)
        FROM observation o WHERE o.subject_key = @subjectKey
        """;

    private const string MarkAllOfLaboratory = """
        INSERT OR REPLACE INTO pending_series (subject_key, test_key, mark)
        SELECT DISTINCT o.subject_key, o.test_key, (SELECT marks FROM grading_state WHERE id = 1)
        FROM subject s JOIN observation o ON o.subject_key = s.subject_key
        WHERE s.study_key = @studyKey
          AND (o.laboratory_key = @laboratoryKey
            OR EXISTS (SELECT 1 FROM derived_result d
                WHERE d.subject_key = o.subject_key AND d.result_key = o.result_key AND d.laboratory_key = @laboratoryKey))
        """;

    private const string MarkOne = """
        INSERT OR REPLACE INTO pending_series (subject_key, test_key, mark)
        VALUES (@subject_key, @test_key, (SELECT marks FROM grading_state WHERE id = 1))
        """;

    /// <summary>Marks every series that the study has.</summary>
    public static void MarkStudy(WriteSession session, long studyKey)
    {
        BeginMark(session);
        session.Connection.Execute(MarkAllOfStudy, new { studyKey }, session.Transaction);
    }

    /// <summary>Marks every series that the subject has.</summary>
    public static void MarkSubject(WriteSession session, long subjectKey)
    {
        BeginMark(session);
        session.Connection.Execute(MarkAllOfSubject, new { subjectKey }, session.Transaction);
    }

    /// <summary>Marks every series that has results of the laboratory, or derived for them, and says how many.</summary>
    public static int MarkLaboratory(WriteSession session, long studyKey, long laboratoryKey)
    {
        BeginMark(session);
        return session.Connection.Execute(MarkAllOfLaboratory, new { studyKey, laboratoryKey }, session.Transaction);
    }

    /// <summary>Takes the number for the marks set next with <see cref="Mark"/> in this transaction.</summary>
    public static void BeginMark(WriteSession session) => session.Connection.Execute(NextMark, transaction: session.Transaction);

    /// <summary>Marks one series; after <see cref="BeginMark"/>.</summary>
    public static void Mark(WriteSession session, long subjectKey, long testKey) => session.Rows(MarkOne).Add(subjectKey).Add(testKey).Run();
}

using Dapper;

namespace LabServer.Core.Storage;

/// <summary>
/// Marks on series that grading must take up. Every mark gets a number of its own, so that grading clears only the mark
/// it has seen: a series that changes while it is graded stays pending.
/// </summary>
internal static class PendingSeries
{
    private const string NextMark = "UPDATE grading_state SET marks = marks + 1 WHERE id = 1";

    // What is marked already gets the new number, and what is not its first one: two statements, as no two engines have one
    // for both.
    private const string RemarkStudy = """
        UPDATE pending_series SET mark = (SELECT marks FROM grading_state WHERE id = 1)
        WHERE subject_key IN (SELECT s.subject_key FROM subject s WHERE s.study_key = @studyKey)
          AND EXISTS (SELECT 1 FROM observation o WHERE o.subject_key = pending_series.subject_key AND o.test_key = pending_series.test_key)
        """;

    private const string MarkRestOfStudy = """
        INSERT INTO pending_series (subject_key, test_key, mark)
        SELECT DISTINCT o.subject_key, o.test_key, (SELECT marks FROM grading_state WHERE id = 1)
        FROM subject s JOIN observation o ON o.subject_key = s.subject_key
        WHERE s.study_key = @studyKey
          AND NOT EXISTS (SELECT 1 FROM pending_series p WHERE p.subject_key = o.subject_key AND p.test_key = o.test_key)
        """;

    private const string RemarkSubject = """
        UPDATE pending_series SET mark = (SELECT marks FROM grading_state WHERE id = 1)
        WHERE subject_key = @subjectKey
          AND EXISTS (SELECT 1 FROM observation o WHERE o.subject_key = pending_series.subject_key AND o.test_key = pending_series.test_key)
        """;

    private const string MarkRestOfSubject = """
        INSERT INTO pending_series (subject_key, test_key, mark)
        SELECT DISTINCT o.subject_key, o.test_key, (SELECT marks FROM grading_state WHERE id = 1)
        FROM observation o
        WHERE o.subject_key = @subjectKey
          AND NOT EXISTS (SELECT 1 FROM pending_series p WHERE p.subject_key = o.subject_key AND p.test_key = o.test_key)
        """;

    private const string RemarkLaboratory = """
        UPDATE pending_series SET mark = (SELECT marks FROM grading_state WHERE id = 1)
        WHERE subject_key IN (SELECT s.subject_key FROM subject s WHERE s.study_key = @studyKey)
          AND EXISTS (SELECT 1 FROM observation o
            WHERE o.subject_key = pending_series.subject_key AND o.test_key = pending_series.test_key
              AND (o.laboratory_key = @laboratoryKey
                OR EXISTS (SELECT 1 FROM derived_result d
                    WHERE d.subject_key = o.subject_key AND d.result_key = o.result_key AND d.laboratory_key = @laboratoryKey)))
        """;

    private const string MarkRestOfLaboratory = """
        INSERT INTO pending_series (subject_key, test_key, mark)
        SELECT DISTINCT o.subject_key, o.test_key, (SELECT marks FROM grading_state WHERE id = 1)
        FROM subject s JOIN observation o ON o.subject_key = s.subject_key
        WHERE s.study_key = @studyKey
          AND (o.laboratory_key = @laboratoryKey
            OR EXISTS (SELECT 1 FROM derived_result d
                WHERE d.subject_key = o.subject_key AND d.result_key = o.result_key AND d.laboratory_key = @laboratoryKey))
          AND NOT EXISTS (SELECT 1 FROM pending_series p WHERE p.subject_key = o.subject_key AND p.test_key = o.test_key)
        """;

    private const string SelectMark = "SELECT marks FROM grading_state WHERE id = 1";

    private static readonly RowWrite WriteMark = new("pending_series", "subject_key, test_key", "mark") { Replaces = true };

    /// <summary>Marks every series that the study has.</summary>
    public static void MarkStudy(WriteSession session, long studyKey)
    {
        Mark(session, RemarkStudy, MarkRestOfStudy, new { studyKey });
    }

    /// <summary>Marks every series that the subject has.</summary>
    public static void MarkSubject(WriteSession session, long subjectKey)
    {
        Mark(session, RemarkSubject, MarkRestOfSubject, new { subjectKey });
    }

    /// <summary>Marks every series that has results of the laboratory, or derived for them, and says how many.</summary>
    public static int MarkLaboratory(WriteSession session, long studyKey, long laboratoryKey)
    {
        return Mark(session, RemarkLaboratory, MarkRestOfLaboratory, new { studyKey, laboratoryKey });
    }

    /// <summary>Takes a number for marks, which is that of all that this transaction sets next.</summary>
    public static long BeginMark(WriteSession session)
    {
        session.Connection.Execute(NextMark, transaction: session.Transaction);
        return session.Connection.ExecuteScalar<long>(SelectMark, transaction: session.Transaction);
    }

    /// <summary>Marks one series, with the number of <see cref="BeginMark"/>.</summary>
    public static void Mark(WriteSession session, long subjectKey, long testKey, long mark) =>
        session.Rows(WriteMark).Add(subjectKey).Add(testKey).Add(mark).RunLater();

    private static int Mark(WriteSession session, string again, string rest, object parameters)
    {
        BeginMark(session);
        return session.Connection.Execute(again, parameters, session.Transaction) + session.Connection.Execute(rest, parameters, session.Transaction);
    }
}

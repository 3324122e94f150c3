using System.Globalization;
using Dapper;
using LabServer.Core.Storage;

namespace LabServer.Core.Tests.Support;

/// <summary>
/// Many subjects with fifty results of ALT each, written past the server, which would take its time to grade them. For the
/// first study of a new database.
/// </summary>
internal static class LargeStudy
{
    /// <summary>Results of each subject.</summary>
    public const int ResultsPerSubject = 50;

    // Subjects of every page are alike.
    private const string InsertSubjects = """
        INSERT INTO subject (study_key, subject_id, arm, planned_arm, sex, birth_date, first_dose_at, site_id, registered_us, changed_us)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {0})
        SELECT 1, printf('%05d', i), 'A', 'A', 1, '', '2021-03-01', '', 0, 0 FROM n;
        """;

    private const string InsertResults = """
        INSERT INTO laboratory (laboratory_key, study_key, laboratory) VALUES (7, 1, 'LAB');
        INSERT INTO sender (sender_key, sender) VALUES (7, 'test');
        INSERT INTO test (test_key, test) VALUES (7, 'ALT');
        INSERT INTO unit (unit_key, unit) VALUES (7, 'U/L');
        INSERT INTO result (laboratory_key, source_result_id, version, subject_id, specimen, category, test_code, reported_value, reported_unit,
            reference_low, reference_high, collected_at, resulted_at, visit, visit_number, instrument, method, status, specimen_condition, fasting,
            content_hash, received_us, sender_key, subject_key, test_key, standard_value, collected_us, hold_reasons)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)
        SELECT 7, s.subject_id || '/' || i, 1, s.subject_id, '', '', 'ALT', '30', 'U/L', '5', '40', printf('2021-03-02T%02d:00', i % 24), '', 'VISIT', '1',
            '', '', 2, '', 0, zeroblob(32), 0, 7, s.subject_key, 7, 30, 1614643200000000 + i, 0
        FROM subject s, n;
        INSERT INTO observation (subject_key, test_key, collected_us, result_key, collected_at, value, qualifier, unit_key, lower_limit, upper_limit,
            standard_value, fasting, laboratory_key)
        SELECT subject_key, test_key, collected_us, result_key, collected_at, 30, 0, 7, 5, 40, 30, 0, 7 FROM result;
        """;

    /// <summary>Writes them.</summary>
    public static Task Write(Database database, int subjects) => database.Writer.Run(
        session => session.Connection.Execute(
            InsertSubjects.Replace("{0}", subjects.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) + InsertResults,
            transaction: session.Transaction),
        rows: subjects * ResultsPerSubject,
        CancellationToken.None);
}

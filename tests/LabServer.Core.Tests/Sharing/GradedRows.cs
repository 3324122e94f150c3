namespace LabServer.Core.Tests.Sharing;

/// <summary>
/// What grading made, as lines of text without keys: those depend on the order in which things came to be. A derived result is named
/// without its version, of which there are more where it was derived more often.
/// </summary>
internal static class GradedRows
{
    private const string Result = """
        (SELECT CONCAT(l.laboratory, '/', r.source_result_id, '/', CASE WHEN l.laboratory = '(derived)' THEN '' ELSE r.version END)
         FROM result r JOIN laboratory l ON l.laboratory_key = r.laboratory_key WHERE r.result_key =
        """;

    private const string Series = """
        (SELECT subject_id FROM subject s WHERE s.subject_key = x.subject_key), (SELECT test FROM test t WHERE t.test_key = x.test_key)
        """;

    private const string Term = "(SELECT term FROM term m WHERE m.term_key = x.term_key)";

    /// <summary>A statement for each table, whose lines are sorted.</summary>
    public static IReadOnlyList<(string Name, string Sql)> Statements { get; } =
    [
        ("subjects", "SELECT CONCAT_WS('|', subject_id, sex, birth_date, first_dose_at, on_anticoagulation, hiv_infected) FROM subject ORDER BY 1"),
        ("rule sets", "SELECT rule_set_id FROM study_rule_set ORDER BY position"),
        ("observations", $"""
            SELECT CONCAT_WS('|', {Series}, {Result} x.result_key), x.collected_us, quote(x.value), x.qualifier, quote(x.lower_limit), quote(x.upper_limit),
                quote(x.standard_value), x.fasting, x.status)
            FROM observation x ORDER BY 1
            """),
        ("grades", $"""
            SELECT CONCAT_WS('|', {Series}, {Term}, {Result} x.result_key), quote(x.grade), x.reason, quote(x.value), quote(x.lower_limit),
                quote(x.upper_limit), quote({Result} x.baseline_result_key)), quote(x.baseline), x.baseline_indicator, x.qualifier, x.marks, x.facts)
            FROM grade x ORDER BY 1
            """),
        ("counts of what cannot be graded", "SELECT CONCAT_WS('|', " + Series + ", " + Term + ", x.reason, x.results) FROM not_gradable x ORDER BY 1"),
        ("events", $"""
            SELECT CONCAT_WS('|', {Series}, {Term}, {Result} x.onset_result_key), {Result} x.last_result_key), quote({Result} x.end_result_key)),
                quote(x.baseline_grade), x.worst_grade)
            FROM adverse_event x ORDER BY 1
            """),
        ("extremes", "SELECT CONCAT_WS('|', " + Series + ", " + Term + ", quote(x.baseline), quote(x.worst)) FROM term_extreme x ORDER BY 1"),
        ("flags", "SELECT CONCAT_WS('|', " + Series + ", " + Result + " x.result_key), x.flag) FROM observation_flag x ORDER BY 1"),
    ];
}

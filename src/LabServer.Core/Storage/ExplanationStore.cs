using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>Stored grades with their inputs.</summary>
public sealed class ExplanationStore(Database database, RuleSetStore ruleSets, CurrentCatalogue catalogue)
{
    private const string SelectGrades = """
        SELECT g.term_key AS TermKey, g.grade AS Grade, g.reason AS Reason, g.criterion_key AS CriterionKey, g.value AS Value,
               g.lower_limit AS LowerLimit, g.upper_limit AS UpperLimit, u.unit AS Unit, g.baseline_result_key AS BaselineResultKey,
               g.baseline AS Baseline, g.baseline_indicator AS BaselineIndicator, g.qualifier AS Qualifier, g.marks AS Marks, g.facts AS Facts,
               g.range_source AS RangeSource, g.range_key AS RangeKey, s.sex AS Sex, s.birth_date AS BirthDate, y.time_zone AS TimeZone
        FROM result r
        JOIN grade g ON g.subject_key = r.subject_key AND g.test_key = r.test_key AND g.collected_us = r.collected_us AND g.result_key = r.result_key
        JOIN subject s ON s.subject_key = r.subject_key
        JOIN study y ON y.study_key = s.study_key
        LEFT JOIN unit u ON u.unit_key = g.unit_key
        WHERE r.result_key = @resultKey
        ORDER BY g.term_key
        """;

    private const string SelectResult = """
        SELECT l.laboratory AS Laboratory, r.source_result_id AS SourceResultId, r.reported_value AS ReportedValue,
               r.reported_unit AS ReportedUnit, r.collected_at AS CollectedAt, o.lower_limit AS LowerLimit, o.upper_limit AS UpperLimit,
               u.unit AS Unit, t.test AS Test, o.qualifier AS Qualifier, r.fasting AS Fasting, r.specimen_condition AS SpecimenCondition
        FROM result r
        JOIN laboratory l ON l.laboratory_key = r.laboratory_key
        JOIN test t ON t.test_key = r.test_key
        LEFT JOIN observation o ON o.subject_key = r.subject_key AND o.test_key = r.test_key
            AND o.collected_us = r.collected_us AND o.result_key = r.result_key
        LEFT JOIN unit u ON u.unit_key = o.unit_key
        WHERE r.result_key = @resultKey
        """;

    // The limits that the baseline was judged by. Every grade of a result has the same ones; that of the term is preferred.
    private const string SelectLimits = """
        SELECT g.lower_limit AS LowerLimit, g.upper_limit AS UpperLimit, g.range_source AS RangeSource, g.range_key AS RangeKey
        FROM result r
        JOIN grade g ON g.subject_key = r.subject_key AND g.test_key = r.test_key AND g.collected_us = r.collected_us AND g.result_key = r.result_key
        WHERE r.result_key = @resultKey
        ORDER BY CASE WHEN g.term_key = @termKey THEN 0 ELSE 1 END, g.term_key
        """;

    /// <summary>The grades of one result under one rule set; empty when no term of the set looks at it, or it is not graded yet.</summary>
    public IReadOnlyList<GradeExplanation> Explain(long resultKey, string ruleSetId)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        var derivedFrom = DerivationStore.Find(connection, transaction, resultKey);
        return [.. connection.Query<Row>(SelectGrades, new { resultKey }, transaction).AsList()
            .Select(row => (Row: row, Rules: ruleSets.Term(row.TermKey)))
            .Where(entry => entry.Rules.RuleSet.Id == ruleSetId)
            .Select(entry => Explanation(connection, transaction, resultKey, entry.Row, entry.Rules.RuleSet, entry.Rules.Term) with { DerivedFrom = derivedFrom })];
    }

    private GradeExplanation Explanation(
        DbConnection connection, DbTransaction transaction, long resultKey, Row row, RuleSet ruleSet, Term term)
    {
        var unit = row.Unit ?? "";
        var value = Judged(connection, transaction, Result(connection, transaction, resultKey), row) with
        {
            Value = row.Value,
            Unit = unit,
            Qualifier = (ValueQualifier)row.Qualifier,
        };
        value = value with { Indicator = Limits(value).Indicate(row.Value, value.Qualifier) };
        var baseline = row.BaselineResultKey is { } baselineKey
            ? InUnit(Baseline(connection, transaction, baselineKey, row.TermKey), unit) with
            {
                Value = row.Baseline,
                Indicator = row.BaselineIndicator < 0 ? null : (RangeIndicator)row.BaselineIndicator,
            }
            : null;
        return new GradeExplanation(
            ruleSet,
            term,
            (int?)row.Grade,
            row.Grade is null ? (NotGradableReason)row.Reason : null,
            row.CriterionKey is { } criterionKey ? ruleSets.Criterion(criterionKey) : null,
            value,
            baseline)
        {
            Marks = (GradeMarks)row.Marks,
            Facts = (GradeFacts)row.Facts,
            Sex = term.DependsOnPopulation ? (Sex)row.Sex : null,
            BirthDate = term.DependsOnPopulation ? row.BirthDate : "",
            Age = term.DependsOnPopulation ? AgeOf(row, value.CollectedAt) : null,
        };
    }

    private static Age? AgeOf(Row row, string collectedAt)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(row.TimeZone);
        return SeriesSubject.Date(row.BirthDate, zone) is { } birth && SeriesSubject.Date(collectedAt, zone) is { } collected
            ? Age.Of(birth, collected)
            : null;
    }

    private GradedValue Baseline(DbConnection connection, DbTransaction transaction, long resultKey, long termKey)
    {
        var result = Result(connection, transaction, resultKey);
        return connection.QuerySingleOrDefault<Row>(
            database.Dialect.TakeFirst(SelectLimits), new { resultKey, termKey, Take = 1 }, transaction) is { } limits
            ? Judged(connection, transaction, result, limits)
            : result;
    }

    // The limits are those the grade was given by, which may be the laboratory's and not on the result.
    private GradedValue Judged(DbConnection connection, DbTransaction transaction, GradedValue result, Row row)
    {
        var (range, laboratory, version) = row.RangeKey is { } rangeKey
            ? ReferenceRangeStore.Used(database.Dialect, connection, transaction, rangeKey)
            : default;
        return result with
        {
            LowerLimit = row.LowerLimit,
            UpperLimit = row.UpperLimit,
            RangeSource = (RangeSource)row.RangeSource,
            Range = range,
            RangeLaboratory = laboratory ?? "",
            RangeVersion = version,
        };
    }

    private static ReferenceRange Limits(GradedValue value) => new(value.LowerLimit, value.UpperLimit)
    {
        LowExclusive = value.Range is { LowInclusive: false },
        HighExclusive = value.Range is { HighInclusive: false },
    };

    // Limits as reported, converted where the baseline came in another unit than the result.
    private GradedValue InUnit(GradedValue baseline, string unit)
    {
        var test = catalogue.Value.FindKey(baseline.Test);
        var (from, to) = (test?.FindUnit(baseline.Unit), test?.FindUnit(unit));
        return baseline with { Unit = unit, LowerLimit = Convert(baseline.LowerLimit), UpperLimit = Convert(baseline.UpperLimit) };

        double? Convert(double? limit) =>
            baseline.Unit == unit ? limit
            : limit is { } number && from is not null && to is not null ? to.FromStandard(from.ToStandard((decimal)number))
            : null;
    }

    private static GradedValue Result(DbConnection connection, DbTransaction transaction, long resultKey) =>
        connection.QuerySingle<GradedValue>(SelectResult, new { resultKey }, transaction);

    private sealed record Row
    {
        public long TermKey { get; init; }

        public long? Grade { get; init; }

        public long Reason { get; init; }

        public long? CriterionKey { get; init; }

        public double? Value { get; init; }

        public double? LowerLimit { get; init; }

        public double? UpperLimit { get; init; }

        public string? Unit { get; init; }

        public long? BaselineResultKey { get; init; }

        public double? Baseline { get; init; }

        public long BaselineIndicator { get; init; }

        public long Qualifier { get; init; }

        public long Marks { get; init; }

        public long Facts { get; init; }

        public long RangeSource { get; init; }

        public long Sex { get; init; }

        public string BirthDate { get; init; } = "";

        public string TimeZone { get; init; } = "";

        public long? RangeKey { get; init; }
    }
}

using LabServer.Core.Access;
using LabServer.Core.Summaries;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Summaries.Export;

/// <summary>Memory follows one subject: what is alive in the course of an export does not grow with the study.</summary>
[Collection(Alone.Name)]
public sealed class ExportMemoryTests
{
    private const int ResultsPerSubject = 50;

    // Written past the server, which would take its time to grade them. Subjects of every page are alike.
    private const string InsertSubjects = """
        INSERT INTO subject (study_key, subject_id, arm, planned_arm, sex, birth_date, first_dose_at, site_id, registered_us, changed_us)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
        SELECT 1, printf('%05d', i), 'A', 'A', 1, '', '2021-03-01', '', 0, 0 FROM n WHERE i <= {0};
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

    [Theory]
    [InlineData(DatasetKind.Lb)]
    [InlineData(DatasetKind.Adlb)]
    public async Task Export_TenTimesTheSubjects_HoldsNoMoreThanBefore(DatasetKind kind)
    {
        var (rows, held) = await Run(kind, subjects: 200);
        var (moreRows, moreHeld) = await Run(kind, subjects: 2000);

        Assert.Equal((10_000, 100_000), (rows, moreRows));
        Assert.True(moreHeld < Math.Max(held, 1 << 20) * 2, $"{rows} rows: {held} bytes held; {moreRows} rows: {moreHeld}");
    }

    // The most bytes that are alive over what was before the export, looked at ten times in its course.
    private static async Task<(long Rows, long Held)> Run(DatasetKind kind, int subjects)
    {
        await using var study = await TestStudy.Create();
        await study.Execute(InsertSubjects.Replace("{0}", $"{subjects}", StringComparison.Ordinal));
        await study.Execute(InsertResults);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var dataset = study.Exports.Open(kind, study.Study, ArmSight.Unblinded, study.RuleSets.RuleSets[Study.DefaultRuleSet]);
        var (rows, held) = (0L, 0L);
        foreach (var _ in dataset.Rows())
        {
            if (++rows % (subjects * ResultsPerSubject / 10) == 0)
            {
                held = Math.Max(held, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal(dataset.TotalRows, rows);
        return (rows, held);
    }
}

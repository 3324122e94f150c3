using LabServer.Core.Access;
using LabServer.Core.Summaries;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Summaries.Export;

/// <summary>Memory follows one subject: what is alive in the course of an export does not grow with the study.</summary>
[Collection(Alone.Name)]
public sealed class ExportMemoryTests
{
    [SqliteTheory]
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
        await LargeStudy.Write(study.Database, subjects);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var dataset = study.Exports.Open(kind, study.Study, ArmSight.Unblinded, study.RuleSets.RuleSets[Study.DefaultRuleSet]);
        var (rows, held) = (0L, 0L);
        foreach (var _ in dataset.Rows())
        {
            if (++rows % (subjects * LargeStudy.ResultsPerSubject / 10) == 0)
            {
                held = Math.Max(held, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal(dataset.TotalRows, rows);
        return (rows, held);
    }
}

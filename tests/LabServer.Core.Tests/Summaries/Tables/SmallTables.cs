using LabServer.Core.Access;
using LabServer.Core.Ingestion;
using LabServer.Core.Summaries;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Summaries;

/// <summary>Tables of a small study: subjects of arms A and B, dosed on 1 March 2021.</summary>
internal static class SmallTables
{
    /// <summary>A study with these subjects in arm A and these in arm B.</summary>
    public static async Task<TestStudy> Study(string[] a, string[] b)
    {
        var study = await TestStudy.Create();
        foreach (var (id, arm) in a.Select(id => (id, "A")).Concat(b.Select(id => (id, "B"))))
        {
            await study.Register(id, arm);
        }

        return study;
    }

    /// <summary>Pushes results written as <c>subject visit value</c>, and grades. Visits are BASELINE, W1, W2, W3 or unscheduled.</summary>
    public static async Task Bring(TestStudy study, string test, params string[] results)
    {
        await study.Push([.. results.Select((text, i) =>
        {
            var parts = text.Split(' ', 3);
            return TestStudy.Alt($"{test}/{i}", parts[2], Day(parts[1]), parts[0]) with
            {
                TestCode = test,
                ReportedUnit = test == "ALT" ? "U/L" : "",
                ReferenceLow = test == "ALT" ? "5" : "",
                ReferenceHigh = test == "ALT" ? "40" : "",
                Visit = parts[1],
            };
        })]);
        await study.Grade();
    }

    public static BiomarkerTable Biomarkers(TestStudy study, BiomarkerOptions options, params string[] arms) =>
        Values(study).Tabulate(study.Study, Test(study, "ALT"), ArmSight.Unblinded, "", arms, (values, sizes, subjects) => BiomarkerTable.Of(values, sizes, subjects, options)).Whole;

    public static OutcomeTable Outcomes(TestStudy study, string test, string? visit = null) => Values(study).Tabulate(
        study.Study, Test(study, test), ArmSight.Unblinded, "", [], (values, sizes, subjects) => OutcomeTable.Of(values, sizes, subjects, visit),
        text => Test(study, test).YesNo!.Read(text) is not null).Whole;

    public static CategoryTable Categories(TestStudy study, string test) => Values(study).Tabulate(
        study.Study, Test(study, test), ArmSight.Unblinded, "", [], (values, sizes, subjects) => CategoryTable.Of(values, sizes, subjects, null),
        text => Test(study, test).Categories.Any(category => category.Is(text))).Whole;

    public static AnalysisValues Values(TestStudy study) => new(study.Database, study.Catalogue);

    private static TestDefinition Test(TestStudy study, string test) => study.Catalogue.Value.FindKey(test)!;

    private static string Day(string visit) => visit switch
    {
        "BASELINE" => "2021-02-25",
        "W1" => "2021-03-08",
        "UNSCHEDULED" => "2021-03-11",
        "W2" => "2021-03-15",
        _ => "2021-03-22",
    };
}

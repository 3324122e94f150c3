using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Core.Summaries;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Summaries;

public sealed class SubjectProfileTests
{
    [Fact]
    public async Task Read_ResultsDosesAndEvents_AreInTimeOrderWithGradesFlagsAndReviews()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        await study.Register("02");
        var doses = Doses(study);
        await doses.Import(
            study.Study,
            [
                Dose("1", "MSC", "2021-03-01"), Dose("2", "MSC", "2021-03"), Dose("3", "MSC", "") with { NotGiven = true },
                Dose("1", "MSC", "2021-03-01") with { SubjectId = "02" },
            ],
            TestStudy.Tester,
            CancellationToken.None);
        await study.Push(
            TestStudy.Alt("r1", "30", "2021-03-01"), TestStudy.Alt("r2", "130", "2021-03-10T08:00"), TestStudy.Alt("r3", "<5", "2021-02"),
            TestStudy.Alt("r4", "30", "2021-03-10T08:00"), TestStudy.Alt("x", "300", "2021-03-10", "02"));
        await study.Reported.Report(
            study.Study,
            [new EventReport { ReportId = "P1", SubjectId = "01", ReportedTerm = "Cough", Onset = "2021-03-10", Grade = 2, ReportedBy = "nurse" }],
            amend: false, CancellationToken.None);
        await study.Grade();

        var entries = Profile(study).Read(study.Study, study.Subjects.Find(study.Study.StudyKey, ArmSight.Unblinded, "01")!, ArmSight.Unblinded, "ctcae-5.0");

        Assert.Equal(
            [
                "2021-02 day ?: ALT <5 0",
                "2021-03-01 day 1: ALT 30 baseline 0",
                "2021-03-01 day 1: dose 1",
                "2021-03 day ?: dose 2",
                "2021-03-10 day 10: Cough 2 Reported NotReviewed",
                "2021-03-10T08:00 day 10: ALT 130 2 DUPLICATE_IN_DRAW",
                "2021-03-10T08:00 day 10: ALT 30 0 DUPLICATE_IN_DRAW",
                "2021-03-10T08:00 day 10: Alanine aminotransferase increased 2 Graded NotReviewed",
                " day ?: dose 3 not given",
            ],
            entries.Select(Text));
    }

    [Fact]
    public async Task Read_SubjectWithoutADose_HasNoStudyDaysAndNoBaseline()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01", firstDoseAt: "");
        await study.Push(TestStudy.Alt("r1", "30", "2021-03-01"));
        await study.Grade();

        var entry = Assert.Single(Profile(study).Read(study.Study, study.Subjects.Find(study.Study.StudyKey, ArmSight.Unblinded, "01")!, ArmSight.Unblinded, "ctcae-5.0"));

        Assert.Equal("2021-03-01 day ?: ALT 30 0", Text(entry));
    }

    private static string Text(ProfileEntry entry) => FormattableString.Invariant($"{entry.At} day {entry.StudyDay?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"}: ")
        + (entry switch
        {
            { Result: { } result } => string.Join(' ', [
                result.Test, result.ReportedValue, .. result.IsBaseline ? ["baseline"] : Array.Empty<string>(),
                .. result.Grades.Select(grade => grade.Grade?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? grade.Reason!.Value.Word()),
                .. result.Flags.Select(flag => flag.Word()),
            ]),
            { Dose: { } dose } => $"dose {dose.DoseId}{(dose.NotGiven ? " not given" : "")}",
            _ => FormattableString.Invariant($"{entry.Event!.Term.Name} {entry.Event.WorstGrade} {entry.Event.Source} {entry.Event.ReviewState}"),
        });

    private static Dose Dose(string id, string treatment, string start) => new() { SubjectId = "01", DoseId = id, Treatment = treatment, StartAt = start };

    private static DoseStore Doses(TestStudy study) => new(study.Database, new SubjectDirectory(), TimeProvider.System);

    private static SubjectProfile Profile(TestStudy study) =>
        new(study.Database, study.RuleSets, study.Events, study.Catalogue);
}

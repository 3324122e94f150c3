using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Summaries.Export;

/// <summary>AE and ADAE of one study: two subjects with graded and reported events, and one without a dose.</summary>
public sealed class AdverseEventExportTests : IAsyncLifetime
{
    private TestStudy _study = null!;

    public async Task InitializeAsync()
    {
        _study = await TestStudy.Create();
        await _study.Register(
            new Subject { SubjectId = "01", Arm = "A", PlannedArm = "B", Sex = Sex.Female, SiteId = "X1", FirstDoseAt = "2021-03-01T09:00" },
            new Subject { SubjectId = "02", Arm = "B", PlannedArm = "B", Sex = Sex.Male, FirstDoseAt = "2021-03-01" },
            new Subject { SubjectId = "03" });
        await _study.Push(
            TestStudy.Alt("a0", "30", "2021-02-28"),
            TestStudy.Alt("a1", "50", "2021-03-03"), TestStudy.Alt("a2", "30", "2021-03-05"),
            TestStudy.Alt("a3", "300", "2021-03-07T10:00"), TestStudy.Alt("a4", "150", "2021-03-09T10:00"));
        await _study.Grade();
        await Report("r1", "01", "dry cough", "Cough", "2021-03", "", 2);
        await Report("r2", "01", "=HYPERLINK()", "", "2021-02-20", "2021-02-25", 1);
        await Report("r3", "02", "death", "Death", "2021", "2021-06-30", 5);
        await Report("r4", "03", "fall", "Fall", "2021-03-02", "2021-03-02", 1);
        await Report("r5", "02", "a mistake", "", "2021-03-03", "", 1);
        await _study.Reported.Withdraw(_study.Study, _study.AllEvents().Single(found => found.Reported?.ReportId == "r5").EventId, "", "a mistake", "tester", CancellationToken.None);
    }

    public Task DisposeAsync() => _study.DisposeAsync().AsTask();

    [Fact]
    public void Ae_GradedAndReported_AreOneListByOnsetWithoutWhatWasWithdrawn() =>
        Assert.Equal(
            [
                "01|1|r2|=HYPERLINK()||REPORTED|1|2021-02-20|2021-02-25|-9|-4||",
                "01|2|r1|dry cough|Cough|REPORTED|2|2021-03|||||",
                "01|3|a1|Alanine aminotransferase increased|Alanine aminotransferase increased|GRADED|1|2021-03-03|2021-03-05|3|5||",
                "01|4|a3|Alanine aminotransferase increased|Alanine aminotransferase increased|GRADED|3|2021-03-07T10:00||7||ONGOING|2021-03-09T10:00",
                "02|1|r3|death|Death|REPORTED|5|2021|2021-06-30||122||",
                "03|1|r4|fall|Fall|REPORTED|1|2021-03-02|2021-03-02||||",
            ],
            ExportedTable.Read(_study, DatasetKind.Ae).Of(
                "USUBJID", "AESEQ", "AEREFID", "AETERM", "AEDECOD", "AECAT", "AETOXGR", "AESTDTC", "AEENDTC", "AESTDY", "AEENDY", "AEENRTPT", "AEENTPT"));

    [Fact]
    public void Adae_PartialDates_AreShownAsTheyAreAndNeverMadeUp() =>
        Assert.Equal(
            ["r2|2021-02-20||2021-02-25|", "r1|2021-03|D||", "a1|2021-03-03||2021-03-05|", "a3|2021-03-07|||", "r3|2021|M|2021-06-30|", "r4|2021-03-02||2021-03-02|"],
            Adae("ASTDT", "ASTDTF", "AENDT", "AENDTF"));

    // r2 was over before the dose; r1 and r3 may have begun after it; subject 03 had none.
    [Fact]
    public void Adae_EmergenceAndOccurrence_CountOnlyWhatMayHaveBegunAfterTheDose() =>
        Assert.Equal(
            ["r2|Y|||||||", "r1|Y|Y|Y|Y|Y||Y|Y", "a1|Y|Y||Y|Y|||", "a3|Y|Y||||Y|Y|Y", "r3|Y|Y|Y|Y|Y|Y|Y|Y", "r4|N|||||||"],
            Adae("SAFFL", "TRTEMFL", "AOCCFL", "AOCCSFL", "AOCCPFL", "AOCCIFL", "AOCCSIFL", "AOCCPIFL"));

    [Fact]
    public void Adae_Subject_HasTreatmentAsReceivedAndAsPlanned() =>
        Assert.Equal(
            ["r2|X1|F|B|A|2021-03-01", "r1|X1|F|B|A|2021-03-01", "a1|X1|F|B|A|2021-03-01", "a3|X1|F|B|A|2021-03-01", "r3||M|B|B|2021-03-01", "r4||U|||"],
            Adae("SITEID", "SEX", "TRTP", "TRTA", "TRTSDT"));

    [Fact]
    public async Task Ae_Reviewed_HasWhatTheReviewSaysAndAdaeWhetherItStillHolds()
    {
        var graded = _study.AllEvents().Single(found => found.Onset == "2021-03-07T10:00");
        await _study.Reviews.Review(
            _study.Study, graded.EventId, "", new EventReview { Relatedness = Relatedness.Possible, Serious = YesNo.Yes, Outcome = EventOutcome.Recovering, Reviewer = "dr" }, CancellationToken.None);

        Assert.Contains("a3|Y|POSSIBLY RELATED|RECOVERING/RESOLVING|REVIEWED", Adae("AESER", "AEREL", "AEOUT", "RVSTATE"));
        Assert.Contains("r1|N|UNLIKELY RELATED|UNKNOWN|NOT REVIEWED", Adae("AESER", "AEREL", "AEOUT", "RVSTATE"));

        await _study.Push(TestStudy.Alt("a5", "900", "2021-03-11"));
        await _study.Grade();

        Assert.Contains("a3|Y|POSSIBLY RELATED|RECOVERING/RESOLVING|REOPENED", Adae("AESER", "AEREL", "AEOUT", "RVSTATE"));
        Assert.Contains("a3|4", Adae("AETOXGRN"));
    }

    [Fact]
    public void Open_AeWithoutARuleSet_IsRefused() =>
        Assert.Throws<ArgumentException>(() => _study.Exports.Open(DatasetKind.Ae, _study.Study, ArmSight.Unblinded, null));

    // AEREFID is of AE alone; both have the same rows in the same order.
    private IEnumerable<string> Adae(params string[] columns) =>
        ExportedTable.Read(_study, DatasetKind.Ae).Of("AEREFID").Zip(ExportedTable.Read(_study, DatasetKind.Adae).Of(columns), (id, cells) => $"{id}|{cells}");

    private async Task Report(string id, string subject, string reported, string coded, string onset, string end, int grade) => await _study.Reported.Report(
        _study.Study,
        [new EventReport
        {
            ReportId = id,
            SubjectId = subject,
            ReportedTerm = reported,
            CodedTerm = coded,
            SystemOrganClass = $"SOC of {coded}",
            Onset = onset,
            EndedAt = end,
            Grade = grade,
            Serious = YesNo.No,
            Relatedness = Relatedness.Unlikely,
            Outcome = EventOutcome.Unknown,
            ReportedBy = "tester",
        }],
        amend: false,
        CancellationToken.None);
}

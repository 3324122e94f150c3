using LabServer.Core.Summaries;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Summaries.Export;

public sealed class LbExportTests
{
    [Fact]
    public async Task Lb_ResultInOtherUnits_HasWhatWasSentAndWhatWasUnderstood()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        await study.Push(Result("g1", "GLUC", "90", "mg/dL", "2021-02-28T08:00", "70", "100") with { Visit = "BASELINE", VisitNumber = "1.0", Fasting = Fasting.Yes, Method = "HEXOKINASE" });
        await study.Grade();

        var table = ExportedTable.Read(study, DatasetKind.Lb, ruleSet: null);

        Assert.Equal(
            "S1 LB 01 1 g1 GLUC 90 mg/dL 70 100 4.9959 4.9959 mmol/L 3.8857 5.551 NORMAL CENTRAL HEXOKINASE Y Y 1.0 BASELINE 2021-02-28T08:00 -1",
            Assert.Single(table.Of(
                "STUDYID", "DOMAIN", "USUBJID", "LBSEQ", "LBREFID", "LBTESTCD", "LBORRES", "LBORRESU", "LBORNRLO", "LBORNRHI", "LBSTRESC", "LBSTRESN", "LBSTRESU",
                "LBSTNRLO", "LBSTNRHI", "LBNRIND", "LBNAM", "LBMETHOD", "LBLOBXFL", "LBFAST", "VISITNUM", "VISIT", "LBDTC", "LBDY")).Replace('|', ' '));
        Assert.DoesNotContain("LBTOXGR", table.Rows[0].Keys);
    }

    [Fact]
    public async Task Lb_BoundsTextsAndBadNumbers_HaveNoNumberThatWasNotSent()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        await study.Push(
            TestStudy.Alt("b", "<6", "2021-03-02"),
            TestStudy.Alt("t", "QNS", "2021-03-03") with { VisitNumber = "UNS", Visit = "UNSCHEDULED" },
            TestStudy.Alt("p", "40", "2021-03"),
            Result("g", "GLUC", ">=100", "mg/dL", "2021-03-04", "", ""));
        await study.Grade();

        Assert.Equal(
            ["p|40|40|U/L|2021-03|||", "b|<6||U/L|2021-03-02|2||", "t|QNS|||2021-03-03|3|UNSCHEDULED|", "g|>=5.551||mmol/L|2021-03-04|4||"],
            ExportedTable.Read(study, DatasetKind.Lb).Of("LBREFID", "LBSTRESC", "LBSTRESN", "LBSTRESU", "LBDTC", "LBDY", "VISIT", "VISITNUM"));
    }

    [Fact]
    public async Task Lb_WithARuleSet_HasTheWorseGradeAndNeverZeroForNotGradable()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        await study.Push(
            Result("k1", "K", "4", "mmol/L", "2021-02-28", "3.5", "5"),
            Result("k2", "K", "6.5", "mmol/L", "2021-03-02", "3.5", "5"),
            Result("k3", "K", "2.9", "mmol/L", "2021-03-03", "3.5", "5"),
            Result("a1", "ALT", "50", "U/L", "2021-03-02", "", ""));
        await study.Grade();

        Assert.Equal(
            ["a1||", "k1|Hypokalemia; Hyperkalemia|0", "k2|Hyperkalemia|3", "k3|Hypokalemia|3"],
            ExportedTable.Read(study, DatasetKind.Lb).Of("LBREFID", "LBTOX", "LBTOXGR"));
    }

    [Fact]
    public async Task Lb_DerivedCancelledAndAmended_IsWhatLaboratoriesSentAndIsInForce()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        await study.Push(
            Result("w", "WBC", "5", "10^9/L", "2021-03-02", "4", "10"), Result("n", "NEUTLE", "50", "%", "2021-03-02", "", ""),
            TestStudy.Alt("a", "30", "2021-03-02"), TestStudy.Alt("c", "31", "2021-03-03"));
        await study.Push(TestStudy.Alt("a", "35", "2021-03-02", version: 2), TestStudy.Alt("c", "31", "2021-03-03", version: 2) with { Status = ResultStatus.Cancelled });
        await study.Grade();

        Assert.Contains(ExportedTable.Read(study, DatasetKind.Adlb).Rows, row => row["DTYPE"] == "CALCULATION");
        Assert.Equal(["a|35|1", "n|50|2", "w|5|3"], ExportedTable.Read(study, DatasetKind.Lb).Of("LBREFID", "LBORRES", "LBSEQ"));
    }

    [Fact]
    public async Task Lb_SpecimenKnownByCodeAlone_IsSaidSoThatTheFileIsUnderstoodTheSame()
    {
        await using var study = await TestStudy.Create();
        await study.Register("01");
        await study.Push(TestStudy.Alt("p", "5.5", "2021-03-02") with { TestCode = "PH:URINE", ReportedUnit = "", ReferenceLow = "", ReferenceHigh = "" });
        await study.Grade();

        Assert.Equal(["PH|URINE"], ExportedTable.Read(study, DatasetKind.Lb).Of("LBTESTCD", "LBSPEC"));
    }

    /// <summary>Two databases; in the second the results come backwards, one by one, with grading runs between.</summary>
    [Theory]
    [InlineData(DatasetKind.Lb)]
    [InlineData(DatasetKind.Adlb)]
    [InlineData(DatasetKind.Adae)]
    [InlineData(DatasetKind.Ae)]
    public async Task Export_OtherOrderOfArrival_GivesTheSameCells(DatasetKind kind)
    {
        LabResult[] results =
        [
            TestStudy.Alt("b", "30", "2021-02-28"), TestStudy.Alt("t10", "300", "2021-03-05"), TestStudy.Alt("t9", "50", "2021-03-05"),
            TestStudy.Alt("e", "20", "2021-03-09"), TestStudy.Alt("f", "90", "2021-03-10", "02"), Result("k", "K", "6.5", "mmol/L", "2021-03-05", "3.5", "5"),
        ];
        await using var forth = await TestStudy.Create();
        await forth.Register("01");
        await forth.Register("02");
        await forth.Push(results);
        await forth.Grade();
        await using var back = await TestStudy.Create();
        await back.Register("02");
        await back.Register("01");
        foreach (var result in results.Reverse())
        {
            await back.Push(result);
            await back.Grade();
        }

        var (first, second) = (ExportedTable.Read(forth, kind), ExportedTable.Read(back, kind));

        Assert.NotEmpty(first.Rows);
        Assert.Equal(first.NewestUs, second.NewestUs);
        // An event's id is that of the result it began with when it was first seen (decision 7), and is all that may differ.
        Assert.Equal(first.Rows.Select(Cells), second.Rows.Select(Cells));

        static string Cells(IReadOnlyDictionary<string, string> row) => string.Join('|', row.Where(cell => cell.Key != "AESPID").Select(cell => cell.Value));
    }

    internal static LabResult Result(string id, string test, string value, string unit, string collectedAt, string low, string high, string subjectId = "01") =>
        TestStudy.Alt(id, value, collectedAt, subjectId) with { TestCode = test, ReportedUnit = unit, ReferenceLow = low, ReferenceHigh = high };
}

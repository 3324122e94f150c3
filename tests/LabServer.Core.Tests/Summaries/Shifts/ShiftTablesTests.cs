using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Core.Summaries;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Summaries;

/// <summary>
/// Potassium, limits 3.5 to 5.0 mmol/L, of subjects first dosed on 1 March 2021. CTCAE 5.0: low, grade 1 under 3.5 and grade
/// 3 under 3.0; high, grade 1 over 5.0, 2 over 5.5, 3 over 6.0, 4 over 7.0.
/// </summary>
public sealed class ShiftTablesTests : IAsyncLifetime
{
    private TestStudy _study = null!;
    private ShiftTables _tables = null!;
    private RuleSet _ruleSet = null!;

    public async Task InitializeAsync()
    {
        _study = await TestStudy.Create();
        _ruleSet = _study.RuleSets.Of(_study.Study)[0];
        _tables = new ShiftTables(_study.Database, new RuleSetStore(_study.Database, RuleSets.All), _study.Catalogue);
        await _study.Register("01");
        await _study.Register("02");
        await _study.Register("03", "B");
        await _study.Register("04", "B");
        await _study.Register("05", "B", firstDoseAt: "");
        await _study.Push(
            At("01", "02-28", "BASELINE", "4.0"), At("01", "03-08", "WEEK 1", "5.7"), At("01", "03-15", "WEEK 2", "2.9"),
            At("02", "02-28", "BASELINE", "5.2"), At("02", "03-08", "WEEK 1", "QNS"), At("02", "03-15", "WEEK 2", "4.5"),
            At("03", "03-08", "WEEK 1", "4.1"), At("03", "03-10", "UNSCHEDULED 1", "7.5"),
            At("05", "03-08", "WEEK 1", "7.5"));
        await _study.Grade();
    }

    public async Task DisposeAsync() => await _study.DisposeAsync();

    [Fact]
    public void Read_ByGrade_IsOneTableATermForTheWorstAndEachVisitAfterTheFirstDose()
    {
        var query = new ShiftQuery { RuleSet = _ruleSet, Test = _study.Catalogue.Value.FindKey("K") };

        Assert.Equal(
            [
                "Hyperkalemia High worst: A 0>2 1, 1>0 1; B MISSING>4 1, MISSING>MISSING 1",
                "Hyperkalemia High WEEK 1: A 0>2 1, 1>NOT_GRADABLE 1; B MISSING>0 1, MISSING>MISSING 1",
                "Hyperkalemia High UNSCHEDULED 1: A 0>MISSING 1, 1>MISSING 1; B MISSING>4 1, MISSING>MISSING 1",
                "Hyperkalemia High WEEK 2: A 0>0 1, 1>0 1; B MISSING>MISSING 2",
                "Hypokalemia Low worst: A 0>0 1, 0>3 1; B MISSING>0 1, MISSING>MISSING 1",
                "Hypokalemia Low WEEK 1: A 0>0 1, 0>NOT_GRADABLE 1; B MISSING>0 1, MISSING>MISSING 1",
                "Hypokalemia Low UNSCHEDULED 1: A 0>MISSING 2; B MISSING>0 1, MISSING>MISSING 1",
                "Hypokalemia Low WEEK 2: A 0>0 1, 0>3 1; B MISSING>MISSING 2",
            ],
            Read(query));
    }

    [Fact]
    public void Read_ByIndicator_IsTheLowestTheHighestAndEachVisit() => Assert.Equal(
        [
            " Low worst: A NORMAL>LOW 1, HIGH>NORMAL 1; B MISSING>NORMAL 1, MISSING>MISSING 1",
            " High worst: A NORMAL>HIGH 1, HIGH>NORMAL 1; B MISSING>HIGH 1, MISSING>MISSING 1",
            "  WEEK 1: A NORMAL>HIGH 1, HIGH>NOT_GRADABLE 1; B MISSING>NORMAL 1, MISSING>MISSING 1",
            "  UNSCHEDULED 1: A NORMAL>MISSING 1, HIGH>MISSING 1; B MISSING>HIGH 1, MISSING>MISSING 1",
            "  WEEK 2: A NORMAL>LOW 1, HIGH>NORMAL 1; B MISSING>MISSING 2",
        ],
        Read(new ShiftQuery { Test = _study.Catalogue.Value.FindKey("K") }));

    [Fact]
    public void Read_OneTermAndVisitOrTheWorstAlone_IsThatTableOnly()
    {
        var term = _ruleSet.Find("hyperkalemia");

        Assert.Equal(
            ["Hyperkalemia High WEEK 2: A 0>0 1, 1>0 1; B MISSING>MISSING 2"],
            Read(new ShiftQuery { RuleSet = _ruleSet, Term = term, Visit = "week 2" }));
        Assert.Equal(
            ["Hyperkalemia High worst: B MISSING>4 1, MISSING>MISSING 1"],
            Read(new ShiftQuery { RuleSet = _ruleSet, Term = term, WorstOnly = true, Arms = ["B"] }));
        Assert.Empty(Read(new ShiftQuery { RuleSet = _ruleSet, Term = term, Visit = "BASELINE" }));
    }

    [Fact]
    public async Task Read_AfterTheFirstDoseMoved_FollowsTheNewBaseline()
    {
        await _study.Register("01", firstDoseAt: "2021-03-08");
        await _study.Grade();

        Assert.Equal(
            ["Hyperkalemia High worst: A 1>0 1, 2>0 1; B MISSING>4 1, MISSING>MISSING 1"],
            Read(new ShiftQuery { RuleSet = _ruleSet, Term = _ruleSet.Find("hyperkalemia"), WorstOnly = true }));
    }

    [Fact]
    public async Task Read_SubjectNoLongerDosed_LeavesNoExtremes()
    {
        await _study.Register("01", firstDoseAt: "");
        await _study.Grade();

        Assert.Equal(2, await _study.Count("SELECT COUNT(*) FROM series_extreme"));
        Assert.Equal(4, await _study.Count("SELECT COUNT(*) FROM term_extreme"));
    }

    private List<string> Read(ShiftQuery query) => [.. _tables.Read(_study.Study, ArmSight.Unblinded, query).Select(table =>
        $"{table.Heading.Term?.Name} {table.Heading.Direction} {table.Heading.Visit?.Visit ?? "worst"}: {string.Join("; ", table.Arms.Select(Text))}")];

    private static string Text(ShiftCounts counts) =>
        $"{counts.Arm} {string.Join(", ", counts.Cells.Select(cell => FormattableString.Invariant($"{cell.Shift.Baseline.Word()}>{cell.Shift.Value.Word()} {cell.Subjects}")))}";

    private static LabResult At(string subject, string day, string visit, string value) => new()
    {
        StudyId = TestStudy.StudyId,
        Laboratory = TestStudy.Laboratory,
        SourceResultId = $"{subject}/{day}",
        SubjectId = subject,
        TestCode = "K",
        ReportedValue = value,
        ReportedUnit = "mmol/L",
        ReferenceLow = "3.5",
        ReferenceHigh = "5.0",
        CollectedAt = "2021-" + day,
        Visit = visit,
    };
}

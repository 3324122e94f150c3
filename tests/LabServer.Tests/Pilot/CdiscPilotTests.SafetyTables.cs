using System.Globalization;
using System.Text.Json.Nodes;
using LabServer.Tests.Support;
using Row = System.Collections.Generic.Dictionary<string, string>;

namespace LabServer.Tests.Pilot;

/// <summary>Shift tables and liver safety of the pilot, against counts made here of the rows of its ADLB.</summary>
public sealed partial class CdiscPilotTests
{
    private static readonly string[] LowFirst = ["LOW", "NORMAL", "HIGH"];
    private static readonly string[] HighFirst = ["HIGH", "NORMAL", "LOW"];

    [SharedDataTheory(PilotStudy.LbFile)]
    [InlineData("ALT")]
    [InlineData("BILI")]
    [InlineData("K")]
    [InlineData("SODIUM")]
    [InlineData("CK")]
    [InlineData("HGB")]
    [InlineData("PLAT")]
    public async Task Shift_ByGradeToTheWorst_CountsAsAdlbDoes(string test)
    {
        var tables = (await pilot.Summary("shift", "--rule-set", PilotStudy.RuleSet, "--test", test, "--worst"))["tables"]!.AsArray();

        Assert.NotEmpty(tables);
        foreach (var table in tables)
        {
            var side = table!["direction"]!.ToString() == "LOW" ? "L" : "H";
            Assert.Contains(RowsOf(test), row => row[$"ATOXDSC{side}"] == table["term"]!.ToString());
            CheckCells(table, test, Grade, rows => rows.Max(row => PilotStudy.Number(row[$"ATOXGR{side}"]))?.ToString(CultureInfo.InvariantCulture) ?? "NOT_GRADABLE");

            string Grade(Row row) => row[$"ATOXGR{side}"] is { Length: > 0 } grade ? grade : "NOT_GRADABLE";
        }
    }

    [SharedDataTheory(PilotStudy.LbFile)]
    [InlineData("ALT")]
    [InlineData("K")]
    [InlineData("ALP")]
    public async Task Shift_ByIndicatorToTheWorstAndToEachVisit_CountsAsAdlbDoes(string test)
    {
        var tables = (await pilot.Summary("shift", "--by", "indicator", "--test", test))["tables"]!.AsArray();

        CheckCells(tables[0]!, test, Indicator, rows => First(LowFirst, rows));
        CheckCells(tables[1]!, test, Indicator, rows => First(HighFirst, rows));
        var visits = RowsOf(test).GroupBy(row => row["AVISIT"])
            .Where(visit => visit.GroupBy(row => row["USUBJID"]).Any(own => AtVisit([.. own]) is not null))
            .Select(visit => visit.Key);
        Assert.Equal(visits.Order(StringComparer.Ordinal), tables.Skip(2).Select(table => table!["visit"]!.ToString()).Order(StringComparer.Ordinal));
        Assert.True(tables.Count > 10, $"{tables.Count} tables.");
        foreach (var table in tables.Skip(2))
        {
            CheckCells(table!, test, Indicator, rows =>
                AtVisit([.. rows.Where(row => row["AVISIT"] == table!["visit"]!.ToString())]) is { } record ? Indicator(record) : "MISSING", atVisit: true);
        }

        static string Indicator(Row row) => row["ANRIND"] is { Length: > 0 } word ? word : "NOT_GRADABLE";
    }

    [SharedDataFact(PilotStudy.LbFile)]
    public async Task Liver_PeaksOfEverySubject_AreTheHighestRowsOfAdlb()
    {
        var summary = await pilot.Summary("liver");

        var points = summary["points"]!.AsArray();
        Assert.Equal(pilot.FirstDose.Keys.Order(StringComparer.Ordinal), points.Select(point => point!["subject"]!.ToString()));
        foreach (var (name, test) in new[] { ("alt", "ALT"), ("ast", "AST"), ("bilirubin", "BILI") })
        {
            var own = RowsOf(test).Where(row => IsAfterFirstDose(row["USUBJID"], row["ADT"])).ToLookup(row => row["USUBJID"]);
            foreach (var point in points)
            {
                var rows = own[point!["subject"]!.ToString()].ToList();
                Assert.Equal(Highest(rows, "ANRHI"), Times(point[name]!["uln"]));
                Assert.Equal(Highest(rows, "BASE"), Times(point[name]!["baseline"]));
            }
        }

        var over = points.Count(point => Times(point!["x"]) >= 3 && Times(point["y"]) < 2);
        Assert.True(over > 0);
        Assert.Equal(over, summary["total"]!["temple"]!.GetValue<int>());

        static decimal? Highest(List<Row> rows, string of) => rows
            .Where(row => PilotStudy.Number(row["AVAL"]) is not null && PilotStudy.Number(row[of]) > 0)
            .Max(row => (decimal?)Math.Round(PilotStudy.Number(row["AVAL"])!.Value / PilotStudy.Number(row[of])!.Value, 9));

        static decimal? Times(JsonNode? node) => node is null ? null : Math.Round(node.GetValue<decimal>(), 9);
    }

    private static string First(string[] words, List<Row> rows) =>
        Array.Find(words, word => rows.Exists(row => row["ANRIND"] == word)) ?? "NOT_GRADABLE";

    // Every cell of a table, by arm and in total. Worst is told of the rows after the first dose, of which there is one; at a visit, of all.
    private void CheckCells(JsonNode table, string test, Func<Row, string> category, Func<List<Row>, string> value, bool atVisit = false)
    {
        var arms = pilot.Adlb.Where(row => row["SAFFL"] == "Y").GroupBy(row => row["USUBJID"], row => row["TRTA"]).ToDictionary(rows => rows.Key, rows => rows.First());
        Assert.Equal(pilot.FirstDose.Keys.Order(StringComparer.Ordinal), arms.Keys.Order(StringComparer.Ordinal));
        var own = RowsOf(test).ToLookup(row => row["USUBJID"]);
        var expected = arms.Select(subject =>
        {
            var rows = own[subject.Key].ToList();
            var after = rows.FindAll(row => IsAfterFirstDose(subject.Key, row["ADT"]));
            var baseline = rows.Find(row => row["ABLFL"] == "Y") is { } record ? category(record) : rows.Count > after.Count ? "NOT_GRADABLE" : "MISSING";
            return (Arm: subject.Value, Cell: $"{baseline} > {(atVisit ? value(rows) : after.Count == 0 ? "MISSING" : value(after))}");
        }).ToList();

        Assert.Equal(Cells(expected.Select(subject => subject.Cell)), Cells(table["total"]!));
        foreach (var arm in table["arms"]!.AsArray())
        {
            Assert.Equal(Cells(expected.Where(subject => subject.Arm == arm!["arm"]!.ToString()).Select(subject => subject.Cell)), Cells(arm!));
        }
    }

    // The record after the first dose that stands for a subject at a visit: none where the baseline is of it, else the last number.
    private Row? AtVisit(List<Row> rows) =>
        rows.Exists(row => row["ABLFL"] == "Y") ? null
        : rows.Where(row => row["AVAL"].Length > 0 || rows.TrueForAll(other => other["AVAL"].Length == 0))
            .OrderBy(row => row["ADTM"], StringComparer.Ordinal).ThenBy(row => row["SRCID"].Length).ThenBy(row => row["SRCID"], StringComparer.Ordinal)
            .LastOrDefault() is { } last && IsAfterFirstDose(last["USUBJID"], last["ADT"]) ? last
        : null;

    // A count computed from its percentage is of the same series as one that was sent.
    private List<Row> RowsOf(string test) => [.. pilot.Adlb.Concat(pilot.Derived).Where(row => row["PARAMCD"] == test && row["SAFFL"] == "Y")];

    private static List<string> Cells(IEnumerable<string> cells) =>
        [.. cells.CountBy(cell => cell).Select(cell => $"{cell.Key}: {cell.Value}").Order(StringComparer.Ordinal)];

    private static List<string> Cells(JsonNode counts) => [.. (
        from row in counts["rows"]!.AsArray()
        from cell in row!["counts"]!.AsObject()
        where cell.Value!.GetValue<int>() > 0
        select $"{row["baseline"]} > {cell.Key}: {cell.Value}").Order(StringComparer.Ordinal)];
}

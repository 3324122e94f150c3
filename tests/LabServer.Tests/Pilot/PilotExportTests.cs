using LabServer.Tests.Support;

namespace LabServer.Tests.Pilot;

/// <summary>The pilot's laboratory results sent on as SDTM LB: the fields as they came, and the same grades when they are pushed again.</summary>
[Collection(PilotShared.Name)]
public sealed class PilotExportTests(PilotStudy pilot)
{
    private static readonly string[] AsSent =
        ["USUBJID", "LBORRES", "LBORRESU", "LBORNRLO", "LBORNRHI", "VISIT", "VISITNUM", "LBDTC"];

    private static readonly string[] Graded =
        ["USUBJID", "PARAMCD", "PARAM", "AVISIT", "AVISITN", "ADT", "AVAL", "AVALC", "ANRLO", "ANRHI", "ANRIND", "ABLFL", "BASE", "BNRIND", "CHG", "PCHG",
            "ATOXDSCL", "ATOXGRL", "NGREASL", "ATOXDSCH", "ATOXGRH", "NGREASH", "ATOXGR", "QFLAG"];

    [SharedDataFact(PilotStudy.LbFile)]
    public async Task Lb_ExportedAndPushedAgain_IsAsSentAndGivesTheSameGrades()
    {
        var lb = await pilot.ExportLb();
        Assert.Equal(pilot.Sent.Count, lb.Count);
        CheckFields(lb);
        CheckSequence(lb);

        var again = (await pilot.PushExportedLb()).Where(row => row["DTYPE"].Length == 0).ToDictionary(row => row["SRCID"]);

        var first = pilot.Adlb.ToDictionary(row => row["SRCID"]);
        Assert.Equal(first.Count, again.Count);
        Assert.All(lb, row =>
        {
            var (before, after) = (first[row["LBREFID"]], again[$"{row["USUBJID"]}/{row["LBSEQ"]}"]);
            Assert.Equal((row["LBREFID"], Cells(before)), (row["LBREFID"], Cells(after)));
            Assert.Equal((row["LBREFID"], before["ATOXGR"].TrimStart('-')), (row["LBREFID"], row["LBTOXGR"]));
        });

        static string Cells(Dictionary<string, string> row) => string.Join('|', Graded.Select(column => row[column]));
    }

    private void CheckFields(IReadOnlyList<Dictionary<string, string>> lb)
    {
        var sent = pilot.Sent.ToDictionary(row => $"{row["USUBJID"]}/{row["LBSEQ"]}");
        var (numbers, days, flags) = (0, 0, 0);
        foreach (var row in lb)
        {
            var raw = sent[row["LBREFID"]];
            Assert.All(AsSent, column => Assert.Equal((row["LBREFID"], column, Plain(raw[column])), (row["LBREFID"], column, Plain(row[column]))));
            // A category that was not sent is that of the catalogue.
            Assert.Equal((row["LBREFID"], raw["LBCAT"].Length > 0 ? raw["LBCAT"] : row["LBCAT"]), (row["LBREFID"], row["LBCAT"]));
            // The pilot converts with factors of its own, so a standard value is compared where nothing was converted.
            if (raw["LBSTRESN"].Length > 0 && raw["LBORRESU"] == raw["LBSTRESU"] && row["LBORRESU"] == row["LBSTRESU"])
            {
                Assert.Equal((row["LBREFID"], PilotStudy.Number(raw["LBORRES"])), (row["LBREFID"], PilotStudy.Number(row["LBSTRESN"])));
                numbers++;
            }

            // Subjects who were never dosed have no study day here.
            if (raw["LBDY"].Length > 0 && row["LBDY"].Length > 0 && raw["LBDY"] == row["LBDY"])
            {
                days++;
            }

            flags += raw["LBNRIND"].Length > 0 && raw["LBNRIND"] == row["LBNRIND"] ? 1 : 0;
        }

        Assert.True(numbers > 10_000 && days > 50_000 && flags > 40_000, $"{numbers} numbers, {days} days and {flags} indicators are the same.");
    }

    private static void CheckSequence(IReadOnlyList<Dictionary<string, string>> lb) => Assert.All(
        lb.GroupBy(row => row["USUBJID"]),
        subject => Assert.Equal(Enumerable.Range(1, subject.Count()), subject.Select(row => (int)PilotStudy.Number(row["LBSEQ"])!.Value)));

    // VISITNUM 1 and 1.0 are one number.
    private static string Plain(string text) => PilotStudy.Number(text) is { } number ? $"{number / 1.000000000000m:G29}" : text;
}
